import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeTweet, holdsLink, tweetId } from '../../../lib/platforms/x/compose.ts';
import { measure, wordsOf } from '../../../lib/platforms/x/measure.ts';

const lengthOf = (text: string) => measure(text).length;

describe('the length of a text on X', () => {
  it.each([
    ['', 0],
    ['hello', 5],
    ['日本語', 6],
    ['👨‍👩‍👧‍👦', 2],
    ['🏳️‍🌈🏴󠁧󠁢󠁥󠁮󠁧󠁿', 4],
    ['e\u0301', 1],
    ['مرحبا', 5],
    ['https://example.com/a/very/long/path?with=a&query=too', 23],
    ['example.com', 23],
    ['see example.com, now', 4 + 23 + 5],
    ['**bold**', 4],
    ['[example](https://example.com/page)', 'example ('.length + 23 + 1],
    ['[https://example.com](https://example.com)', 23],
    ['a@example.com', 13],
  ])('of %j is %i', (text, length) => {
    expect(lengthOf(text)).toBe(length);
  });

  it('is the sum over words, whatever they are', () => {
    const word = fc.stringMatching(/^[a-zäöüß日本\u0600-\u0640]{1,12}$/u);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 60 }), (words) => {
        const whole = lengthOf(words.join(' '));
        const sum = words.reduce((all, each) => all + lengthOf(each), words.length - 1);
        expect(whole).toBe(sum);
        expect(measure(words.join(' ')).fits).toBe(whole <= 280);
      }),
      { numRuns: 500 },
    );
  });

  it('counts what is sent: the same before and after composing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const sent = composeTweet({ text, media: [] }, { mediaIds: [] }).text ?? '';
        expect(sent).toBe(wordsOf(text));
        expect(sent).toBe(sent.normalize('NFC'));
      }),
      { numRuns: 500 },
    );
  });
});

it.each([
  ['no link', false],
  ['https://example.com', true],
  ['bare example.com', true],
  ['[words](https://example.com)', true],
  ['write to a@example.com', false],
])('%j costs as one with a link: %s', (text, holds) => {
  expect(holdsLink({ text, media: [] })).toBe(holds);
});

it.each([
  ['20', '20'],
  ['https://x.com/jack/status/20', '20'],
  ['https://twitter.com/jack/status/20?s=20', '20'],
  ['https://x.com/i/web/status/20/photo/1', '20'],
  ['https://x.com/jack', undefined],
  ['', undefined],
])('the post %j is %s', (post, id) => {
  expect(tweetId(post)).toBe(id);
});
