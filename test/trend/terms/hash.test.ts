import { expect, it } from 'vitest';
import { createScanner } from '../../../lib/trend/terms/terms.ts';

const scan = createScanner();
const letters = 'etaoinshrdlcum';

/** Words much alike, which is where weak hashes fail: all of four letters out of fourteen. */
const words = Array.from({ length: letters.length ** 4 }, (_, n) =>
  [0, 1, 2, 3].map((place) => letters[Math.floor(n / letters.length ** place) % letters.length]),
).map((four) => `zq${four.join('')}`);

it('terms do not share a hash, and every part of both lanes tells them apart', () => {
  const lanes = [new Set<number>(), new Set<number>()] as const;
  const both = new Set<string>();
  words.forEach((word, at) => {
    const { count, low, high } = scan(`${words[at - 1] ?? ''} ${word} #${word}`, [], true);
    for (let one = 0; one < count; one++) {
      lanes[0].add(low[one]!);
      lanes[1].add(high[one]!);
      both.add(`${low[one]} ${high[one]}`);
    }
  });
  // As many words as hashtags, and a phrase of each word and the one before.
  expect(both.size).toBe(3 * words.length - 1);
  for (const lane of lanes)
    for (const shift of [0, 10, 20])
      expect(unevenness(lane, shift), `bits from ${shift}`).toBeLessThan(1.25);
});

/** Chi squared by degrees of freedom of ten bits: 1 is chance (with 1023 degrees its deviation is 0.044). */
function unevenness(lane: ReadonlySet<number>, shift: number): number {
  const counts = new Float64Array(1024);
  for (const hash of lane) counts[(hash >>> shift) & 1023]! += 1;
  const expected = lane.size / 1024;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0) / 1023;
}
