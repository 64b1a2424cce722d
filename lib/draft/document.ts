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
 *         focus: 0.3 0.6          # what stays when it is cropped, from the left and from the top; its middle when absent
 *     title: For networks whose posts have one
 *     reply: https://bsky.app/profile/…     # the post that is answered; `account: address` lines where there are several
 *     poll: {options: [Up, Down], open: 24h}
 *     link: {url: https://…, title: What its card says}
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
 * lines are the text, and of Markdown its inline part is read in it (`../platforms/markup.ts`): emphasis, code, links and
 * backslashes; headings, lists and code fences mean nothing. Blank lines around a part do not count. In the file the
 * part of an image, a poll and a link counts from 1 (`part: 2`), here from 0.
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
  /** Parts a text too long for a network into a thread there; `numbered` with ` (1/7)` behind each part. */
  split?: true | 'numbered';
  /** For networks whose posts have one. */
  title?: string;
  /** Address or id of the post that is answered; by name of target or platform where there are several. */
  reply?: string | Readonly<Record<string, string>>;
  media: readonly MediaEntry[];
  poll?: PollEntry;
  link?: LinkEntry;
  variants: readonly Variant[];
}

export interface MediaEntry {
  /** Path from the top of the content repo, below `content/`. */
  file: string;
  alt: string;
  /** What stays where a network wants another shape; the middle when absent. */
  focus?: Focus;
  /** 0-based part it goes with. */
  part: number;
}

/** A point in an image: 0 to 1 from the left and from the top. */
export interface Focus {
  x: number;
  y: number;
}

/** Its question is the text of its part. */
export interface PollEntry {
  options: readonly string[];
  /** How long it is open, ms. */
  duration: number;
  multiple?: true;
  part: number;
}

/** What a card shows of the page behind a link. */
export interface LinkEntry {
  url: string;
  title?: string;
  description?: string;
  /** Path of an image in the content repo. */
  image?: string;
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
