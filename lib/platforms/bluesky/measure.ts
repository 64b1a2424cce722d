import { countGraphemes } from '../graphemes.ts';
import type { Measure } from '../platform.ts';

/** Lexicon app.bsky.feed.post: `text` has maxGraphemes 300 and maxLength 3000, the latter in UTF-8 bytes. */
const limits = { graphemes: 300, bytes: 3000 };

/** Length as Bluesky counts it: characters as people see them, and bytes where those run out first. */
export function measure(text: string): Measure {
  const length = countGraphemes(text);
  const bytes = Buffer.byteLength(text);
  if (length <= limits.graphemes && bytes > limits.bytes)
    return { length: bytes, limit: limits.bytes, unit: 'bytes', fits: false };
  return {
    length,
    limit: limits.graphemes,
    unit: 'characters',
    fits: length <= limits.graphemes && bytes <= limits.bytes,
  };
}

/** Lexicon app.bsky.embed.images: four images, 2,000,000 bytes each; `alt` is a required field. */
export const media = {
  count: 4,
  types: ['image/png', 'image/jpeg', 'image/webp', 'image/gif'],
  bytes: 2_000_000,
  altRequired: true,
};
