import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PostDocument } from '../../lib/draft/document.ts';
import { outgoingFor } from '../../lib/draft/outgoing.ts';
import { canonical, revisionOf } from '../../lib/draft/revision.ts';
import { anyDocument } from './arbitraries.ts';

const image = { file: 'content/media/a.png', alt: 'A map', part: 0 };
const hash = 'f'.repeat(64);
const base: PostDocument = {
  id: 'x',
  profile: 'news',
  targets: ['outbox', 'sky'],
  schedule: '2026-11-22T09:00:00+01:00',
  media: [image],
  variants: [
    { name: 'a', parts: ['One', 'Two'], overrides: { bluesky: ['Short'] } },
    { name: 'b', parts: ['Other'], overrides: {} },
  ],
};
const [a, b] = base.variants as [PostDocument['variants'][0], PostDocument['variants'][0]];
const bound = (document: PostDocument, media: Record<string, string> = { [image.file]: hash }) =>
  revisionOf(document, media).hash;

const poll = { options: ['Up', 'Down'], duration: 1000, part: 0 };
const link = { url: 'https://a.example', image: 'content/media/b.png', part: 0 };

describe('what an approval binds to', () => {
  it('covers every option of a poll and the image of a card', () => {
    const hashes = [
      bound({ ...base, poll }),
      bound({ ...base, poll: { ...poll, options: ['Up', 'Sideways'] } }),
      bound({ ...base, poll: { ...poll, multiple: true } }),
      bound({ ...base, poll: { ...poll, part: 1 } }),
      bound({ ...base, link }),
      bound({ ...base, link }, { [image.file]: hash, [link.image]: hash }),
      bound({ ...base, link: { ...link, title: 'T' } }),
      bound({ ...base, reply: 'x' }),
      bound({ ...base, reply: { sky: 'x' } }),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it.each<[string, PostDocument, Record<string, string>?]>([
    ['a word', { ...base, variants: [{ ...a, parts: ['One', 'Two.'] }, b] }],
    ['where a part ends', { ...base, variants: [{ ...a, parts: ['One\n\nTwo'] }, b] }],
    ['an override', { ...base, variants: [{ ...a, overrides: { bluesky: ['Shorter'] } }, b] }],
    ['an override less', { ...base, variants: [{ ...a, overrides: {} }, b] }],
    ['another variant', { ...base, use: 'b' }],
    ['no variant', { ...base, use: 'z' }],
    ['a target more', { ...base, targets: ['outbox', 'sky', 'moon'] }],
    ['a target less', { ...base, targets: ['outbox'] }],
    ['the time', { ...base, schedule: '2026-11-22T09:00:01+01:00' }],
    ['the profile', { ...base, profile: 'crypto' }],
    ['the language', { ...base, language: 'de' }],
    ['alt text', { ...base, media: [{ ...image, alt: 'a map' }] }],
    ['the part of an image', { ...base, media: [{ ...image, part: 1 }] }],
    ['the bytes of an image', base, { [image.file]: 'e'.repeat(64) }],
    ['an image that is gone', base, {}],
    ['what stays of an image', { ...base, media: [{ ...image, focus: { x: 0.5, y: 0.5 } }] }],
    ['a title', { ...base, title: 'T' }],
    ['the post it answers', { ...base, reply: 'https://a.example' }],
    ['a poll', { ...base, poll }],
    ['a link card', { ...base, link }],
  ])('changes with %s', (_what, document, media) =>
    expect(bound(document, media)).not.toBe(bound(base)),
  );

  it.each<[string, PostDocument]>([
    ['a variant that does not go out', { ...base, variants: [a, { ...b, parts: ['More'] }] }],
    ['naming the first variant', { ...base, use: 'a' }],
    ['the order of targets', { ...base, targets: ['sky', 'outbox'] }],
    ['another way to write the time', { ...base, schedule: '2026-11-22T08:00:00Z' }],
    ['where the image lies', { ...base, media: [{ ...image }] }],
  ])('does not change with %s', (_what, document) => expect(bound(document)).toBe(bound(base)));

  it('stays the same through the ages: approvals are kept by it', () => {
    expect(bound(base)).toMatchInlineSnapshot(
      `"5379b613b866c23095adf0437cc1eae129c7e48143db5c2415dbb16d9bbbf041"`,
    );
  });

  it('is in canonical JSON, whatever the order of keys', () => {
    expect(canonical({ b: [1, { z: null, a: 'é"' }], a: undefined, A: true })).toBe(
      '{"A":true,"b":[1,{"a":"é\\"","z":null}]}',
    );
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe('what goes to a target', () => {
  it('prefers words for the account to words for its network to the variant’s own', () => {
    const both = { ...a, overrides: { bluesky: ['network'], sky: ['account'] } };
    const texts = (variant: typeof a, target: string) =>
      outgoingFor({ ...base, variants: [variant] }, target, 'bluesky').parts.map(
        ({ text }) => text,
      );
    expect(texts(both, 'sky')).toEqual(['account']);
    expect(texts(a, 'sky')).toEqual(['Short']);
    expect(texts(b, 'sky')).toEqual(['Other']);
    expect(texts({ ...b, name: 'constructor' }, 'constructor')).toEqual(['Other']);
  });

  it('never loses an image, and sends nothing when the variant is not there', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const { parts } = outgoingFor(document, 'outbox', 'outbox');
        const there =
          document.use === undefined || document.variants.some((v) => v.name === document.use);
        expect(parts.length > 0).toBe(there);
        const sent = parts.flatMap(({ media }) => media);
        if (there) expect(new Set(sent)).toEqual(new Set(document.media));
      }),
    );
  });
});
