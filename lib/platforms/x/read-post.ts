import { z } from 'zod';
import type { Signal } from '../../ingest/signal.ts';
import { decodeEntities, hashtagsOf } from '../plain.ts';

const count = z.number().nonnegative().optional();
const link = z.object({
  url: z.string(),
  expanded_url: z.string().optional(),
  unwound_url: z.string().optional(),
  media_key: z.string().optional(),
});
const entities = z
  .object({
    urls: z.array(link).optional(),
    hashtags: z.array(z.object({ tag: z.string() })).optional(),
  })
  .optional();

/** What is kept of a post of API v2. */
export const tweet = z.object({
  id: z.string().regex(/^\d{1,19}$/),
  text: z.string(),
  author_id: z.string().optional(),
  created_at: z.string().optional(),
  lang: z.string().optional(),
  entities,
  note_tweet: z.object({ text: z.string(), entities }).optional(),
  attachments: z.object({ media_keys: z.array(z.string()).optional() }).optional(),
  referenced_tweets: z.array(z.object({ type: z.string(), id: z.string() })).optional(),
  public_metrics: z
    .object({
      like_count: count,
      retweet_count: count,
      reply_count: count,
      quote_count: count,
      bookmark_count: count,
      impression_count: count,
    })
    .optional(),
  non_public_metrics: z.object({ impression_count: count, url_link_clicks: count }).optional(),
});
export type Tweet = z.infer<typeof tweet>;

export const user = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string().optional(),
  public_metrics: z.object({ followers_count: count }).optional(),
});
export type User = z.infer<typeof user>;

/** When X counts its ids from, ms UTC. */
const epoch = 1_288_834_974_657n;

/** When a post was made: what it says, else what its id says (22 bits below are no time). */
export function timeOf({ id, created_at }: Pick<Tweet, 'id' | 'created_at'>): number {
  const said = Date.parse(created_at ?? '');
  return Number.isNaN(said) ? Number((BigInt(id) >> 22n) + epoch) : said;
}

/** The words of a post as people read them: its short links as what they lead to, those of its media left out. */
export function textOf({ text, note_tweet, entities }: Tweet): string {
  const whole = note_tweet?.text ?? text;
  const links = [...(entities?.urls ?? []), ...(note_tweet?.entities?.urls ?? [])];
  const byUrl = new Map(links.map((each) => [each.url, each]));
  const replaced = whole.replace(/https?:\/\/t\.co\/\w+/g, (url) => {
    const found = byUrl.get(url);
    if (found?.media_key !== undefined) return '';
    return found?.expanded_url ?? url;
  });
  return decodeEntities(replaced).trim().normalize('NFC');
}

/** A post as a signal; `users` are those the answer came with. */
export function signalOfTweet(found: Tweet, users: ReadonlyMap<string, User>): Signal {
  const author = users.get(found.author_id ?? '');
  const text = textOf(found);
  const metrics = found.public_metrics;
  const tags = [
    ...(found.entities?.hashtags ?? []),
    ...(found.note_tweet?.entities?.hashtags ?? []),
  ];
  const counts: Signal['counts'] = {
    ...(metrics?.like_count !== undefined && { likes: metrics.like_count }),
    ...(metrics?.retweet_count !== undefined && { reposts: metrics.retweet_count }),
    ...(metrics?.reply_count !== undefined && { replies: metrics.reply_count }),
    ...(metrics?.quote_count !== undefined && { quotes: metrics.quote_count }),
    ...(metrics?.impression_count !== undefined && { views: metrics.impression_count }),
    ...(metrics?.bookmark_count !== undefined && { bookmarks: metrics.bookmark_count }),
    ...(author?.public_metrics?.followers_count !== undefined && {
      followers: author.public_metrics.followers_count,
    }),
  };
  const name = author?.username ?? found.author_id;
  return {
    id: `x:${found.id}`,
    network: 'x',
    text,
    at: timeOf(found),
    url: `https://x.com/${author?.username ?? 'i'}/status/${found.id}`,
    tags: [...new Set([...tags.map(({ tag }) => tag.toLowerCase()), ...hashtagsOf(text)])],
    ...(name !== undefined && { author: name }),
    ...languageOf(found.lang),
    ...(Object.keys(counts).length > 0 && { counts }),
  };
}

/** X says `und`, `zxx` and codes from `qaa` on where it knows no language; `in` and `iw` are older codes. */
function languageOf(lang: string | undefined): { language?: string } {
  if (lang === undefined || /^(und|zxx|art|q[a-t][a-z])$/.test(lang)) return {};
  return { language: ({ in: 'id', iw: 'he' } as Record<string, string>)[lang] ?? lang };
}
