import { z } from 'zod';
import type { Signal } from '../../ingest/signal.ts';
import { parseMarkup } from '../markup.ts';
import { hashtagsOf } from '../plain.ts';

const count = z.number().nullish();
const shared = {
  /** Full name: `t3_` a post, `t1_` a comment. */
  name: z.string().regex(/^t[13]_\w+$/),
  author: z.string().nullish(),
  subreddit: z.string().nullish(),
  created_utc: z.number(),
  score: count,
  ups: count,
  permalink: z.string().nullish(),
};

export const post = z.object({
  ...shared,
  title: z.string(),
  selftext: z.string().nullish(),
  url: z.string().nullish(),
  is_self: z.boolean().nullish(),
  num_comments: count,
  view_count: count,
  upvote_ratio: count,
});
export type Post = z.infer<typeof post>;

export const comment = z.object({
  ...shared,
  body: z.string(),
  link_id: z.string().nullish(),
  parent_id: z.string().nullish(),
});
export type Comment = z.infer<typeof comment>;

const listing = z.object({
  data: z.object({
    children: z.array(z.object({ kind: z.string(), data: z.unknown() })),
    after: z.string().nullish(),
  }),
});

/** What is usable of a listing: posts and comments. Throws ZodError when it is none. */
export function parseListing(value: unknown): {
  things: readonly (Post | Comment)[];
  next?: string;
} {
  const { children, after } = listing.parse(value).data;
  const things = children.flatMap(({ kind, data }) => {
    if (kind === 't3') return post.safeParse(data).data ?? [];
    if (kind === 't1') return comment.safeParse(data).data ?? [];
    return [];
  });
  return { things, ...(typeof after === 'string' && { next: after }) };
}

/** Where a post or comment can be read; the same for each whatever way it was learned of. */
export function addressOf(name: string, link?: string | null): string {
  const bare = (full: string) => full.replace(/^t\d_/, '');
  if (name.startsWith('t3_')) return `https://www.reddit.com/comments/${bare(name)}/`;
  if (typeof link !== 'string') return `https://www.reddit.com/api/info?id=${name}`;
  return `https://www.reddit.com/comments/${bare(link)}/_/${bare(name)}/`;
}

/** Left in place of a text by its author, by a moderator, or by Reddit. */
const gone = /^\s*\[(?:deleted|removed)(?: by [^\]]*)?\]\s*$/i;

export const timeOf = ({ created_utc }: Post | Comment): number => created_utc * 1000;

/** A link of Reddit's Markdown: its words, where it leads, what it shows when pointed at. */
const linked =
  /\[([^\][]*)\]\(\s*<?([^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)>?(?:\s+"([^"]*)")?\s*\)/g;

/**
 * Reddit's Markdown without what other networks' has no word for: links within Reddit are their words, and so is what
 * they show when pointed at, because that is how spoilers and notes are written.
 */
function inMarkup(markdown: string): string {
  if (!markdown.includes('](')) return markdown;
  return markdown.replace(linked, (_, words: string, target: string, title = '') =>
    /^(?:https?:|mailto:)/i.test(target) ? `[${words}](${target})` : `${words} ${title}`.trimEnd(),
  );
}

/** A post or comment as a signal. */
export function signalOfThing(thing: Post | Comment): Signal {
  const isPost = 'title' in thing;
  const written = isPost ? (thing.selftext ?? '') : thing.body;
  // What stands in place of words that were taken away is nobody's.
  const { plain: words, spans } = parseMarkup(gone.test(written) ? '' : inMarkup(written));
  const text = (isPost ? `${thing.title}\n\n${words}` : words).trim().normalize('NFC');
  const named = [
    isPost && thing.is_self !== true ? thing.url : undefined,
    ...spans.map(({ url }) => url),
  ];
  const links = named.filter(
    (url) => typeof url === 'string' && /^https?:/.test(url) && !text.includes(url),
  ) as string[];
  const likes = thing.ups ?? thing.score;
  const { author, permalink, name } = thing;
  const replies = isPost ? thing.num_comments : undefined;
  const views = isPost ? thing.view_count : undefined;
  const counts: NonNullable<Signal['counts']> = {
    ...(typeof likes === 'number' && { likes: Math.max(0, likes) }),
    ...(typeof replies === 'number' && { replies }),
    ...(typeof views === 'number' && { views }),
  };
  return {
    id: `reddit:${name}`,
    network: 'reddit',
    text,
    at: timeOf(thing),
    url:
      typeof permalink === 'string'
        ? new URL(permalink, 'https://www.reddit.com').href
        : addressOf(name, isPost ? undefined : thing.link_id),
    tags: hashtagsOf(text),
    ...(links.length > 0 && { links: [...new Set(links)] }),
    ...(thing.subreddit && { channel: `r/${thing.subreddit}` }),
    ...(typeof author === 'string' && author !== '[deleted]' && { author }),
    ...(Object.keys(counts).length > 0 && { counts }),
  };
}
