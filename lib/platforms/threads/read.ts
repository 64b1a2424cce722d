import { z } from 'zod';
import type { Signal } from '../../ingest/signal.ts';
import { type Graph, graphTime, reading } from '../graph.ts';
import { hashtagsOf } from '../plain.ts';

/** What is kept of a post or a reply. */
export const post = z.object({
  id: z.string(),
  text: z.string().default(''),
  timestamp: graphTime,
  permalink: z.string().optional(),
  username: z.string().optional(),
  topic_tag: z.string().optional(),
  media_type: z.string().optional(),
});
const answered = z.object({
  id: z.string(),
  username: z.string().optional(),
  has_replies: z.boolean().optional(),
});

const fields = 'id,text,timestamp,permalink,username,topic_tag,media_type';
/** Own posts whose replies are read in one go. */
const mostAnswered = 10;

/** Posts of a list, newest first; what is no post, and what is only a repost, is left out. */
export function readPosts(
  graph: Graph,
  path: string,
  query: Readonly<Record<string, string>>,
  since: number,
): AsyncGenerator<Signal> {
  return reading(`Threads' ${path}`, posts(graph, path, query, since));
}

async function* posts(
  graph: Graph,
  path: string,
  given: Readonly<Record<string, string>>,
  since: number,
  operation = 'read',
) {
  const query = { fields, ...given };
  for await (const each of graph.list({ operation, path, query })) {
    const found = post.safeParse(each).data;
    if (!found || found.media_type === 'REPOST_FACADE') continue;
    if (found.timestamp < since) return;
    yield signalOf(found);
  }
}

/** Posts that hold the words, newest first. */
export function readSearch(graph: Graph, q: string, since: number): AsyncGenerator<Signal> {
  // The first second the search knows of.
  const from = Math.max(Math.floor(since / 1000), 1_688_540_400);
  const query = { q, search_type: 'RECENT', limit: '50', since: String(from) };
  const found = posts(graph, 'keyword_search', query, since, 'search');
  return reading(`Threads' search for "${q}"`, found);
}

/** Posts that mention us and replies below our newest posts, newest first. */
export function readMentions(graph: Graph, user: string, since: number): AsyncGenerator<Signal> {
  return reading("Threads' mentions", mentions(graph, user, since));
}

async function* mentions(graph: Graph, user: string, since: number) {
  const found = await Array.fromAsync(posts(graph, `${user}/mentions`, { limit: '50' }, since));
  const query = { fields: 'id,username,has_replies', limit: '50' };
  let read = 0;
  for await (const each of graph.list({ operation: 'read', path: `${user}/threads`, query }, 1)) {
    const own = answered.safeParse(each).data;
    if (!own?.has_replies || (read += 1) > mostAnswered) continue;
    for await (const reply of posts(graph, `${own.id}/conversation`, { reverse: 'true' }, since))
      if (reply.author !== own.username) found.push(reply);
  }
  const unique = new Map(found.map((each) => [each.id, each]));
  yield* [...unique.values()].toSorted((a, b) => b.at - a.at);
}

export function signalOf(found: z.infer<typeof post>): Signal {
  const text = found.text.normalize('NFC');
  const topic = found.topic_tag?.toLowerCase();
  return {
    id: `threads:${found.id}`,
    network: 'threads',
    text,
    at: found.timestamp,
    ...(found.username !== undefined && { author: found.username }),
    ...(found.permalink !== undefined && { url: found.permalink }),
    tags: [...new Set([...(topic === undefined ? [] : [topic]), ...hashtagsOf(text)])],
  };
}
