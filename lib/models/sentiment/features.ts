import { begin, bucketOf, buckets, extend, family, hashOf } from './hash.ts';
import { type Lexicon, read } from './lexicon.ts';
import { type Token, tokensOf } from './tokens.ts';

/** A sparse vector: buckets and their values; a bucket may come twice, its values then add up. */
export interface Features {
  at: Uint32Array;
  value: Float32Array;
}

/** Weight of lexicon and shape beside the n-grams, whose two kinds have length one each. */
const few = 0.5;
const longestLetters = 5;
const longestWords = 3;

/**
 * What the model sees of a post: which word 1-3-grams (negated ones apart) and letter 2-5-grams it holds, each kind
 * scaled to length one; how the lexicon reads it; and its shape (Mohammad, Kiritchenko & Zhu 2013). Pure.
 */
export function featuresOf(text: string, lexicon: Lexicon): Features {
  const tokens = tokensOf(text);
  const words = distinct(wordGrams(tokens));
  const letters = distinct(letterGrams(tokens));
  const rest = [...lexiconFeatures(tokens, lexicon), ...shape(tokens)];
  const size = words.length + letters.length + rest.length;
  const [at, value] = [new Uint32Array(size), new Float32Array(size)];
  at.set(words);
  value.fill(1 / Math.sqrt(words.length), 0, words.length);
  at.set(letters, words.length);
  value.fill(1 / Math.sqrt(letters.length), words.length, words.length + letters.length);
  rest.forEach(([bucket, weight], index) => {
    at[words.length + letters.length + index] = bucket;
    value[words.length + letters.length + index] = weight;
  });
  return { at, value };
}

/** Which buckets the current list already holds; one mark a list, so nothing needs to be cleared. */
const seen = new Uint32Array(buckets);
let list = 0;

function distinct(found: readonly number[]): readonly number[] {
  list = (list + 1) >>> 0;
  if (list === 0) seen.fill(0);
  return found.filter((bucket) => {
    const first = seen[bucket] !== list;
    seen[bucket] = list;
    return first;
  });
}

function wordGrams(tokens: readonly Token[]): number[] {
  const found: number[] = [];
  const hashes = tokens.map(({ text, negated }) =>
    hashOf(negated ? family.words + 16 : family.words, text),
  );
  for (let at = 0; at < hashes.length; at += 1) {
    let hash = begin(family.words);
    for (let end = at; end < Math.min(at + longestWords, hashes.length); end += 1) {
      hash = extend(hash, hashes[end] ?? 0);
      found.push(bucketOf(hash));
    }
  }
  return found;
}

function letterGrams(tokens: readonly Token[]): number[] {
  const found: number[] = [];
  for (const { kind, text } of tokens) {
    if (kind !== 'word' && kind !== 'tag') continue;
    const word = ` ${text} `;
    for (let from = 0; from < word.length - 1; from += 1) {
      let hash = begin(family.letters);
      for (let at = from; at < Math.min(from + longestLetters, word.length); at += 1) {
        hash = extend(hash, word.charCodeAt(at));
        if (at > from) found.push(bucketOf(hash));
      }
    }
  }
  return found;
}

const bucketsOf = (kind: number, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, bucketOf(hashOf(kind, name))]));

const lexiconBuckets = bucketsOf(family.lexicon, [
  'positive',
  'negative',
  'highest',
  'lowest',
  'last',
  'found',
]);

function lexiconFeatures(tokens: readonly Token[], lexicon: Lexicon) {
  return weighed(lexiconBuckets, { ...read(tokens, lexicon) });
}

const shapes: Readonly<Record<string, (token: Token) => boolean>> = {
  shouted: ({ shouted }) => shouted,
  drawn: ({ drawn }) => drawn,
  negated: ({ negated }) => negated,
  tags: ({ kind }) => kind === 'tag',
  mentions: ({ kind }) => kind === 'mention',
  links: ({ kind }) => kind === 'link',
  numbers: ({ kind }) => kind === 'number',
  calls: ({ kind, text }) => kind === 'mark' && text.includes('!'),
  questions: ({ kind, text }) => kind === 'mark' && text.includes('?'),
};
const shapeBuckets = bucketsOf(family.shape, [...Object.keys(shapes), 'always', 'length']);

function shape(tokens: readonly Token[]) {
  const counts: Record<string, number> = { always: 1, length: Math.log1p(tokens.length) / 3 };
  for (const [name, is] of Object.entries(shapes)) {
    let count = 0;
    for (const token of tokens) if (is(token)) count += 1;
    counts[name] = Math.log1p(count);
  }
  return weighed(shapeBuckets, counts);
}

function weighed(
  places: Readonly<Record<string, number>>,
  values: Readonly<Record<string, number>>,
) {
  return Object.entries(values).flatMap(([name, value]) =>
    value === 0 ? [] : [[places[name] ?? 0, value * few] as const],
  );
}
