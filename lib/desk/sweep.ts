import { z } from 'zod';
import { asPulseError } from '../errors.ts';
import { platformNamed } from '../platforms/index.ts';
import { nextDue as nextDelivery } from '../publish/due.ts';
import type { PostRecord } from '../store/record.ts';
import { postOfIssue } from '../review/card.ts';
import { openJson } from '../store/json.ts';
import type { Desk } from './context.ts';
import { nextDue } from './decide.ts';
import { locateMergeRequest } from './locate.ts';
import { reconcile } from './reconcile.ts';

const cursorSchema = z.object({
  /** Everything GitLab changed before this has been looked at, ms. */
  since: z.number(),
  /** Head of the default branch when it was last looked at. */
  head: z.string().optional(),
  /** What was looked at within the overlap: `issue:3@1760000000000`, `post:id@7`. */
  recent: z.array(z.string()),
});
type Cursor = z.infer<typeof cursorSchema>;

/** GitLab's clock and the order in which changes become visible differ by less than this, ms. */
const overlap = 60_000;

export interface Swept {
  reconciled: number;
  failed: number;
  /** When something is to be done though nothing happens on GitLab, ms. */
  nextDue?: number;
}

/** Which posts a sweep looks at: `all` that changed, or only those in one state of their life. */
export type Scope = 'all' | 'refine' | 'publish';

/**
 * Reconciles whatever changed since the last sweep and whatever is due. With `adopt`ed posts, edits and reverts on the
 * default branch and records another process left half-way. One post that fails does not stop the others.
 */
export async function sweep(desk: Desk, scope: Scope = 'all'): Promise<Swept> {
  const cursor = await openJson(desk.files, 'sweep.json', cursorSchema, { since: 0, recent: [] });
  const changed = await findChanged(desk, cursor.data);
  const records = await allRecords(desk);
  const now = desk.clock.now();
  const ids = new Set(scope === 'all' ? changed.ids : []);
  for (const record of records) {
    const due = await dueOf(desk, record);
    const inScope =
      scope === 'all' ||
      (scope === 'refine' ? record.status === 'thinking' : record.status === 'approved');
    if (inScope && due !== undefined && due <= now) ids.add(record.id);
    if (scope !== 'all') continue;
    // Written since the last sweep: whoever wrote it may not have come to showing it.
    const touched =
      record.updated >= cursor.data.since - overlap && !cursor.data.recent.includes(keyOf(record));
    if (touched || changed.paths.has(record.path)) ids.add(record.id);
  }
  const failed = await reconcileAll(desk, [...ids]);
  const seen = records.filter(({ id }) => ids.has(id)).map(keyOf);
  if (scope === 'all' && failed === 0 && (changed.cursor !== undefined || seen.length > 0)) {
    const next = changed.cursor ?? cursor.data;
    await cursor.write({ ...next, recent: [...next.recent, ...seen] });
  }
  const next = await earliest(desk);
  return { reconciled: ids.size, failed, ...(next === undefined ? {} : { nextDue: next }) };
}

const keyOf = ({ id, version }: PostRecord) => `post:${id}@${version}`;

interface Changed {
  ids: Set<string>;
  /** Files that changed on the default branch. */
  paths: Set<string>;
  /** What to remember; undefined when nothing changed. */
  cursor?: Cursor;
}

async function findChanged(desk: Desk, cursor: Cursor): Promise<Changed> {
  const from = Math.max(0, cursor.since - overlap);
  const [issues, mergeRequests, branch] = await Promise.all([
    desk.gitlab.issuesUpdatedSince(from),
    desk.gitlab.mergeRequestsUpdatedSince(from),
    desk.gitlab.branch(desk.project.defaultBranch),
  ]);
  const things = [
    ...issues.map((issue) => ({
      key: `issue:${issue.iid}@${issue.updatedAt}`,
      at: issue.updatedAt,
      find: () => Promise.resolve(postOfIssue(issue.description)),
    })),
    ...mergeRequests.map((mergeRequest) => ({
      key: `merge_request:${mergeRequest.iid}@${mergeRequest.updatedAt}`,
      at: mergeRequest.updatedAt,
      find: () => locateMergeRequest(desk, mergeRequest),
    })),
  ];
  const fresh = things.filter(({ key }) => !cursor.recent.includes(key));
  const found = await Promise.all(fresh.map(({ find }) => find()));
  const moved = branch !== undefined && cursor.head !== undefined && branch.sha !== cursor.head;
  const paths = moved ? (await desk.gitlab.compare(cursor.head ?? '', branch.sha)).paths : [];
  if (fresh.length === 0 && branch?.sha === cursor.head)
    return { ids: new Set(), paths: new Set() };
  const since = Math.max(cursor.since, ...fresh.map(({ at }) => at));
  const recent = things.filter(({ at }) => at >= since - overlap).map(({ key }) => key);
  return {
    ids: new Set(found.filter((id) => id !== undefined)),
    paths: new Set(paths),
    cursor: { since, recent, ...(branch === undefined ? {} : { head: branch.sha }) },
  };
}

/** One spoilt record is a matter for people, the others go on. */
function allRecords(desk: Desk): Promise<readonly PostRecord[]> {
  return desk.records.all((post, error) => desk.log.error({ post, err: error }, 'left out'));
}

/** When a post must be looked at though nothing happens on GitLab, ms; undefined when never. */
export async function dueOf(desk: Desk, record: PostRecord): Promise<number | undefined> {
  const profile = (await desk.profiles()).find(({ name }) => name === record.profile);
  if (profile === undefined) return undefined;
  const times = [
    nextDue(record, profile.expire),
    nextDelivery(record, (name) => platformNamed(name).grace),
  ].filter((time) => time !== undefined);
  return times.length === 0 ? undefined : Math.min(...times);
}

async function earliest(desk: Desk): Promise<number | undefined> {
  const records = await allRecords(desk);
  const times = await Promise.all(records.map((record) => dueOf(desk, record)));
  return times.reduce<number | undefined>(
    (first, time) => (time === undefined ? first : Math.min(first ?? Infinity, time)),
    undefined,
  );
}

/** Posts looked at side by side; few enough not to trouble GitLab. */
const sideBySide = 4;

async function reconcileAll(desk: Desk, ids: readonly string[]): Promise<number> {
  const waiting = [...ids];
  let failed = 0;
  const worker = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      try {
        await reconcile(desk, id);
      } catch (error) {
        failed += 1;
        const { code, message, remedy } = asPulseError(error);
        desk.log.error({ post: id, code }, `${message} ${remedy}`);
      }
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, worker));
  return failed;
}
