import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outgoing, Part } from '../../../lib/platforms/platform.ts';
import { isWanted, wantedOf } from '../../../lib/platforms/x/find.ts';
import { tweet } from '../../../lib/platforms/x/read-post.ts';
import { image } from '../image.ts';
import { createState, shownPost, type Stored } from './state.ts';

const state = createState();
const all = 'created_at,entities,attachments,referenced_tweets'.split(',');
const now = Date.now();

/** A post as X shows it. */
const shown = (text: string, more: Partial<Stored> = {}) =>
  tweet.parse(
    shownPost(
      {
        id: '1900000000000000000',
        author: state.me.id,
        text,
        at: now,
        media: [],
        poll: false,
        ...more,
      },
      all,
      state,
    ),
  );
const wanted = (part: Partial<Part>, more: Partial<Outgoing> = {}, sent: { id: string }[] = []) => {
  const parts = [...sent.map(() => ({ text: '', media: [] })), { text: '', media: [], ...part }];
  const receipts = sent.map(({ id }, index) => ({ part: index, id, at: now }));
  return wantedOf({ delivery: 'p.main', parts, ...more }, sent.length, now, receipts)!;
};

describe('a post is recognised', () => {
  it.each([
    'plain words',
    'see https://example.com/a_b?c=d&e=f now',
    'bare example.com and Example.COM/Path',
    'A < B && C > D',
    '[words](https://example.com/) and **bold**',
    'e\u0301 日本 👨‍👩‍👧‍👦',
    'two  spaces and\n\nlines ',
  ])('%j', (text) => {
    const { part } = wanted({ text });
    const sent = text.startsWith('[') ? 'words (https://example.com/) and bold' : text;
    expect(isWanted(shown(sent.normalize('NFC').trim()), wanted(part))).toBe(true);
  });

  it('by its words, any words', () => {
    const words = fc.stringMatching(/^[\p{L}\p{N} .,!?&<>#@-]{1,80}$/u);
    fc.assert(
      fc.property(words, words, (text, other) => {
        const same = (a: string) => a.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();
        expect(isWanted(shown(text.normalize('NFC')), wanted({ text }))).toBe(true);
        if (same(text) !== same(other))
          expect(isWanted(shown(other.normalize('NFC')), wanted({ text }))).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('by its media, its place and its time', () => {
    const text = 'Words';
    expect(isWanted(shown(text, { media: ['1'] }), wanted({ text }))).toBe(false);
    expect(isWanted(shown(text, { media: ['1'] }), wanted({ text, media: [image] }))).toBe(true);
    expect(isWanted(shown(text, { at: now - 70_000 }), wanted({ text }))).toBe(false);
    expect(isWanted(shown(text, { at: now - 50_000 }), wanted({ text }))).toBe(true);
    expect(isWanted(shown(text, { parent: '7' }), wanted({ text }))).toBe(false);
    expect(isWanted(shown(text, { parent: '7' }), wanted({ text }, {}, [{ id: '7' }]))).toBe(true);
    const reply = { reply: 'https://x.com/a/status/8' };
    expect(isWanted(shown(`@a ${text}`, { parent: '8' }), wanted({ text }, reply))).toBe(true);
    const id = '1900000000000000000';
    expect(isWanted(shown(text, { id, parent: id }), wanted({ text }, {}, [{ id }]))).toBe(false);
  });
});
