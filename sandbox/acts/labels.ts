import type { LabelEvent } from '../model-threads.ts';
import type { Label, Project } from '../model.ts';
import { bad } from '../refusal.ts';
import type { World } from '../world.ts';
import type { AnyThread } from './notes.ts';

export const findLabel = (project: Project, name: string): Label | undefined =>
  Object.values(project.labels).find((label) => label.name === name);

export function createLabel(
  world: World,
  project: Project,
  wanted: Partial<Label> & { name: string },
): Label {
  const label: Label = {
    id: world.next('label'),
    color: '#6699cc',
    description: null,
    priority: null,
    ...wanted,
  };
  project.labels[label.id] = label;
  return label;
}

/** The label of exactly this name; made when there is none, so that `REVIEW` becomes a second `review`. */
function labelNamed(world: World, project: Project, name: string): Label {
  if (name.length > 255) throw bad({ title: ['is too long (maximum is 255 characters)'] });
  return findLabel(project, name) ?? createLabel(world, project, { name });
}

export interface LabelWish {
  /** In place of all others. */
  set?: readonly string[] | undefined;
  add?: readonly string[] | undefined;
  remove?: readonly string[] | undefined;
}

/** Ids after the wish; what is both added and removed is removed. Removing what does not exist is no error. */
export function wishedLabels(
  world: World,
  project: Project,
  before: readonly number[],
  wish: LabelWish,
): number[] {
  const ids = (names: readonly string[]) =>
    names.map((name) => labelNamed(world, project, name).id);
  const start = wish.set === undefined ? before : ids(wish.set);
  const wanted = new Set([...start, ...ids(wish.add ?? [])]);
  // Last, because a label may have been made only now.
  for (const name of wish.remove ?? []) wanted.delete(findLabel(project, name)?.id ?? 0);
  return [...wanted];
}

/** Sets the labels and writes down what changed. True when anything did. */
export function setLabels(
  world: World,
  thread: AnyThread,
  ids: readonly number[],
  userId: number,
  at: number,
): boolean {
  const event = (labelId: number, action: LabelEvent['action']) =>
    thread.labelEvents.push({ id: world.next('label event'), userId, at, labelId, action });
  const added = ids.filter((id) => !thread.labelIds.includes(id));
  const removed = thread.labelIds.filter((id) => !ids.includes(id));
  for (const id of added) event(id, 'add');
  for (const id of removed) event(id, 'remove');
  thread.labelIds = [...ids];
  return added.length + removed.length > 0;
}
