import { labelsOf } from '../present/threads.ts';
import type { Issue, MergeRequest } from '../model-threads.ts';
import { oneOf, text, time, whole, wholes, words } from '../params.ts';
import { findUser } from '../world.ts';
import type { ProjectCall } from './call.ts';
import { askerOf } from './call.ts';

type AnyThread = Issue | MergeRequest;
export const orders = {
  issues: [
    'created_at',
    'due_date',
    'label_priority',
    'milestone_due',
    'popularity',
    'priority',
    'relative_position',
    'title',
    'updated_at',
  ],
  mergeRequests: [
    'created_at',
    'label_priority',
    'milestone_due',
    'popularity',
    'priority',
    'title',
    'updated_at',
    'merged_at',
  ],
} as const;

/** Whether the labels of a thread are those asked for: all of them, by exact name. */
function labelTest(call: ProjectCall) {
  const { params, project } = call;
  const wanted = words(params, 'labels') ?? [];
  const unwanted = words(params, 'not[labels]') ?? [];
  const namesOf = (thread: AnyThread) => labelsOf(project, thread).map((label) => label.name);
  const one = (name: string, names: readonly string[]) => {
    const word = wanted.length === 1 ? name.toLowerCase() : '';
    if (word === 'none') return names.length === 0;
    if (word === 'any') return names.length > 0;
    return names.includes(name);
  };
  if (wanted.length + unwanted.length === 0) return () => true;
  return (thread: AnyThread) => {
    const names = namesOf(thread);
    return (
      wanted.every((name) => one(name, names)) && !unwanted.some((name) => names.includes(name))
    );
  };
}

function peopleTest(call: ProjectCall) {
  const { params, world } = call;
  const idOf = (name: string | undefined) =>
    name === undefined ? undefined : (findUser(world, name.replace(/^@/, ''))?.id ?? -1);
  const scope =
    oneOf(params, 'scope', [
      'all',
      'created_by_me',
      'assigned_to_me',
      'created-by-me',
      'assigned-to-me',
      'reviews_for_me',
    ]) ?? 'all';
  const me = askerOf(call);
  const author = scope.startsWith('created')
    ? me
    : (whole(params, 'author_id') ?? idOf(text(params, 'author_username')));
  const notAuthor = idOf(text(params, 'not[author_username]'));
  const assigned = text(params, 'assignee_id')?.toLowerCase();
  const assignee = scope.startsWith('assigned')
    ? me
    : (idOf(text(params, 'assignee_username')) ??
      (/^\d+$/.test(assigned ?? '') ? Number(assigned) : undefined));
  const reviewer = whole(params, 'reviewer_id') ?? idOf(text(params, 'reviewer_username'));
  const reviews = (thread: AnyThread, id: number) =>
    thread.on === 'merge_request' && thread.reviewers.some((each) => each.userId === id);
  return (thread: AnyThread) =>
    (author === undefined || thread.authorId === author) &&
    (notAuthor === undefined || thread.authorId !== notAuthor) &&
    (assignee === undefined || thread.assigneeIds.includes(assignee)) &&
    (assigned !== 'none' || thread.assigneeIds.length === 0) &&
    (assigned !== 'any' || thread.assigneeIds.length > 0) &&
    (scope !== 'reviews_for_me' || reviews(thread, me)) &&
    (reviewer === undefined || reviews(thread, reviewer));
}

function searchTest({ params }: ProjectCall) {
  const terms = (text(params, 'search') ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((term) => term !== '');
  const fields = (text(params, 'in') ?? 'title,description').split(',');
  if (terms.length === 0) return () => true;
  return (thread: AnyThread) => {
    const title = fields.includes('title') ? thread.title : '';
    const description = fields.includes('description') ? (thread.description ?? '') : '';
    const searched = `${title}\n${description}`.toLowerCase();
    return terms.every((term) => searched.includes(term));
  };
}

/** Issues or merge requests as the parameters of a list ask for them; what they have in common. */
export function filterThreads<T extends AnyThread>(
  call: ProjectCall,
  all: readonly T[],
  allowed: readonly string[],
): T[] {
  const { params } = call;
  const iids = wholes(params, 'iids');
  const limits = [
    ['created_after', (t: T) => t.createdAt, 1],
    ['created_before', (t: T) => t.createdAt, -1],
    ['updated_after', (t: T) => t.updatedAt, 1],
    ['updated_before', (t: T) => t.updatedAt, -1],
  ] as const;
  const times = limits.flatMap(([name, of, sign]) => {
    const at = time(params, name);
    return at === undefined ? [] : [(thread: T) => (of(thread) - at) * sign >= 0];
  });
  const tests = [...times, labelTest(call), peopleTest(call), searchTest(call)];
  const order = oneOf(params, 'order_by', allowed) ?? 'created_at';
  const sign = (oneOf(params, 'sort', ['asc', 'desc']) ?? 'desc') === 'asc' ? 1 : -1;
  const key = (thread: T): number | string =>
    order === 'updated_at'
      ? thread.updatedAt
      : order === 'title'
        ? thread.title.toLowerCase()
        : order === 'merged_at' && thread.on === 'merge_request'
          ? (thread.mergedAt ?? 0)
          : thread.createdAt;
  return all
    .filter(
      (thread) =>
        (iids === undefined || iids.includes(thread.iid)) && tests.every((test) => test(thread)),
    )
    .sort((a, b) => {
      const [one, other] = [key(a), key(b)];
      return (one < other ? -1 : one > other ? 1 : a.id - b.id) * sign;
    });
}
