import { Place, rowWidth } from './rows.ts';

/**
 * The `least` most frequent of the first `size` rows, in ascending order, and the greatest count among the others. Of
 * rows as frequent as each other those with the smaller hash are taken, so that the choice does not depend on their order.
 */
export function mostFrequent(ints: Int32Array, size: number, least: number) {
  const count = (row: number) => ints[row * rowWidth + Place.posts] ?? 0;
  const hash = (row: number) => ints[row * rowWidth + Place.high] ?? 0;
  const low = (row: number) => ints[row * rowWidth + Place.low] ?? 0;
  const order = Int32Array.from({ length: size }, (_, row) => row).sort(
    (a, b) => count(b) - count(a) || hash(a) - hash(b) || low(a) - low(b),
  );
  const first = order[least];
  return {
    kept: order.slice(0, least).sort(),
    greatest: first === undefined ? 0 : count(first),
  };
}
