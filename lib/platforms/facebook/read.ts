import { z } from 'zod';
import type { Signal } from '../../ingest/signal.ts';
import { type Graph, graphTime, reading } from '../graph.ts';
import { hashtagsOf } from '../plain.ts';

const total = z.object({ summary: z.object({ total_count: z.number() }).optional() });
const who = z.object({ id: z.string(), name: z.string().optional() });
/** What is kept of a post. */
export const post = z.object({
  id: z.string(),
  message: z.string().default(''),
  created_time: graphTime,
  permalink_url: z.string().optional(),
  from: who.optional(),
  shares: z.object({ count: z.number() }).optional(),
  reactions: total.optional(),
  comments: total.optional(),
});
/** What is kept of a comment. */
export const comment = z.object({
  id: z.string(),
  message: z.string().default(''),
  created_time: graphTime,
  permalink_url: z.string().optional(),
  from: who.optional(),
  like_count: z.number().optional(),
});
const discussed = z.object({ comments: z.object({ data: z.array(z.unknown()) }).optional() });

const fields =
  'id,message,created_time,permalink_url,from,shares,' +
  'reactions.limit(0).summary(total_count),comments.limit(0).summary(total_count)';
const below = 'comments.limit(50){id,message,created_time,permalink_url,from,like_count}';

/** Posts of a list, newest first; what is no post is left out. */
export function readPosts(graph: Graph, path: string, since: number): AsyncGenerator<Signal> {
  return reading(`Facebook's ${path}`, posts(graph, path, since));
}

async function* posts(graph: Graph, path: string, since: number) {
  const call = { operation: 'read', path, query: { fields, limit: '50' } };
  for await (const each of graph.list(call)) {
    const found = post.safeParse(each).data;
    if (!found) continue;
    if (found.created_time < since) return;
    yield signalOf(found);
  }
}

/** Posts that tag the Page and comments below its own posts, newest first. */
export function readMentions(graph: Graph, page: string, since: number): AsyncGenerator<Signal> {
  return reading("Facebook's mentions", mentions(graph, page, since));
}

async function* mentions(graph: Graph, page: string, since: number) {
  const found = await Array.fromAsync(posts(graph, `${page}/tagged`, since));
  const query = { fields: `id,${below}`, limit: '25' };
  // Later comments stand below posts of any age; those of the newest posts are read.
  const own = graph.list({ operation: 'read', path: `${page}/published_posts`, query }, 1);
  for await (const each of own)
    for (const data of discussed.safeParse(each).data?.comments?.data ?? []) {
      const said = comment.safeParse(data).data;
      if (said && said.created_time >= since && said.from?.id !== page) found.push(signalOf(said));
    }
  yield* found.toSorted((a, b) => b.at - a.at);
}

/** A post or a comment as a signal. */
export function signalOf(found: z.infer<typeof post> | z.infer<typeof comment>): Signal {
  const text = found.message.normalize('NFC');
  const author = found.from?.name ?? found.from?.id;
  const counts = 'like_count' in found ? { likes: found.like_count } : countsOf(found);
  return {
    id: `facebook:${found.id}`,
    network: 'facebook',
    text,
    at: found.created_time,
    ...(author !== undefined && { author }),
    url: found.permalink_url ?? `https://www.facebook.com/${found.id}`,
    tags: hashtagsOf(text),
    counts: Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== undefined)),
  };
}

function countsOf(found: Partial<z.infer<typeof post>>) {
  return {
    likes: found.reactions?.summary?.total_count,
    replies: found.comments?.summary?.total_count,
    reposts: found.shares?.count,
  };
}
