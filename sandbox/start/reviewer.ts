import { fail } from '../../lib/errors.ts';
import type { PostRecord } from '../../lib/store/record.ts';
import type { OpenDesk } from './open.ts';
import type { Progress } from './progress.ts';

/** How long the posts may take to come to review, and then to go out, ms. */
const patience = 120_000;
const between = 100;

/**
 * Stands in for people: waits until every post asks for review, approves exactly the revision on its card through
 * GitLab's API as the sandbox's reviewer would, and waits until nothing more is on its way.
 */
export async function approveAll(
  desk: OpenDesk,
  posts: readonly string[],
  progress: Progress,
): Promise<void> {
  if (posts.length === 0) return;
  await progress.stage(
    'review',
    async (tell) => {
      for (const [index, id] of posts.entries()) {
        tell(`${index} of ${posts.length} approved`, index / posts.length);
        const record = await waitFor(desk, id, ({ status }) => status !== 'thinking');
        const last = record.revisions.at(-1);
        if (record.status !== 'review' || last === undefined) continue;
        await desk.approve(record, last.n);
      }
    },
    () => `${posts.length} approved by the sandbox's reviewer`,
  );
  await progress.stage(
    'publish',
    async (tell) => {
      for (const [index, id] of posts.entries()) {
        tell(`${index} of ${posts.length} settled`, index / posts.length);
        await waitFor(desk, id, isSettled);
      }
    },
    () => `${posts.length} settled`,
  );
}

/** Nothing more happens by itself: every delivery has ended, or the approval was refused. */
function isSettled({ status, deliveries, requests }: PostRecord): boolean {
  if (status === 'review') return requests.some((request) => request.status === 'refused');
  if (status !== 'approved') return true;
  return (
    deliveries.length > 0 &&
    deliveries.every(
      (delivery) => delivery.status !== 'scheduled' && delivery.status !== 'publishing',
    )
  );
}

async function waitFor(
  { app }: OpenDesk,
  id: string,
  reached: (record: PostRecord) => boolean,
): Promise<PostRecord> {
  const { clock, records } = app.desk;
  for (const end = clock.now() + patience; clock.now() < end;) {
    const record = await records.load(id);
    if (record !== undefined && reached(record)) return record;
    await clock.sleep(between);
  }
  throw fail('INTERNAL', { why: `${id} did not settle within ${patience / 1000} s` });
}
