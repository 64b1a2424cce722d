import type { MergeRequest } from '../model-threads.ts';
import type { Project } from '../model.ts';
import { abilities } from '../permissions.ts';
import { Refusal } from '../refusal.ts';
import { day, findUser } from '../world.ts';
import type { World } from '../world.ts';
import { approve, unapprove } from './approve.ts';
import { award } from './award.ts';
import { changeThread } from './change.ts';
import type { Change } from './change.ts';
import { labelsOf } from '../present/threads.ts';
import { merge } from './merge.ts';
import type { Actor, AnyThread } from './notes.ts';
import { asDraft, isDraftTitle, withoutDraft } from './text.ts';
import type { Command } from './text.ts';

interface Scene {
  world: World;
  project: Project;
  thread: AnyThread;
  actor: Actor;
  argument: string;
}
/** What a quick action changes, or what it does; undefined when it may not or cannot. */
type Deed = Change | (() => Promise<void>) | undefined;

/** `~a ~"b c"` or bare words, as labels are named. */
const labelsIn = (argument: string) =>
  [...argument.matchAll(/~?"([^"]+)"|~?([^\s,]+)/g)].map((each) => each[1] ?? each[2] ?? '');

function usersIn({ world, argument, actor }: Scene): number[] {
  const names = argument.split(/[\s,]+/).map((name) => name.replace(/^@/, ''));
  return names.flatMap((name) =>
    name === 'me' ? actor.user.id : (findUser(world, name)?.id ?? []),
  );
}

const mayChange = ({ thread, actor }: Scene) => {
  const needed = thread.on === 'issue' ? abilities.admin_issue : abilities.update_merge_request;
  return actor.level >= needed || thread.authorId === actor.user.id;
};
const mayLabel = ({ thread, actor }: Scene) =>
  actor.level >= (thread.on === 'issue' ? abilities.admin_issue : abilities.update_merge_request);

const onRequest = (scene: Scene, deed: (mr: MergeRequest) => Deed): Deed =>
  scene.thread.on === 'merge_request' ? deed(scene.thread) : undefined;

const withLabels = (scene: Scene, key: 'add' | 'remove' | 'set'): Deed => {
  if (!mayLabel(scene)) return undefined;
  const known = (name: string) =>
    Object.values(scene.project.labels).find((l) => l.name.toLowerCase() === name.toLowerCase());
  // Unlike the API, a quick action makes no new labels.
  const names = labelsIn(scene.argument).flatMap((name) => known(name)?.name ?? []);
  if (key === 'remove' && scene.argument === '') {
    const all = labelsOf(scene.project, scene.thread).map((label) => label.name);
    return { labels: { remove: all } };
  }
  return { labels: { [key]: names } };
};
const adding = (scene: Scene) => withLabels(scene, 'add');
const removing = (scene: Scene) => withLabels(scene, 'remove');

const assigning = (scene: Scene): Deed =>
  mayLabel(scene) ? { assignees: usersIn(scene).slice(0, 1) } : undefined;
const unassigning = (scene: Scene): Deed => (mayLabel(scene) ? { assignees: [] } : undefined);
const asking = (scene: Scene): Deed =>
  onRequest(scene, () =>
    mayChange(scene) ? { reviewers: usersIn(scene).slice(0, 1) } : undefined,
  );
const unasking = (scene: Scene): Deed =>
  onRequest(scene, () => (mayChange(scene) ? { reviewers: [] } : undefined));
const awarding =
  ({ world, project, thread, actor, argument }: Scene): Deed =>
  () => {
    award(world, project, thread, thread, actor.user, argument.replaceAll(':', ''));
    return Promise.resolve();
  };

const table: Readonly<Record<string, (scene: Scene) => Deed>> = {
  close: (scene) => (mayChange(scene) ? { state: 'close' } : undefined),
  reopen: (scene) => (mayChange(scene) ? { state: 'reopen' } : undefined),
  label: adding,
  labels: adding,
  unlabel: removing,
  remove_label: removing,
  relabel: (scene) => withLabels(scene, 'set'),
  assign: assigning,
  reassign: assigning,
  unassign: unassigning,
  assign_reviewer: asking,
  reviewer: asking,
  request_review: asking,
  unassign_reviewer: unasking,
  remove_reviewer: unasking,
  award: awarding,
  react: awarding,
  title: (scene) => (mayChange(scene) && scene.argument ? { title: scene.argument } : undefined),
  lock: (scene) => (mayLabel(scene) ? { locked: true } : undefined),
  unlock: (scene) => (mayLabel(scene) ? { locked: false } : undefined),
  confidential: (scene) =>
    scene.thread.on === 'issue' && mayLabel(scene) ? { confidential: true } : undefined,
  due: (scene) => {
    const ms = Date.parse(scene.argument);
    return mayLabel(scene) && !Number.isNaN(ms) ? { dueDate: day(ms) } : undefined;
  },
  remove_due_date: (scene) => (mayLabel(scene) ? { dueDate: '' } : undefined),
  target_branch: (scene) =>
    onRequest(scene, () => (mayChange(scene) ? { targetBranch: scene.argument } : undefined)),
  draft: (scene) =>
    onRequest(scene, (mr) => (mayChange(scene) ? { title: asDraft(mr.title) } : undefined)),
  ready: (scene) =>
    onRequest(scene, (mr) =>
      mayChange(scene) && isDraftTitle(mr.title) ? { title: withoutDraft(mr.title) } : undefined,
    ),
  approve: (scene) =>
    onRequest(scene, (mr) => () => approve(scene.world, scene.project, mr, scene.actor)),
  unapprove: (scene) =>
    onRequest(scene, (mr) => () => unapprove(scene.world, scene.project, mr, scene.actor)),
  merge: (scene) =>
    onRequest(
      scene,
      (mr) => () =>
        merge(scene.world, scene.project, mr, scene.actor, {
          sha: mr.sha,
          removeSource: mr.removeSource,
        }),
    ),
};

/** Carries quick actions out, one after the other; says what it did with each, as GitLab's summary. */
export async function carryOut(
  world: World,
  project: Project,
  thread: AnyThread,
  actor: Actor,
  commands: readonly Command[],
): Promise<string[]> {
  const said: string[] = [];
  for (const { name, argument } of commands) {
    const deed = table[name]?.({ world, project, thread, actor, argument });
    try {
      if (typeof deed === 'function') await deed();
      else if (deed) await changeThread(world, project, thread, actor, deed);
      said.push(deed ? `Applied ${name} command.` : `Could not apply ${name} command.`);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      said.push(`Could not apply ${name} command.`);
    }
  }
  return said;
}
