import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../lib/draft/check.ts';
import { outgoingFor } from '../../lib/draft/outgoing.ts';
import { parseDocument } from '../../lib/draft/parse.ts';
import { revisionOf } from '../../lib/draft/revision.ts';
import { platforms } from '../../lib/platforms/index.ts';
import type { Platform } from '../../lib/platforms/platform.ts';
import { anyDocument } from './arbitraries.ts';
import { context, path, profileWith } from './desk.ts';

const sentence = 'This sentence has exactly forty letters. ';
const post = (front: string, body: string) =>
  `---\nid: p\nprofile: news\ntargets: [outbox, bluesky]\n${front}---\n\n## a\n\n${body}\n`;

function read(text: string) {
  const { document, problems } = parseDocument(text, path);
  if (!document) throw new Error(problems.map(({ message }) => message).join('\n'));
  return document;
}
const sentTo = (name: string, text: string) =>
  outgoingFor(read(text), name, name, platforms[name]).parts;
const check = (text: string) =>
  checkDocument(read(text), text, path, context(profileWith())).map(
    ({ line, rule, message, expected }) => ({ line, rule, message, expected }),
  );

describe('a post that says split', () => {
  const media =
    'media:\n  - file: content/media/a.png\n    alt: A\n  - file: content/media/b.png\n    alt: B\n    part: 2\n';
  const long = `${sentence.repeat(10)}\n\n---\n\nLast words.`;

  it('becomes a thread where it is too long, and stays whole where it fits', () => {
    const text = post('split: true\n', long);
    expect(sentTo('bluesky', text).map((part) => [part.text.length, part.of])).toEqual([
      [286, 0],
      [122, 0],
      [11, 1],
    ]);
    expect(sentTo('outbox', text)).toHaveLength(2);
    expect(check(text)).toEqual([]);
  });

  it('keeps images with the beginning of their part', () => {
    const parts = sentTo('bluesky', post(`split: true\n${media}`, long));
    expect(parts.map((part) => part.media.map(({ alt }) => alt))).toEqual([['A'], [], ['B']]);
  });

  it('is numbered through, if wanted', () => {
    const parts = sentTo('bluesky', post('split: numbered\n', long));
    expect(parts.map(({ text }) => text.slice(-6))).toEqual([' (1/3)', ' (2/3)', ' (3/3)']);
  });

  it('is bound by an approval', () => {
    const hash = (front: string) => revisionOf(read(post(front, long)), {}).hash;
    expect(hash('split: false\n')).toBe(hash(''));
    expect(new Set([hash(''), hash('split: true\n'), hash('split: numbered\n')]).size).toBe(3);
  });

  it('is told what cannot be split, on its line', () => {
    const url = `https://example.com/${'x'.repeat(300)}`;
    expect(check(post('split: true\n', `Look:\n\n${url}`))).toEqual([
      {
        line: 10,
        rule: 'text-too-long',
        message: `a cannot be split: “${url}” alone has 320 characters for bluesky`,
        expected: 'at most 300, words of its own below ### bluesky, or --- to split it',
      },
    ]);
  });

  it('takes nothing else for it', () => {
    const { problems } = parseDocument(post('split: maybe\n', 'x'), path);
    expect(problems).toMatchObject([{ line: 5, rule: 'front-matter' }]);
  });

  it('is offered where it helps', () => {
    expect(check(post('', sentence.repeat(10)))[0]?.expected).toBe(
      'at most 300, words of its own below ### bluesky, --- to split it, or split: true at the top for a thread of 2',
    );
  });

  it('loses no image and no words, whatever the document', () => {
    const short: Pick<Platform, 'measure' | 'parts'> = {
      parts: { as: 'thread' },
      measure: ({ length }) => ({ length, limit: 9, unit: 'units', fits: length <= 9 }),
    };
    fc.assert(
      fc.property(anyDocument, (document) => {
        const whole = outgoingFor(document, 'outbox', 'outbox').parts;
        const { parts } = outgoingFor(document, 'outbox', 'outbox', short);
        expect(parts.flatMap(({ media: each }) => each)).toEqual(
          whole.flatMap(({ media: each }) => each),
        );
        expect([...new Set(parts.map(({ of }) => of))]).toEqual(whole.map(({ of }) => of));
      }),
    );
  });
});
