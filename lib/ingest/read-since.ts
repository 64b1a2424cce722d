import { type ArchiveItem, isMalformed } from './archive.ts';
import type { Cursor } from './cursors.ts';
import { fingerprint } from './fingerprint.ts';
import type { Reading } from './source.ts';

/** Newest first until the time of the cursor; the cursor moves only when everything was read. */
export async function* readSince(
  cursor: Cursor,
  keep: (cursor: Cursor) => void,
  { clock, window }: Pick<Reading, 'clock' | 'window'>,
  read: (since: number) => AsyncIterable<ArchiveItem>,
): AsyncGenerator<ArchiveItem> {
  const since = cursor.at ?? clock.now() - window;
  const items: ArchiveItem[] = [];
  for await (const item of read(since)) items.push(item);
  const fresh = unseen(items, cursor);
  yield* fresh.items;
  const at = items.reduce(
    (most, item) => (isMalformed(item) ? most : Math.max(most, item.at)),
    since,
  );
  keep({ at, seen: fresh.seen });
}

const mostSeen = 500;

/** Items that are not among those seen before, and what is seen now. */
export function unseen(items: readonly ArchiveItem[], { seen: before = [] }: Cursor) {
  const known = new Set(before);
  const mark = (id: string) => fingerprint(id).toString(36);
  const fresh = items.filter((item) => isMalformed(item) || !known.has(mark(item.id)));
  const now = items.flatMap((item) => (isMalformed(item) ? [] : [mark(item.id)]));
  return { items: fresh, seen: [...new Set([...before, ...now.reverse()])].slice(-mostSeen) };
}
