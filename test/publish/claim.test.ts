import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashPart } from '../../lib/publish/claim.ts';
import type { Part } from '../../lib/platforms/platform.ts';

const bytes = new Uint8Array([1, 2, 3]);
const media = { bytes, type: 'image/png', alt: 'A map', name: 'map.png' };
const part: Part = { text: 'Words', media: [media] };
const poll = { options: ['Up', 'Down'], duration: 3_600_000 };
const link = { url: 'https://a.example', title: 'A', description: '' };

describe('the hash of a part', () => {
  it('stays the same through the ages: claims are kept by it', () => {
    expect(hashPart(part)).toMatchInlineSnapshot(
      `"204e29ad8cf0f60cbf36f92e69ecd8adc74bfffea62a5db39df624e0f7d60f02"`,
    );
  });

  it('differs by everything people would see', () => {
    const parts: Part[] = [
      part,
      { ...part, text: 'Word' },
      { ...part, media: [] },
      { ...part, media: [{ ...media, alt: '' }] },
      { ...part, media: [media, media] },
      { ...part, poll },
      { ...part, poll: { ...poll, multiple: true } },
      { ...part, poll: { ...poll, duration: 1 } },
      { ...part, poll: { ...poll, options: ['Up, Down'] } },
      { ...part, link },
      { ...part, link: { ...link, description: 'x' } },
      { ...part, link: { ...link, image: media } },
      { ...part, link, poll },
    ];
    expect(new Set(parts.map(hashPart)).size).toBe(parts.length);
  });

  it('is of the content alone, not of where it may be fetched or how it is named', () => {
    const moved = { ...media, url: 'https://a.example/1', name: 'x', focus: { x: 0, y: 0 } };
    expect(hashPart({ ...part, media: [moved] })).toBe(hashPart(part));
    expect(hashPart({ ...part, poll: { ...poll, multiple: false } })).toBe(
      hashPart({ ...part, poll }),
    );
  });

  it('never takes one text for another', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        fc.pre(a !== b);
        expect(hashPart({ text: a, media: [] })).not.toBe(hashPart({ text: b, media: [] }));
      }),
    );
  });
});
