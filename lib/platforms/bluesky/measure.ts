import { countGraphemes } from '../graphemes.ts';
import { parseMarkup } from '../markup.ts';
import type { Measure, MediaRules } from '../rules.ts';

/** Lexicon app.bsky.feed.post: `text` has maxGraphemes 300 and maxLength 3000, the latter in UTF-8 bytes. */
const limits = { graphemes: 300, bytes: 3000 };

/** Length as Bluesky counts it: characters as people see them, and bytes where those run out first. */
export function measure(markdown: string): Measure {
  const text = show(markdown);
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

/** The words alone: links lie over them as facets, and of bold or code there is nothing. */
export function show(markdown: string): string {
  return parseMarkup(markdown).plain;
}

/** Lexicons app.bsky.embed.images and app.bsky.embed.video; `alt` is a required field of an image. */
export const media = {
  count: 4,
  types: ['image/png', 'image/jpeg', 'image/webp', 'image/gif'],
  bytes: 2_000_000,
  altRequired: true,
  // Readers are shown 2,000 characters at most.
  altLength: 2_000,
  video: {
    count: 1,
    types: ['video/mp4'],
    // The lexicon allows 300 MB, but a server takes no larger upload (PDS_BLOB_UPLOAD_LIMIT of bsky.social).
    bytes: 50_000_000,
    length: { min: 0, max: 180 },
  },
} satisfies MediaRules;

/** Lexicon app.bsky.embed.external: bytes of the picture of a link. */
export const mostThumb = 1_000_000;
