import { describe, expect, it } from 'vitest';
import { buckets } from '../../../lib/models/sentiment/hash.ts';
import { pack, unpack, type Weights } from '../../../lib/models/sentiment/weights.ts';

const calibration = { matrix: [[1], [2], [3]], bias: [0, 0.5, 1] as const };
const weights: Weights = {
  linear: Float32Array.from({ length: 3 * buckets }, (_, at) => Math.sin(at) ** 5 * (1 + (at % 3))),
  head: Float32Array.of(0.5, -1.25, 3),
  calibrations: { words: calibration, both: calibration },
  shares: [0.2, 0.5, 0.3],
  about: { splits: ['a'], texts: 3, embedder: 'x' },
};

describe('weights', () => {
  it('come back as they were, small ones nearly', () => {
    const { linear, ...rest } = unpack(pack(weights));
    const { linear: before, ...others } = weights;
    expect(rest).toEqual(others);
    const worst = linear.reduce(
      (most, each, at) => Math.max(most, Math.abs(each - before[at]!)),
      0,
    );
    expect(worst).toBeLessThan(0.03);
    expect(pack({ ...weights, linear })).toEqual(pack(weights));
  });

  it.each([
    ['cut off', pack(weights).subarray(0, -1)],
    ['of another format', Buffer.from('{"format":99}\n')],
    ['something else', Buffer.from('nothing of the kind')],
    ['empty', Buffer.alloc(0)],
  ])('that are %s are refused', (_, bytes) => {
    expect(() => unpack(bytes)).toThrow(expect.objectContaining({ code: 'MODEL_FAILED' }) as Error);
  });
});
