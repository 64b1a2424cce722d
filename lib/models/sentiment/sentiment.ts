import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Embedder } from '../model.ts';
import { apply } from './calibration.ts';
import { type Label, labels, largest, type Three } from './labels.ts';
import { balanceOf, type Lexicon, lexiconOf, loadLexicon, read, type Reading } from './lexicon.ts';
import { headScores, linearScores } from './model.ts';
import { plainText } from './plain.ts';
import { isForeign } from './script.ts';
import { tokensOf } from './tokens.ts';
import { unpack, type Weights } from './weights.ts';

/** How a post sounds: probabilities, which add up to 1. */
export interface Judgement extends Readonly<Record<Label, number>> {
  /** The label whose probability stands out most from how common it is, so that rare ones are found too. */
  label: Label;
  /** How much it counts in a summary: 1; 0.5 when read by emoji and domain words alone; 0 when nothing could be read. */
  weight: number;
}

/** A text and, where known, its language (BCP 47). */
export interface Post {
  text: string;
  language?: string;
}

export interface Sentiment {
  /** Judges by words alone, 50 to 80 microseconds a text. Only English is understood; see `Judgement.weight`. */
  judge(text: string, language?: string): Judgement;
  /** Judges by words and meaning where an embedder was given, 20 to 40 ms a text; else as `judge`. */
  judgeAll(posts: readonly Post[]): Promise<readonly Judgement[]>;
}

export interface SentimentOptions {
  /** Words and phrases of the desk's domains, lower case, -1 to 1; they win over the general lexicon. */
  words?: ReadonlyMap<string, number>;
  /** Must be the one the model was trained with (`bundledEmbedder`); another is not used. */
  embedder?: Embedder;
}

let loading: Promise<Weights> | undefined;

/** The weights that come with the product; read once. Throws MODEL_FAILED when they are damaged. */
export const shippedWeights = (): Promise<Weights> =>
  (loading ??= readFile(join(import.meta.dirname, 'weights.bin')).then(unpack));

/**
 * Sentiment by an ensemble: a lexicon with words of the desk's domains, linear machines over n-grams, and a head over
 * embeddings, calibrated together. The same text has the same judgement to the last digit.
 */
export async function createSentiment(options: SentimentOptions = {}): Promise<Sentiment> {
  const { words = new Map<string, number>(), embedder } = options;
  const [weights, lexicon] = await Promise.all([shippedWeights(), loadLexicon(words)]);
  const domain = lexiconOf(words);
  const meaning = embedder?.name === weights.about.embedder ? embedder : undefined;

  const judged = (found: Three, weight = 1): Judgement => {
    const [negative, neutral, positive] = found;
    const { shares } = weights;
    const label =
      labels[largest([negative / shares[0], neutral / shares[1], positive / shares[2]])];
    return { negative, neutral, positive, label, weight };
  };

  const judge = (text: string, vector?: Float32Array): Judgement => {
    const scores = linearScores(text, lexicon, weights.linear);
    const { words: alone, both } = weights.calibrations;
    const found =
      vector === undefined
        ? apply(alone, scores)
        : apply(both, [...scores, ...headScores(vector, weights.head)]);
    return judged(found, saysAnything(text) ? 1 : 0);
  };

  const foreign = (text: string): Judgement => {
    const reading = readSigns(text, lexicon, domain);
    return judged(leaning(weights.shares, balanceOf(reading)), reading.found > 0 ? 0.5 : 0);
  };

  return {
    judge: (text, language) => (isForeign(text, language) ? foreign(text) : judge(text)),
    async judgeAll(posts) {
      const own = posts.map(({ text, language }) => !isForeign(text, language));
      const vectors = meaning
        ? await meaning.embed(posts.filter((_, at) => own[at]).map(({ text }) => plainText(text)))
        : [];
      let next = 0;
      return posts.map(({ text }, at) =>
        own[at] === true ? judge(text, vectors[next++]) : foreign(text),
      );
    },
  };
}

/** A post of links, names and numbers alone has no mood. */
const saysAnything = (text: string) =>
  tokensOf(text).some(({ kind }) => ['word', 'tag', 'emoji', 'emoticon'].includes(kind));

/** What is read in any language: emoji, emoticons, and words of the domain. */
function readSigns(text: string, lexicon: Lexicon, domain: Lexicon): Reading {
  const tokens = tokensOf(text).map((token) => ({ ...token, negated: false }));
  const signs = tokens.filter(({ kind }) => kind === 'emoji' || kind === 'emoticon');
  const words = read(
    tokens.filter((token) => !signs.includes(token)),
    domain,
  );
  const faces = read(signs, lexicon);
  return {
    ...faces,
    positive: faces.positive + words.positive,
    negative: faces.negative + words.negative,
    found: faces.found + words.found,
  };
}

/** Odds that one clear sign multiplies by; a judgement, not fitted. */
const pull = 2;

/** The usual shares, leaning with a balance of -1..1. */
function leaning(shares: Three, balance: number): Three {
  const odds: Three = [
    shares[0] * Math.exp(-pull * balance),
    shares[1],
    shares[2] * Math.exp(pull * balance),
  ];
  const sum = odds[0] + odds[1] + odds[2];
  return [odds[0] / sum, odds[1] / sum, odds[2] / sum];
}
