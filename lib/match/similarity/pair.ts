import type { WordVectors } from '../../models/word-vectors.ts';
import { cosine } from '../ranking/semantic.ts';
import { commonWords, stemOf, wordsIn } from '../ranking/tokens.ts';
import { gramsOf } from '../ranking/wording.ts';
import { alignment, weighed } from './alignment.ts';

/** A sentence and its unit vector. */
export interface Sentence {
  text: string;
  vector: Float32Array;
}

const negations = new Set(
  `no not never none nobody nothing neither nor without cannot cant dont doesnt didnt isnt arent wasnt werent wont wouldnt
  couldnt shouldnt hasnt havent hadnt`.match(/\S+/g),
);

/** What tells how alike two sentences are, each the same whichever comes first. */
export function pairFeatures(a: Sentence, b: Sentence, words: WordVectors): number[] {
  const [x, y] = [made(a, words), made(b, words)];
  const [there, back] = [alignment(x.weighed, y.weighed), alignment(y.weighed, x.weighed)];
  const near = cosine(a.vector, b.vector);
  const distances = a.vector.reduce(
    (sum, value, at) => sum + Math.abs(value - (b.vector[at] ?? 0)),
    0,
  );
  const lengths = [x.words.length, y.words.length].sort((m, n) => m - n) as [number, number];
  return [
    near,
    distances,
    Math.min(there.covered, back.covered),
    Math.max(there.covered, back.covered),
    Math.min(there.said, back.said),
    Math.max(there.said, back.said),
    Math.min(there.loose, back.loose),
    Math.max(there.loose, back.loose),
    bagged(x.weighed, y.weighed),
    overlap(x.stems, y.stems),
    overlap(pairsOf(x.stems), pairsOf(y.stems)),
    overlap(x.words.flatMap(gramsOf), y.words.flatMap(gramsOf)),
    overlap(x.content, y.content),
    common(x.stems, y.stems) / (lengths[1] || 1),
    lengths[0] / (lengths[1] || 1),
    lengths[1],
    overlap(x.numbers, y.numbers) - Number(x.numbers.length + y.numbers.length === 0),
    Number(x.numbers.length + y.numbers.length > 0),
    Math.abs(x.negations - y.negations),
    Number(x.content[0] === y.content[0]),
    Number(x.content.at(-1) === y.content.at(-1)),
    Number(/\?\s*$/.test(a.text) === /\?\s*$/.test(b.text)),
  ];
}

function made({ text }: Sentence, vectors: WordVectors) {
  const words = wordsIn(text);
  const stems = words.map(stemOf);
  return {
    words,
    stems,
    content: stems.filter((stem) => !commonWords.has(stem)),
    numbers: words.filter((word) => /\d/.test(word)),
    negations: words.filter((word) => negations.has(word)).length,
    weighed: weighed(words, stems, commonWords, vectors),
  };
}

/** Cosine of the sums of the words' vectors by weight (Arora, Liang & Ma 2017, without their common component). */
function bagged(a: ReturnType<typeof weighed>, b: ReturnType<typeof weighed>): number {
  const [x, y] = [a, b].map((words) => {
    const sum = new Float32Array(words.find(({ vector }) => vector)?.vector?.length ?? 0);
    for (const { vector, weight } of words)
      vector?.forEach((value, at) => (sum[at] = (sum[at] ?? 0) + weight * value));
    const norm = Math.hypot(...sum) || 1;
    return sum.map((value) => value / norm);
  }) as [Float32Array, Float32Array];
  return cosine(x, y);
}

/** Dice's coefficient of two sets; 1 when both are empty. */
function overlap(a: readonly string[], b: readonly string[]): number {
  const [x, y] = [new Set(a), new Set(b)];
  if (x.size + y.size === 0) return 1;
  return (2 * [...x].filter((each) => y.has(each)).length) / (x.size + y.size);
}

const pairsOf = (words: readonly string[]) =>
  words.slice(1).map((word, at) => `${words[at] ?? ''} ${word}`);

/** Length of the longest common subsequence. */
function common(a: readonly string[], b: readonly string[]): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const word of a) {
    const next = [0];
    b.forEach((other, at) => {
      next.push(word === other ? (row[at] ?? 0) + 1 : Math.max(row[at + 1] ?? 0, next[at] ?? 0));
    });
    row = next;
  }
  return row[b.length] ?? 0;
}
