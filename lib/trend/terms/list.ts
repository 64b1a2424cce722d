/** More terms of a post are left out. */
export const mostTerms = 512;

/**
 * Terms of one post, known by 64 bits of hash (two numbers) so that counting builds no strings. Reused by every scan:
 * read it before the next.
 */
export interface Terms {
  count: number;
  /** Never 0. */
  low: Int32Array;
  high: Int32Array;
  /** Where the term stands in the text; for the n-th tag given start is -1 and end is n, for the n-th link -2 and n. */
  start: Int32Array;
  end: Int32Array;
  /** One of `Kind`. */
  kind: Uint8Array;
}

export function createTerms(): Terms {
  return {
    count: 0,
    low: new Int32Array(mostTerms),
    high: new Int32Array(mostTerms),
    start: new Int32Array(mostTerms),
    end: new Int32Array(mostTerms),
    kind: new Uint8Array(mostTerms),
  };
}

/** Adds a term, unless there are as many as may be. */
export function put(
  terms: Terms,
  low: number,
  high: number,
  start: number,
  end: number,
  kind: number,
): void {
  const at = terms.count;
  if (at === mostTerms) return;
  terms.low[at] = low;
  terms.high[at] = high;
  terms.start[at] = start;
  terms.end[at] = end;
  terms.kind[at] = kind;
  terms.count = at + 1;
}

/** Whether one of the first `among` terms has this hash. */
export function holds(terms: Terms, among: number, low: number, high: number): boolean {
  for (let at = 0; at < among; at++)
    if (terms.low[at] === low && terms.high[at] === high) return true;
  return false;
}
