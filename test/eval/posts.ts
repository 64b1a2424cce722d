import { isMalformed, readArchive } from '../../lib/ingest/archive.ts';
import type { Signal } from '../../lib/ingest/signal.ts';
import { createScanner, Kind } from '../../lib/trend/terms/terms.ts';
import { writeTerm } from '../../lib/trend/terms/terms.ts';

/** Posts of an archive in the order of their time. */
export async function readPosts(path: string): Promise<Signal[]> {
  const signals: Signal[] = [];
  for await (const item of readArchive(path)) if (!isMalformed(item)) signals.push(item);
  return signals.sort((a, b) => a.at - b.at);
}

/** Writes the terms of a post as the product reads them, each once; of these kinds only. */
export function createTermReader(
  kinds: readonly number[] = [Kind.word, Kind.phrase, Kind.hashtag],
): (signal: Signal) => ReadonlySet<string> {
  const scan = createScanner();
  return ({ text, tags }) => {
    const found = scan(text, tags, true);
    const terms = new Set<string>();
    for (let index = 0; index < found.count; index++)
      if (kinds.includes(found.kind[index] ?? -1))
        terms.add(writeTerm(text, tags, found.start[index] ?? 0, found.end[index] ?? 0));
    return terms;
  };
}

/** How many of some posts hold each term. */
export function countTerms(posts: Iterable<ReadonlySet<string>>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const terms of posts)
    for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}
