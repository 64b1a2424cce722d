import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodingsOf } from '../../../lib/draft/media/encodings.ts';
import { type ImageFacts, type ImagePlan, planImage } from '../../../lib/draft/media/plan.ts';
import { rules } from './pictures.ts';

const facts = (more: Partial<ImageFacts> = {}): ImageFacts => ({
  type: 'image/jpeg',
  width: 1000,
  height: 500,
  frames: 1,
  clear: false,
  ...more,
});
const plan = (...given: Parameters<typeof planImage>): ImagePlan => {
  const made = planImage(...given);
  if ('message' in made) throw new Error(made.message);
  return made;
};

describe('the plan for an image', () => {
  it('leaves alone what fits', () => {
    expect(plan(facts(), rules)).toEqual({
      width: 1000,
      height: 500,
      moving: false,
      types: ['image/jpeg'],
      notes: [],
    });
  });

  it('cuts around the focus, as far as the edges let it, and says where that is then', () => {
    const square = { ...rules, ratio: { min: 1, max: 1 } };
    const left = (x: number) => plan(facts(), square, { x, y: 0.5 }).crop?.left;
    expect([left(0), left(0.3), left(0.5), left(1)]).toEqual([0, 50, 250, 500]);
    expect(plan(facts(), square).crop?.left).toBe(250);
    expect(plan(facts(), square, { x: 0.3, y: 0.5 }).focus).toEqual({ x: 0.5, y: 0.5 });
    expect(plan(facts(), square, { x: 0, y: 1 }).focus).toEqual({ x: 0, y: 1 });
    expect(plan(facts(), square).notes).toEqual(['cropped']);
  });

  it.each<[string, Partial<ImageFacts>, readonly string[], readonly string[]]>([
    [
      'its own type first',
      { type: 'image/png' },
      ['image/jpeg', 'image/png'],
      ['image/png', 'image/jpeg'],
    ],
    [
      'the first of the network',
      { type: 'image/webp' },
      ['image/png', 'image/jpeg'],
      ['image/png', 'image/jpeg'],
    ],
    [
      'what can be seen through as long as it can',
      { type: 'image/png', clear: true },
      ['image/png', 'image/jpeg', 'image/webp'],
      ['image/png', 'image/webp', 'image/jpeg'],
    ],
    ['a JPEG as a JPEG', {}, ['image/png', 'image/jpeg', 'image/webp'], ['image/jpeg']],
  ])('writes %s', (_what, more, types, wanted) =>
    expect(plan(facts(more), { ...rules, types }).types).toEqual(wanted),
  );

  it('lets move what moves where the network has GIFs, and says when it will not', () => {
    const moving = facts({ type: 'image/gif', frames: 3 });
    const still = plan(moving, rules);
    expect([still.moving, still.notes]).toEqual([false, ['still']]);
    const gif = plan(moving, { ...rules, types: ['image/jpeg', 'image/gif'] });
    expect([gif.moving, gif.types, gif.notes]).toEqual([true, ['image/gif'], ['moving']]);
    // One frame is a picture: networks show GIFs apart.
    const one = facts({ type: 'image/gif' });
    expect(plan(one, { ...rules, types: ['image/gif', 'image/png'] }).types).toEqual(['image/png']);
  });

  it('says when a network takes no images', () => {
    const video = { count: 1, types: [], bytes: 1, length: { min: 0, max: 1 } };
    const none = { ...rules, types: [] };
    expect(planImage(facts(), { ...none, video })).toMatchObject({ expected: 'a video' });
    expect(planImage(facts(), none)).toMatchObject({ expected: 'no files' });
  });

  it('keeps size, shape and edges for any image and any network', () => {
    const side = fc.integer({ min: 40, max: 12_000 });
    const ratios = fc
      .tuple(
        fc.double({ min: 0.2, max: 3, noNaN: true }),
        fc.double({ min: 1.1, max: 8, noNaN: true }),
      )
      .map(([min, times]) => ({ min, max: min * times }));
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.record({ width: side, height: side }),
        fc.record({ width: side, height: side }),
        ratios,
        fc.option(fc.record({ x: share, y: share }), { nil: undefined }),
        (image, size, ratio, focus) => {
          const { crop, width, height } = plan(facts(image), { ...rules, size, ratio }, focus);
          const { left, top, ...cut } = crop ?? { left: 0, top: 0, ...image };
          expect(left).toBeGreaterThanOrEqual(0);
          expect(top).toBeGreaterThanOrEqual(0);
          expect(left + cut.width).toBeLessThanOrEqual(image.width);
          expect(top + cut.height).toBeLessThanOrEqual(image.height);
          expect(width).toBeLessThanOrEqual(Math.min(size.width, cut.width));
          expect(height).toBeLessThanOrEqual(Math.min(size.height, cut.height));
          expect(width / height).toBeLessThanOrEqual(ratio.max * (1 + 1e-9));
          expect(width / height).toBeGreaterThanOrEqual(ratio.min * (1 - 1e-9));
        },
      ),
      {
        numRuns: 2000,
        examples: [
          // Made narrower for one bound it was too tall for the other.
          [
            { width: 40, height: 54 },
            { width: 40, height: 41 },
            { min: 0.21951219534146343, max: 0.2414634148756098 },
            undefined,
          ],
        ],
      },
    );
  });

  it('tries what is best first, and nothing that looks bad', () => {
    const ways = encodingsOf(['image/png', 'image/jpeg'], {
      width: 900,
      height: 700,
      moving: false,
    });
    expect(ways.map(({ type, quality, scale }) => [type, quality, scale])).toEqual([
      ['image/png', undefined, 1],
      ['image/jpeg', 90, 1],
      ['image/jpeg', 82, 1],
      ['image/jpeg', 74, 1],
      ['image/jpeg', 66, 1],
      ['image/jpeg', 60, 1],
      ['image/jpeg', 74, 0.8],
    ]);
  });
});
