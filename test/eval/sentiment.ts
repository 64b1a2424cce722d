import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { bundledEmbedder } from '../../lib/models/embeddings.ts';
import { labels, type Three } from '../../lib/models/sentiment/labels.ts';
import { balanceOf, loadLexicon, read } from '../../lib/models/sentiment/lexicon.ts';
import { createSentiment, type Judgement } from '../../lib/models/sentiment/sentiment.ts';
import { tokensOf } from '../../lib/models/sentiment/tokens.ts';
import { keptVectors } from '../../lib/models/sentiment/train/embed.ts';
import { trainedOn } from '../../lib/models/sentiment/train/files.ts';
import { fingerprint } from '../../lib/models/sentiment/train/fingerprint.ts';
import {
  type Labelled,
  labelOf,
  readLabelled,
  readLines,
  unescape,
} from '../../lib/models/sentiment/train/labelled.ts';
import type { Kind } from './kind.ts';
import { type Answer, lineOf, measure } from './sentiment-measures.ts';

export const kind: Kind = {
  what: 'How many negative, neutral and positive posts are found: macro-averaged recall.',
  needs: [],
  may: ['text', 'labels', 'tsv', 'split', 'vectors'],
  async evaluate({ text, labels: gold, tsv, split, vectors }) {
    const { texts, left } = given(text, gold, tsv, split);
    const ours = await judged(texts, vectors);
    const words = await createSentiment();
    const plain = texts.map((each) => words.judge(each.text));
    const measures = measure(answers(texts, ours));
    return {
      lines: [
        `${String(texts.length)} texts${left === 0 ? '' : `, ${String(left)} lines left out`}`,
        ...(await learned(texts)),
        lineOf('lexicon alone', measure(await byLexicon(texts))),
        lineOf('words alone, as for posts in bulk', measure(answers(texts, plain))),
        lineOf('ours', measures),
      ],
      metrics: {
        macro_recall: measures.macroRecall,
        accuracy: measures.accuracy,
        f1_pn: measures.f1,
        ...(measures.ece !== undefined && { ece: measures.ece }),
      },
    };
  },
};

/** Arguments that do not fit are the caller's to mend; `run.ts` shows errors that carry a code. */
const refuse = (why: string) => Object.assign(new Error(why), { code: 'ERR_ARGUMENTS' });

function given(text?: string, gold?: string, tsv?: string, split?: string) {
  if (tsv !== undefined) {
    const { texts, problems } = readLabelled(tsv);
    const chosen = texts.filter((each) => split === undefined || each.split === split);
    const known = [...new Set(texts.map((each) => each.split))].sort().join(', ');
    if (chosen.length === 0)
      throw refuse(`No text of the split "${split ?? ''}" in ${tsv}; there are: ${known}.`);
    return { texts: chosen, left: problems.length };
  }
  if (text === undefined || gold === undefined)
    throw refuse('sentiment needs --text and --labels, or --tsv.');
  return paired(readLines(text), readLines(gold));
}

function paired(texts: readonly string[], gold: readonly string[]) {
  if (texts.length !== gold.length)
    throw refuse(`${String(texts.length)} texts and ${String(gold.length)} labels do not fit.`);
  const found = texts.flatMap((text, index): Labelled[] => {
    const label = labelOf(gold[index] ?? '');
    return label === undefined ? [] : [{ text: unescape(text), label, split: '' }];
  });
  if (found.length === 0) throw refuse('No line has a label of 0, 1 or 2.');
  return { texts: found, left: texts.length - found.length };
}

/** Where vectors are kept between runs unless it is said: some twenty thousand texts take minutes. */
const cache = join(import.meta.dirname, '../../node_modules/.cache/socialpulse');

async function judged(
  texts: readonly Labelled[],
  vectors = join(cache, 'sentiment-vectors.bin'),
): Promise<readonly Judgement[]> {
  mkdirSync(cache, { recursive: true });
  const tell = (what: string) => process.stderr.write(`${what}\n`);
  const embedder = keptVectors(await bundledEmbedder(), vectors, tell);
  const sentiment = await createSentiment({ embedder });
  return sentiment.judgeAll(texts);
}

function answers(texts: readonly Labelled[], found: readonly Judgement[]): Answer[] {
  return texts.map(({ label: gold }, index) => {
    const { negative = 0, neutral = 0, positive = 0, label = 'neutral' } = found[index] ?? {};
    const sure: Three = [negative, neutral, positive];
    return { gold, found: labels.indexOf(label) as 0 | 1 | 2, sure };
  });
}

/** Above this much praise a text is called positive; below nothing, negative. Chosen on other years than 2016. */
const praise = 0.3;

async function byLexicon(texts: readonly Labelled[]): Promise<Answer[]> {
  const lexicon = await loadLexicon();
  return texts.map(({ text, label: gold }) => {
    const balance = balanceOf(read(tokensOf(text), lexicon));
    return { gold, found: balance < 0 ? 0 : balance > praise ? 2 : 1 };
  });
}

async function learned(texts: readonly Labelled[]): Promise<readonly string[]> {
  const known = await trainedOn();
  const seen = texts.filter(({ text }) => known.has(fingerprint(text))).length;
  if (seen === 0) return ['the shipped weights learned from none of these texts'];
  return [
    `CAUTION: the shipped weights learned from ${String(seen)} of these texts; figures on them say nothing`,
  ];
}
