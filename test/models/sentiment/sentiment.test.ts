import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labels, type Three } from '../../../lib/models/sentiment/labels.ts';
import { createSentiment, shippedWeights } from '../../../lib/models/sentiment/sentiment.ts';
import { heldOut, trainedOn } from '../../../lib/models/sentiment/train/files.ts';
import { fingerprint } from '../../../lib/models/sentiment/train/fingerprint.ts';
import { readLabelled, readLines } from '../../../lib/models/sentiment/train/labelled.ts';
import { shared } from '../../shared.ts';
import { measure } from '../../eval/sentiment-measures.ts';

const plain = await createSentiment();
const crypto = await createSentiment({
  words: new Map([
    ['rekt', -0.9],
    ['rug pull', -1],
    ['to the moon', 0.9],
  ]),
});

describe('judge', () => {
  it.each([
    ['I love this so much!!! :)', 'positive'],
    ['Happy birthday to my best friend', 'positive'],
    ['I hate this, worst day ever', 'negative'],
    ['not good', 'negative'],
    ['😡😡', 'negative'],
    ['The meeting is on Tuesday at 10', 'neutral'],
    ['http://example.org/a', 'neutral'],
  ])('%s', (text, label) => {
    expect(plain.judge(text).label).toBe(label);
  });

  it.each([
    ['got rekt today', 'negative'],
    ['that was a rug pull', 'negative'],
    ['$BTC to the moon', 'positive'],
  ] as const)('knows what "%s" means where the domain says so', (text, label) => {
    expect(crypto.judge(text).label).toBe(label);
    expect(crypto.judge(text)[label]).toBeGreaterThan(plain.judge(text)[label] + 0.2);
  });

  it('says when it cannot read a language, and then goes by signs and words of the domain alone', () => {
    expect(plain.judge('me encanta', 'es')).toMatchObject({ weight: 0, label: 'neutral' });
    expect(plain.judge('http://example.org/a @ann 10:30')).toMatchObject({ weight: 0 });
    expect(plain.judge('Wetter morgen')).toMatchObject({ weight: 1 });
    expect(plain.judge('今日は最高 😍')).toMatchObject({ weight: 0.5, label: 'positive' });
    expect(crypto.judge('estoy rekt', 'es')).toMatchObject({ weight: 0.5, label: 'negative' });
    expect(plain.judge('I love it', 'en-GB')).toMatchObject({ weight: 1, label: 'positive' });
  });

  it('gives probabilities, the same for the same text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const found = plain.judge(text);
        const sum = labels.reduce((all, label) => all + found[label], 0);
        expect(sum).toBeCloseTo(1);
        expect(plain.judge(text)).toEqual(found);
      }),
    );
  });
});

describe('judgeAll', () => {
  it('is judge where no embedder, or one it was not trained with, is given', async () => {
    const posts = [{ text: 'so sad' }, { text: 'yay' }, { text: '世界 😀' }, { text: '' }];
    const other = { name: 'other', embed: () => Promise.reject(new Error('never asked')) };
    const alone = posts.map(({ text }) => plain.judge(text));
    expect(await plain.judgeAll(posts)).toEqual(alone);
    expect(await (await createSentiment({ embedder: other })).judgeAll(posts)).toEqual(alone);
  });
});

describe('the weights that ship', () => {
  it('learned from no text that others measure with', async () => {
    const known = await trainedOn();
    const { about } = await shippedWeights();
    expect(known.size).toBe(about.texts);
    expect([...(await heldOut())].filter((print) => known.has(print))).toEqual([]);
    const test = readLabelled(shared('data/sentiment/semeval2013_2016.tsv.gz')).texts.filter(
      ({ split }) => split === 'twitter-2016test-A',
    );
    expect(test.length).toBeGreaterThan(20_000);
    expect(test.filter(({ text }) => known.has(fingerprint(text)))).toEqual([]);
  });

  it('find what people found, by words alone', () => {
    const texts = readLines(shared('data/sentiment/tweeteval_val_text.txt'));
    const gold = readLines(shared('data/sentiment/tweeteval_val_labels.txt'));
    const answers = texts.map((text, at) => {
      const { negative, neutral, positive, label } = plain.judge(text);
      const sure: Three = [negative, neutral, positive];
      return {
        gold: Number(gold[at]) as 0 | 1 | 2,
        found: labels.indexOf(label) as 0 | 1 | 2,
        sure,
      };
    });
    const { macroRecall, ece } = measure(answers);
    expect(macroRecall).toBeGreaterThan(0.6);
    expect(ece).toBeLessThan(0.08);
  });
});
