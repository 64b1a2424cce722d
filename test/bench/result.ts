/** One figure, measured side by side with what it is compared to. */
export interface Result {
  name: string;
  /** Measured; a count for `sweep`. */
  ratio: number;
  aim: number;
  /** Whether the aim is a least, which it is unless said, or a most. */
  want?: 'at least' | 'at most';
  /** What was measured, in words with units. */
  details: string;
}

export const isFine = ({ ratio, aim, want }: Result) =>
  want === 'at most' ? ratio <= aim : ratio >= aim;

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const above = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? above : ((sorted[middle - 1] ?? NaN) + above) / 2;
}

/** A number as a person reads it: three significant digits. */
export const short = (value: number) =>
  Number(value.toPrecision(3)).toLocaleString('en', { maximumSignificantDigits: 3 });
