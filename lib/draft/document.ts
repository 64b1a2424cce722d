/**
 * A post as people edit it: Markdown with front matter in `content/posts/<yyyy>/<mm>/<slug>.md`.
 *
 *     ---
 *     id: fed-cuts-rates-3f9a
 *     profile: crypto
 *     targets: [outbox, bluesky]
 *     use: a                      # the variant that goes out; the first when absent
 *     schedule: 2026-11-22T09:00:00+01:00   # as soon as approved when absent
 *     media:
 *       - file: content/media/chart.png
 *         alt: Bitcoin's price this week
 *     ---
 *
 *     ## a
 *
 *     First part.
 *
 *     ---
 *
 *     Second part of a thread.
 *
 *     ### bluesky
 *
 *     Shorter words for this target.
 *
 *     ## b
 *
 *     Another idea.
 *
 * In the body three kinds of lines mean something, when they begin at the very left: `## name` (a variant), `### name`
 * (an override) and `---` (the next part). A backslash in front makes any of them plain text (`escape.ts`). All other
 * lines are the text as it goes out: no Markdown is read into it, code fences mean nothing. Blank lines around a part
 * do not count. In the file the part of an image counts from 1 (`part: 2`), here from 0.
 */
export interface PostDocument {
  /** Identity of the post; never changes, a rename of the file keeps it. */
  id: string;
  profile: string;
  /** Names of accounts of the profile. */
  targets: readonly string[];
  /** Name of the variant that goes out. */
  use?: string;
  /** ISO 8601 with offset. */
  schedule?: string;
  language?: string;
  media: readonly MediaEntry[];
  variants: readonly Variant[];
}

export interface MediaEntry {
  /** Path from the top of the content repo, below `content/`. */
  file: string;
  alt: string;
  /** 0-based part it goes with. */
  part: number;
}

export interface Variant {
  /** `a`, `b`, ... or any lower-case word. */
  name: string;
  /** Parts of a thread, at least one. */
  parts: readonly string[];
  /** By name of target or platform; replaces `parts` there. */
  overrides: Readonly<Record<string, readonly string[]>>;
}
