import { createHash } from 'node:crypto';

/** What a fit remembers of a text it was fitted on: 12 hex digits, because the texts themselves are not ours to keep. */
export const seenKey = (text: string): string =>
  createHash('sha256')
    .update(text.toLowerCase().replace(/\s+/g, ' ').trim())
    .digest('hex')
    .slice(0, 12);

/** Keys as a fit keeps them: one line. */
export const seenKeys = (texts: readonly string[]): string => texts.map(seenKey).join(' ');

/** The fit that knows most and does not know this text; undefined when all do. */
export function unseenFit<T extends { seen: string }>(
  fits: readonly T[],
  text: string,
): T | undefined {
  const key = seenKey(text);
  return fits
    .filter(({ seen }) => !seen.includes(key))
    .toSorted((a, b) => b.seen.length - a.seen.length)[0];
}
