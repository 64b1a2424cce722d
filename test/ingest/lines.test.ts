import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLineSplitter, type Line } from '../../lib/ingest/lines.ts';

function split(chunks: readonly Uint8Array[], limit?: number): Line[] {
  const splitter = createLineSplitter(limit);
  return [...chunks.flatMap((chunk) => splitter.push(chunk)), ...splitter.end()];
}

/** The same, plainly: all bytes at once. */
function naive(bytes: Uint8Array, limit: number): Line[] {
  const lines: Line[] = [];
  let from = 0;
  while (from < bytes.length) {
    const found = bytes.indexOf(10, from);
    const to = found === -1 ? bytes.length : found;
    const line = bytes.subarray(from, to);
    lines.push(line.length > limit ? undefined : Buffer.from(line).toString('utf8'));
    from = to + 1;
  }
  return lines;
}

/** Bytes with many line ends among them, cut anywhere. */
const cut = fc
  .tuple(
    fc.array(fc.oneof(fc.constant(10), fc.integer({ min: 0, max: 255 })), { maxLength: 200 }),
    fc.array(fc.nat(200), { maxLength: 12 }),
  )
  .map(([bytes, places]) => {
    const all = Uint8Array.from(bytes);
    const at = [0, ...places.filter((p) => p < all.length).sort((a, b) => a - b), all.length];
    return { all, chunks: at.slice(1).map((end, index) => all.subarray(at[index], end)) };
  });

describe('cutting bytes into lines', () => {
  it('gives the same lines however the bytes are cut into chunks', () => {
    fc.assert(
      fc.property(cut, fc.integer({ min: 1, max: 40 }), ({ all, chunks }, limit) => {
        expect(split(chunks, limit)).toEqual(naive(all, limit));
        expect(split(chunks)).toEqual(naive(all, Infinity));
      }),
      { numRuns: 500 },
    );
  });

  it('ends lines at \\n only: U+2028, U+0085 and \\r belong to the text', () => {
    const text = 'a\u2028b\u2029c\u0085d\re\u000Bf\nnext';
    expect(split([Buffer.from(text)])).toEqual(text.split('\n'));
  });

  it('gives a character whole that was cut in the middle', () => {
    const bytes = Buffer.from('grüße 🦆\n');
    for (let at = 0; at < bytes.length; at++)
      expect(split([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(['grüße 🦆']);
  });

  it('goes on after a line that is too long', () => {
    const chunks = ['short\n', 'x'.repeat(50), 'x'.repeat(50), '\nshort again\n', 'end'];
    expect(
      split(
        chunks.map((chunk) => Buffer.from(chunk)),
        20,
      ),
    ).toEqual(['short', undefined, 'short again', 'end']);
  });
});
