import type { MarkedPlace, Place, placesIn } from '../platforms/markup-places.ts';

/** Where a text may be parted: a part ends at `at`, the next begins at `next`; white space lies between. */
export interface Break {
  at: number;
  next: number;
  kind: 'paragraph' | 'sentence' | 'word';
}

type Places = ReturnType<typeof placesIn>;

/** White space that does not bind. */
const gap = /\s*[^\S\u00a0\u2007\u202f\u2060\ufeff]\s*/g;

/** Letters of scripts that are written without spaces. */
const dense =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/u;

/** `J.`, `Dr.`, `e.g.`: no sentence ends there. */
const abbreviation = /(?:^|[\s(])(?:\p{L}|\p{Lu}\p{Ll}{1,2}|\p{L}\.\p{L})\.$/u;

/**
 * Every place between paragraphs, sentences and words, in order, none of them inside of an address, a mention, a
 * hashtag or a link. `language` is BCP 47.
 */
export function breaksIn(text: string, places: Places, language?: string): readonly Break[] {
  const words = readable(text, places);
  const sentences = new Set(boundaries(words, 'sentence', language));
  const found = new Map<number, Break>();
  const add = (at: number, next: number, kind: Break['kind']) => {
    if (at <= 0 || next >= text.length || found.has(next)) return;
    if (places.whole.some(({ from, to }) => from < next && at < to)) return;
    if (places.marked.some((range) => inMarks(range, at) || inMarks(range, next))) return;
    found.set(next, { at, next, kind });
  };
  for (const { 0: space, index } of text.matchAll(gap)) {
    const next = index + space.length;
    const ends =
      sentences.has(next) && !abbreviation.test(words.slice(Math.max(0, index - 6), index));
    const line = /[\n\r\u2028\u2029]/.test(space);
    const blank = /\n[^\n]*\n|\r[^\n\r]*\r|\u2029/.test(space);
    add(index, next, blank ? 'paragraph' : line || ends ? 'sentence' : 'word');
  }
  if (dense.test(text)) {
    for (const at of sentences) if (joined(text, at)) add(at, at, 'sentence');
    for (const at of denseWords(words, language)) if (joined(text, at)) add(at, at, 'word');
  }
  return [...found.values()].sort((a, b) => a.next - b.next);
}

/**
 * The text with what stands beside them in the place of marks that open, and quotation marks in the place of those that
 * close, so that sentences end where people see them end.
 */
function readable(text: string, { marked, whole }: Places): string {
  const hidden = marked.flatMap(({ from, to, start, end }) => [
    { from, to: start, by: /[^\s\ud800-\udfff]/.exec(text.charAt(start))?.[0] ?? 'X' },
    { from: end, to, by: '"' },
  ]);
  for (const { from, to } of whole) {
    const target = text.slice(from, to).indexOf('](');
    if (target !== -1) hidden.push({ from: from + target, to, by: '"' });
  }
  return hidden.reduce(
    (words, { from, to, by }) => words.slice(0, from) + by.repeat(to - from) + words.slice(to),
    text,
  );
}

/** Whether one would part marks from what they mark. */
const inMarks = ({ from, to, start, end }: MarkedPlace, at: number) =>
  (from < at && at <= start) || (end <= at && at < to);

function boundaries(
  text: string,
  granularity: 'sentence' | 'grapheme',
  language?: string,
): readonly number[] {
  return Array.from(segmenter(granularity, language).segment(text), ({ index }) => index);
}

/** Ends of graphemes of `text` from `from` up to `to`; not within marks, nor within what `kept` holds. */
export function graphemeEnds(
  text: string,
  { from, to }: Place,
  { marked, kept }: { marked: readonly MarkedPlace[]; kept: readonly Place[] },
): readonly number[] {
  const ends = boundaries(text.slice(from, to), 'grapheme').map((index) => from + index);
  return [...ends.slice(1), to].filter(
    (at) =>
      !kept.some((each) => each.from < at && at < each.to) &&
      !marked.some((each) => inMarks(each, at)),
  );
}

/** Beginnings of words in scripts that have no spaces between them. */
function denseWords(text: string, language?: string): readonly number[] {
  const segments = segmenter('word', language).segment(text);
  return Array.from(segments, ({ index, segment, isWordLike }) => {
    const before = text.slice(Math.max(0, index - 2), index);
    return isWordLike === true && (dense.test(segment) || dense.test(before)) ? index : 0;
  });
}

const joined = (text: string, at: number) =>
  at > 0 && at < text.length && !/\s/.test(text.slice(at - 1, at + 1));

function segmenter(granularity: Intl.SegmenterOptions['granularity'], language?: string) {
  try {
    return new Intl.Segmenter(language, { granularity });
  } catch {
    // No language that anybody knows.
    return new Intl.Segmenter(undefined, { granularity });
  }
}
