import type { Filled } from './fill.ts';
import type { OpenDesk } from './open.ts';

/** What `--once --json` prints as its last line. */
export interface Outcome {
  signals: number;
  malformed: number;
  duplicates: number;
  near_duplicates: number;
  trends: number;
  matches: number;
  posts: number;
  published: { post: string; target: string; url: string }[];
  failed: number;
  unknown: number;
  seconds: number;
}

/** Reads from the records what became of the posts. */
export async function outcomeOf(desk: OpenDesk, filled: Filled, seconds: number): Promise<Outcome> {
  const records = await Promise.all(filled.posts.map((id) => desk.app.desk.records.load(id)));
  const deliveries = records.flatMap((record) =>
    (record?.deliveries ?? []).map((delivery) => ({ post: record?.id ?? '', ...delivery })),
  );
  const { counts } = filled;
  return {
    signals: counts.signals,
    malformed: counts.malformed,
    duplicates: counts.duplicates,
    near_duplicates: counts.nearDuplicates,
    trends: filled.trends,
    matches: filled.matches,
    posts: filled.posts.length,
    published: deliveries
      .filter(({ status }) => status === 'published')
      .map(({ post, target, receipts }) => ({ post, target, url: receipts[0]?.url ?? '' })),
    failed: deliveries.filter(({ status }) => status === 'failed').length,
    unknown: deliveries.filter(({ status }) => status === 'unknown').length,
    seconds: Math.round(seconds * 10) / 10,
  };
}
