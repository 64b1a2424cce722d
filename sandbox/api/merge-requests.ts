import { changeThread } from '../acts/change.ts';
import { carryOut } from '../acts/commands.ts';
import { createMergeRequest } from '../acts/create.ts';
import { merge } from '../acts/merge.ts';
import { checkMergeability, commitsOf } from '../acts/mergeability.ts';
import { takeCommands } from '../acts/text.ts';
import { diffOf } from '../git/history.ts';
import type { MergeRequest } from '../model-threads.ts';
import { flag, must, oneOf, required, text, whole, words } from '../params.ts';
import { levelOf, may, mayMergeInto } from '../permissions.ts';
import { mergeRequestEntity, mergeRequestFull } from '../present/merge-request.ts';
import { basicOf } from '../present/people.ts';
import { commitEntity, diffEntity } from '../present/repository.ts';
import { issueEntity } from '../present/threads.ts';
import { forbidden, invalid, notFound } from '../refusal.ts';
import { iso, projectOf } from '../world.ts';
import { closedIn } from '../acts/text.ts';
import type { ProjectCall, Router } from './call.ts';
import { askerOf } from './call.ts';
import { filterThreads, orders } from './filters.ts';
import { page } from './paging.ts';
import { changeOf, idsOf } from './thread-params.ts';

const one = '/merge_requests/:merge_request_iid';

export function mergeRequestOf(call: ProjectCall): MergeRequest {
  const value = call.part('merge_request_iid');
  if (!/^\d{1,15}$/.test(value)) throw invalid('merge_request_iid is invalid');
  const found = call.project.mergeRequests[Number(value)];
  if (found === undefined) throw notFound();
  return found;
}

const diffsOf = ({ world, project }: ProjectCall, mr: MergeRequest) =>
  diffOf(world.repo(project), mr.diff.base, mr.sha);

/** The whole answer. A first look at a merge request starts the computing of whether it can be merged. */
async function show(call: ProjectCall, mr: MergeRequest) {
  const { world, project, level } = call;
  const canMerge = mayMergeInto(project, mr.targetBranch, level);
  const count = (await diffsOf(call, mr)).length;
  const answer = mergeRequestFull(world, project, mr, { id: askerOf(call), canMerge }, count);
  if (mr.state === 'opened' && mr.checked === undefined)
    world.background(checkMergeability(world, project, mr));
  return answer;
}

/** Members from developer up, and whoever opened it. */
const needToUpdate = (call: ProjectCall, mr: MergeRequest) => {
  if (!call.may('update_merge_request') && mr.authorId !== call.user.id) throw forbidden();
};

export function mergeRequestRoutes(router: Router): void {
  router.project('GET', '/merge_requests', 'read_merge_request', (call) => {
    const { world, project, params } = call;
    const states = ['opened', 'closed', 'locked', 'merged', 'all'] as const;
    const state = oneOf(params, 'state', states) ?? 'all';
    const [source, target] = [text(params, 'source_branch'), text(params, 'target_branch')];
    const draft =
      flag(params, 'draft') ?? (text(params, 'wip') ? text(params, 'wip') === 'yes' : undefined);
    const details = flag(params, 'with_labels_details') ?? false;
    const found = filterThreads(call, Object.values(project.mergeRequests), orders.mergeRequests);
    const shown = found.filter(
      (mr) =>
        (state === 'all' || mr.state === state) &&
        (source === undefined || mr.sourceBranch === source) &&
        (target === undefined || mr.targetBranch === target) &&
        (draft === undefined || mr.draft === draft),
    );
    return page(shown, (mr) => mergeRequestEntity(world, project, mr, details));
  });

  /** GitLab takes this at the project the branch lies in; `target_project_id` names another one. */
  router.project('POST', '/merge_requests', 'read_merge_request', async (call) => {
    const { world, project: source, params, actor } = call;
    required(params, 'source_branch', 'target_branch', 'title');
    const target = projectOf(world, whole(params, 'target_project_id') ?? source.id);
    const level = target === source ? call.level : levelOf(target, call.user, world.clock.now());
    call.need('create_merge_request');
    if (!may(target, call.user, level, 'read_merge_request')) throw notFound();
    const { text: description, commands } = takeCommands(text(params, 'description') ?? '');
    const labels = may(target, call.user, level, 'update_merge_request');
    const mr = await createMergeRequest(
      world,
      target,
      { ...actor, level },
      {
        title: must(params, 'title'),
        description: params.description === undefined ? null : description,
        labels: labels ? (words(params, 'labels') ?? []) : [],
        assignees: (idsOf(params, 'assignee_ids', 'assignee_id') ?? []).slice(0, 1),
        reviewers: (idsOf(params, 'reviewer_ids', 'reviewer_id') ?? []).slice(0, 1),
        source,
        sourceBranch: must(params, 'source_branch'),
        targetBranch: must(params, 'target_branch'),
        squash: flag(params, 'squash') ?? false,
        removeSource: flag(params, 'remove_source_branch') ?? false,
      },
    );
    await carryOut(world, target, mr, { ...actor, level }, commands);
    return mergeRequestFull(world, target, mr, { id: actor.user.id, canMerge: false }, 0);
  });

  router.project('GET', one, 'read_merge_request', (call) => show(call, mergeRequestOf(call)));

  router.project('PUT', one, 'read_merge_request', async (call) => {
    const { world, project, params, actor } = call;
    const mr = mergeRequestOf(call);
    needToUpdate(call, mr);
    const { change, commands } = changeOf(call);
    const { labels, ...rest } = change;
    await changeThread(world, project, mr, actor, {
      ...rest,
      ...(call.may('update_merge_request') && { labels }),
      reviewers: idsOf(params, 'reviewer_ids', 'reviewer_id')
        ?.filter((id) => world.state.users[id])
        .slice(0, 1),
      targetBranch: text(params, 'target_branch'),
      squash: flag(params, 'squash'),
      removeSource: flag(params, 'remove_source_branch'),
    });
    await carryOut(world, project, mr, actor, commands);
    return show(call, mr);
  });

  router.project('DELETE', one, 'destroy_issue', (call) => {
    const { iid } = mergeRequestOf(call);
    const { project, world } = call;
    project.mergeRequests = Object.fromEntries(
      Object.entries(project.mergeRequests).filter(([key]) => Number(key) !== iid),
    );
    world.changed();
    return undefined;
  });

  router.project('PUT', `${one}/merge`, 'read_merge_request', async (call) => {
    const { world, project, params, actor } = call;
    const mr = mergeRequestOf(call);
    await merge(world, project, mr, actor, {
      sha: text(params, 'sha'),
      message: text(params, 'merge_commit_message'),
      squashMessage: text(params, 'squash_commit_message'),
      squash: flag(params, 'squash'),
      removeSource: flag(params, 'should_remove_source_branch'),
    });
    return show(call, mr);
  });

  router.project('GET', `${one}/commits`, 'read_code', async (call) => {
    const { world, project } = call;
    const found = await commitsOf(world, project, mergeRequestOf(call));
    return page(found, (commit) => commitEntity(world, project, commit));
  });
  router.project('GET', `${one}/diffs`, 'read_code', async (call) =>
    page(await diffsOf(call, mergeRequestOf(call)), diffEntity),
  );
  router.project('GET', `${one}/changes`, 'read_code', async (call) => {
    const mr = mergeRequestOf(call);
    const changes = (await diffsOf(call, mr)).map(diffEntity);
    return { ...(await show(call, mr)), changes, overflow: false };
  });
  router.project('GET', `${one}/closes_issues`, 'read_merge_request', (call) => {
    const found = closedIn(mergeRequestOf(call).description ?? '');
    const issues = found.flatMap((iid) => call.project.issues[iid] ?? []);
    return page(issues, (issue) => issueEntity(call.world, call.project, issue));
  });
  router.project('GET', `${one}/reviewers`, 'read_merge_request', (call) =>
    page(mergeRequestOf(call).reviewers, (reviewer) => ({
      user: basicOf(call.world, reviewer.userId),
      state: reviewer.state,
      created_at: iso(reviewer.at),
    })),
  );
  router.project('GET', `${one}/participants`, 'read_merge_request', (call) => {
    const mr = mergeRequestOf(call);
    const ids = new Set([mr.authorId, ...mr.notes.map((note) => note.authorId)]);
    return page([...ids], (id) => basicOf(call.world, id));
  });
}
