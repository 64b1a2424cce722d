import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** A query and its judged texts, in the order of the file. */
export interface Judged {
  id: string;
  query: string;
  /** Ids of the tweets, and what they say. */
  ids: string[];
  texts: string[];
  relevant: boolean[];
}

/** Text of a file, unpacked where it is gzip. Throws what the file system throws. */
export function readText(path: string): string {
  const bytes = readFileSync(path);
  return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8');
}

/**
 * Queries of a file of pairs: query id, tweet id, relevance, a score that is not used, query and tweet, parted by tabs. Lines
 * that are not so are counted and left out.
 */
export function readPairs(path: string): { queries: Judged[]; unread: number } {
  const queries = new Map<string, Judged>();
  let unread = 0;
  for (const line of readText(path).split('\n')) {
    if (line.trim() === '') continue;
    const [id, tweet, rel, , query, text] = line.replace(/\r$/, '').split('\t');
    if (id === undefined || tweet === undefined || query === undefined || text === undefined) {
      unread++;
      continue;
    }
    const found = queries.get(id) ?? { id, query, ids: [], texts: [], relevant: [] };
    queries.set(id, found);
    found.ids.push(tweet);
    found.texts.push(text);
    found.relevant.push(Number(rel) > 0);
  }
  return { queries: [...queries.values()], unread };
}

/** Scores of a TREC run by query and tweet; its ranks are not read. */
export function readRun(path: string): ReadonlyMap<string, number> {
  return new Map(
    readText(path)
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => {
        const [query = '', , tweet = '', , score = ''] = line.trim().split(/\s+/);
        return [`${query} ${tweet}`, Number(score)];
      }),
  );
}
