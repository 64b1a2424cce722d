import { z } from 'zod';
import type { Signal } from '../../ingest/signal.ts';
import { type Graph, graphTime, reading } from '../graph.ts';
import { hashtagsOf } from '../plain.ts';

/** What is kept of a post. */
export const media = z.object({
  id: z.string(),
  caption: z.string().default(''),
  timestamp: graphTime,
  permalink: z.string().optional(),
  username: z.string().optional(),
  like_count: z.number().optional(),
  comments_count: z.number().optional(),
  view_count: z.number().optional(),
});
/** What is kept of a comment. */
export const comment = z.object({
  id: z.string(),
  text: z.string(),
  timestamp: graphTime,
  username: z.string().optional(),
  like_count: z.number().optional(),
});
const discussed = z.object({
  permalink: z.string().optional(),
  username: z.string().optional(),
  comments: z.object({ data: z.array(z.unknown()) }).optional(),
});

const fields = 'id,caption,timestamp,permalink,username,like_count,comments_count';
const below = 'comments.limit(50){id,text,timestamp,username,like_count}';

/** The account's own posts, newest first. */
export function readOwn(graph: Graph, user: string, since: number): AsyncGenerator<Signal> {
  return reading("Instagram's own posts", posts(graph, `${user}/media`, since));
}

async function* posts(graph: Graph, path: string, since: number) {
  const call = { operation: 'read', path, query: { fields, limit: '50' } };
  for await (const each of graph.list(call)) {
    const found = media.safeParse(each).data;
    if (!found) continue;
    if (found.timestamp < since) return;
    yield signalOfMedia(found);
  }
}

/** Posts that tag the account and comments below its newest posts, newest first. */
export function readMentions(graph: Graph, user: string, since: number): AsyncGenerator<Signal> {
  return reading("Instagram's mentions", mentions(graph, user, since));
}

async function* mentions(graph: Graph, user: string, since: number) {
  const found = await Array.fromAsync(posts(graph, `${user}/tags`, since));
  const query = { fields: `id,permalink,username,${below}`, limit: '25' };
  for await (const each of graph.list({ operation: 'read', path: `${user}/media`, query }, 1)) {
    const { comments, permalink, username } = discussed.safeParse(each).data ?? {};
    for (const data of comments?.data ?? []) {
      const said = comment.safeParse(data).data;
      if (!said || said.timestamp < since || said.username === username) continue;
      found.push(signalOfComment(said, permalink));
    }
  }
  yield* found.toSorted((a, b) => b.at - a.at);
}

export function signalOfMedia(found: z.infer<typeof media>): Signal {
  const { id, caption, timestamp, permalink, username } = found;
  const counts = {
    likes: found.like_count,
    replies: found.comments_count,
    views: found.view_count,
  };
  return signal({ id, words: caption, at: timestamp, url: permalink, username, counts });
}

export function signalOfComment(
  { id, text, timestamp, username, like_count: likes }: z.infer<typeof comment>,
  url: string | undefined,
): Signal {
  return signal({ id, words: text, at: timestamp, url, username, counts: { likes } });
}

function signal(of: {
  id: string;
  words: string;
  at: number;
  url: string | undefined;
  username: string | undefined;
  counts: Record<string, number | undefined>;
}): Signal {
  const text = of.words.normalize('NFC');
  return {
    id: `instagram:${of.id}`,
    network: 'instagram',
    text,
    at: of.at,
    ...(of.username !== undefined && { author: of.username }),
    ...(of.url !== undefined && { url: of.url }),
    tags: hashtagsOf(text),
    counts: Object.fromEntries(
      Object.entries(of.counts).filter(([, count]) => count !== undefined),
    ),
  };
}
