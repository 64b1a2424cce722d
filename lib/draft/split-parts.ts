import { escapeMarkup, parseMarkup } from '../platforms/markup.ts';
import { type MarkedPlace, type Place, placesIn } from '../platforms/markup-places.ts';
import { type Break, breaksIn, graphemeEnds } from './split-breaks.ts';

export interface Split {
  /** In order; none for a text of white space. */
  parts: readonly string[];
  /** What is too long by itself and may not be cut: addresses, links. Each is a part that does not fit. */
  tooLong: readonly string[];
}

/** Whether a text fits as the part of this index. */
export type Fits = (part: string, index: number) => boolean;
type Source = ReturnType<typeof sourceOf>;

/** A text with what is asked of it again and again. */
export function sourceOf(text: string, language?: string) {
  const places = placesIn(text);
  return { text, places, breaks: breaksIn(text, places, language) };
}

/** The parts of one text, each as long as it may be. */
export function partsOf(source: Source, fits: Fits): Split {
  const { text, places } = source;
  // Marked ranges that fit are torn when there is no other way.
  const marked = places.marked.filter(({ from, to }) => fits(text.slice(from, to), 1));
  const parts: string[] = [];
  const tooLong: string[] = [];
  const end = text.trimEnd().length;
  let start = text.length - text.trimStart().length;
  while (start < end) {
    const index = parts.length;
    const from = start;
    const fit = (to: number) => fits(cut(source, from, to), index);
    if (fit(end)) {
      parts.push(cut(source, from, end));
      break;
    }
    const alone = (a: number, b: number) => fits(cut(source, a, b), index + 1);
    const ahead = source.breaks.slice(indexBehind(source.breaks, from));
    const free = ahead.filter(({ at, next }) => !touches(marked, at, next));
    const to = Math.min(end, ahead[0]?.at ?? end);
    const { at, next: after } =
      bestBreak(free, { from, end, fit, alone }) ??
      anyEnd(source, { from, to: Math.min(end, free[0]?.at ?? end) }, fit, marked) ??
      bestBreak(ahead, { from, end, fit, alone }) ??
      anyEnd(source, { from, to }, fit) ??
      stopAt(text, to);
    const part = cut(source, from, at);
    if (!fits(part, index)) tooLong.push(part);
    parts.push(part);
    start = after;
  }
  return { parts, tooLong };
}

interface Part {
  from: number;
  /** Of the text. */
  end: number;
  /** Whether the part may end there. */
  fit: (to: number) => boolean;
  /** Whether this would fit as a part of its own. */
  alone: (from: number, to: number) => boolean;
}

/** The best of the places to end a part; undefined when not even the first fits. */
function bestBreak(
  ahead: readonly Break[],
  { from, end, fit, alone }: Part,
): Omit<Break, 'kind'> | undefined {
  const furthest = lastBelow(ahead.length, (at) => fit(ahead[at]?.at ?? 0));
  const last = ahead[furthest];
  if (!last) return undefined;
  const within = ahead.slice(0, furthest + 1);
  for (const [kinds, share] of preferences) {
    const best = within.findLast((each) => kinds.includes(each.kind));
    if (!best || !fit(best.at)) continue;
    if (best.at - from >= (last.at - from) * share) return best;
    const beyond = ahead.find((each) => each.at > best.next && kinds.includes(each.kind));
    if (alone(best.next, beyond?.at ?? end)) return best;
  }
  return last;
}

/** What is taken for a place to end, and how much of what would fit it must fill to be worth it. */
const preferences: readonly (readonly [readonly Break['kind'][], number])[] = [
  [['paragraph'], 1 / 2],
  [['paragraph', 'sentence'], 1 / 3],
];

/**
 * An end within a word, as far as it fits; undefined when nothing does. Names are torn when they are too long
 * themselves, `marked` never; without `marked`, so is at least one grapheme or address, whether it fits or not.
 */
function anyEnd(
  { text, places }: Source,
  range: Place,
  fit: (to: number) => boolean,
  marked?: readonly MarkedPlace[],
): Omit<Break, 'kind'> | undefined {
  const ends = (kept: readonly Place[]) =>
    graphemeEnds(text, range, { marked: places.marked, kept: [...kept, ...(marked ?? [])] });
  const furthest = (all: readonly number[]) =>
    all[lastBelow(all.length, (at) => fit(all[at] ?? 0))];
  const kept = ends(places.whole);
  // Beside marks a cut may give them a meaning.
  const calm = kept.filter((at) => !/[*_~`[\]]/.test(text.slice(at - 1, at + 1)));
  const whole = furthest(calm) ?? furthest(kept);
  if (whole !== undefined) return stopAt(text, whole);
  const torn = ends(places.whole.filter(({ kind }) => kind !== 'name'));
  const at = furthest(torn) ?? (marked ? undefined : torn[0]);
  return at === undefined ? undefined : stopAt(text, at);
}

function stopAt(text: string, at: number): Omit<Break, 'kind'> {
  const rest = text.slice(at);
  return {
    at: text.slice(0, at).trimEnd().length,
    next: at + rest.length - rest.trimStart().length,
  };
}

const touches = (ranges: readonly Place[], at: number, next: number) =>
  ranges.some(({ from, to }) => from < next && at < to);

/** Index of the first of the places behind a position. */
function indexBehind(breaks: readonly Break[], from: number): number {
  return lastBelow(breaks.length, (index) => (breaks[index]?.at ?? 0) <= from) + 1;
}

/** Index of the last of `length` for which `holds`, as long as it holds for all before; -1 when for none. */
function lastBelow(length: number, holds: (index: number) => boolean): number {
  let low = -1;
  let high = length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Part of a text; marked ranges that reach beyond it are opened and closed. */
function cut({ text, places }: Source, from: number, to: number): string {
  const part = text.slice(from, to);
  const open = (at: number) => places.marked.filter(({ start, end }) => start < at && at < end);
  const marks = (all: readonly MarkedPlace[]) => all.toSorted((a, b) => a.from - b.from).map(mark);
  const whole = marks(open(from)).join('') + part + marks(open(to)).toReversed().join('');
  // Torn within a word, marks may come to mean something else: then without them.
  const plain = places.plain({ from, to });
  return parseMarkup(whole).plain === plain ? whole : escapeMarkup(plain);
}

function mark({ style, fence = '`' }: MarkedPlace): string {
  return { bold: '**', italic: '*', strike: '~~', code: fence, link: '' }[style];
}
