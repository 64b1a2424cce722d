import { fail } from '../../errors.ts';
import { authorWidth, dense } from './loglog.ts';
import { termsOf } from './merge.ts';
import type { HourTally } from './tallies.ts';
import { createTally, type TermCount } from './tally.ts';

/** Of what `sketchLines` writes. Others are refused: what a count means may have changed. */
const version = 1;

/**
 * Tallies as lines of JSON, the same text for the same counts. First `{"sketch":1,"tallies":n}`; for each tally
 * `{"network","hour","posts","known","error","terms":n}` and n lines, by term:
 * `[term, kind, hash, posts, originals, known, authors]`, hash and authors in hexadecimal. Holds no posts.
 */
export function* sketchLines(hours: readonly HourTally[]): Generator<string> {
  yield `${JSON.stringify({ sketch: version, tallies: hours.length })}\n`;
  for (const { network, hour, tally } of hours) {
    const { posts, known, error, size } = tally;
    yield `${JSON.stringify({ network, hour, posts, known, error, terms: size })}\n`;
    for (const one of [...termsOf(tally)].sort(byTerm)) {
      const hash = hex(one.high, 8) + hex(one.low, 8);
      const authors = Array.from(one.authors.bits, (bits) => hex(bits, 4)).join('');
      const held = one.authors.held === dense ? `*${authors}` : authors;
      const { term, kind, originals } = one;
      yield `${JSON.stringify([term, kind, hash, one.posts, originals, one.known, held])}\n`;
    }
  }
}

/**
 * Takes the lines of `sketchLines` one by one; `end` answers the tallies. Throws SKETCH_UNREADABLE, which names `file` and the
 * line, for anything else, also for too few lines.
 */
export function createSketchReader(file: string) {
  const hours: HourTally[] = [];
  let line = 0;
  /** How many tallies, and how many terms of the newest, are still to come; -1 before the first line. */
  let tallies = -1;
  let terms = 0;

  const refuse = (why: string) => fail('SKETCH_UNREADABLE', { file, why: `line ${line}: ${why}` });

  return {
    take(text: string): void {
      line += 1;
      const found = parse(text);
      const newest = hours.at(-1);
      if (tallies === -1) {
        if (!isHead(found)) throw refuse('it is no sketch');
        if (found.sketch !== version) throw refuse(`version ${found.sketch} instead of ${version}`);
        tallies = found.tallies;
      } else if (terms > 0 && newest) {
        const term = termOf(found);
        if (term === undefined) throw refuse('no term of a sketch');
        newest.tally.join(nothing, [term]);
        terms -= 1;
      } else {
        if (tallies === 0 || !isTally(found)) throw refuse('no tally of a sketch');
        const { network, hour } = found;
        const tally = createTally();
        tally.join(found, []);
        hours.push({ network, hour, tally });
        terms = found.terms;
        tallies -= 1;
      }
    },
    end(): HourTally[] {
      if (tallies !== 0 || terms !== 0) throw refuse('the rest is missing');
      return hours;
    },
  };
}

const nothing = { posts: 0, known: 0, error: 0 };

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type Numbers<K extends string> = Record<K, number>;

const isHead = (found: unknown): found is Numbers<'sketch' | 'tallies'> =>
  hasCounts(found, ['sketch', 'tallies']);

const isTally = (
  found: unknown,
): found is Numbers<'hour' | 'posts' | 'known' | 'error' | 'terms'> & { network: string } =>
  hasCounts(found, ['hour', 'posts', 'known', 'error', 'terms']) &&
  typeof (found as { network?: unknown }).network === 'string';

const hasCounts = (found: unknown, names: readonly string[]): boolean =>
  typeof found === 'object' &&
  found !== null &&
  names.every((name) => isCount((found as Readonly<Record<string, unknown>>)[name]));

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

function termOf(found: unknown): TermCount | undefined {
  if (!Array.isArray(found)) return undefined;
  const [term, kind, hash, posts, originals, known, authors] = found as unknown[];
  if (typeof term !== 'string' || typeof hash !== 'string' || typeof authors !== 'string') return;
  if (!isCount(kind) || !isCount(posts) || !isCount(originals) || !isCount(known)) return;
  const bits = authors.replace('*', '');
  const isDense = bits !== authors;
  const length = bits.length / 4;
  if (!/^[\da-f]{16}$/.test(hash) || !/^\*?(?:[\da-f]{4})*$/.test(authors)) return;
  if (kind > 7 || length > authorWidth || (isDense && length < authorWidth)) return;
  return {
    term,
    kind,
    low: parseInt(hash.slice(8), 16) | 0,
    high: parseInt(hash.slice(0, 8), 16) | 0,
    posts,
    originals,
    known,
    authors: {
      held: isDense ? dense : length,
      bits: Uint16Array.from({ length }, (_, n) => parseInt(bits.slice(4 * n, 4 * n + 4), 16)),
    },
  };
}

const hex = (value: number, digits: number) => (value >>> 0).toString(16).padStart(digits, '0');

const byTerm = (a: TermCount, b: TermCount) =>
  a.term < b.term ? -1 : a.term > b.term ? 1 : a.high - b.high || a.low - b.low;
