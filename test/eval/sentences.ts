import { readText } from './pairs.ts';

/** Two sentences and how alike people found them. */
export interface ScoredPair {
  a: string;
  b: string;
  score: number;
}

/** Pairs of a CSV file without head: sentence, sentence, score; quoted as RFC 4180 says. Rows that are not so are counted. */
export function readScored(path: string): { pairs: ScoredPair[]; unread: number } {
  const rows = rowsOf(readText(path)).filter((row) => row.some((field) => field.trim() !== ''));
  const pairs = rows.flatMap(([a, b, score, ...rest]): ScoredPair[] => {
    const value = Number(score);
    if (a === undefined || b === undefined || score === undefined || score.trim() === '') return [];
    return rest.length > 0 || Number.isNaN(value) ? [] : [{ a, b, score: value }];
  });
  return { pairs, unread: rows.length - pairs.length };
}

/** Fields of a CSV text by row; `""` within quotes is one quote. */
export function rowsOf(text: string): string[][] {
  const rows: string[][] = [[]];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;
  for (let found = field.exec(text); found !== null; found = field.exec(text)) {
    const [, quoted, plain = '', end] = found;
    rows.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '' || field.lastIndex >= text.length) break;
    if (end !== ',') rows.push([]);
  }
  return rows;
}
