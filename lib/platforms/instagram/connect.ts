import { z } from 'zod';
import { createGraph, type Graph } from '../graph.ts';
import { checkPart, partAt, refusal, refuseAll } from '../parts.ts';
import { findContainer, publishContainer } from '../container.ts';
import type { Connection, Outgoing, Surroundings } from '../platform.ts';
import type { Identity } from '../reading.ts';
import { refuses } from './check.ts';
import { findComment, publishComment } from './comment.ts';
import { containersOf } from './containers.ts';
import { codes } from './failure.ts';
import { measure, media } from './measure.ts';
import { metricsOf } from './metrics.ts';
import { readMentions, readOwn } from './read.ts';

/** The version whose description the requests were written by. */
const version = 'v25.0';

export function connectInstagram(
  user: string,
  api: string | undefined,
  token: string | undefined,
  surroundings: Surroundings,
): Connection {
  const base = `${(api ?? 'https://graph.instagram.com').replace(/\/$/, '')}/${version}`;
  const graph = createGraph({ platform: 'Instagram', base, token, codes }, surroundings);

  return {
    async publish(outgoing, index, attempt) {
      if (index > 0) return publishComment(graph, outgoing, index, attempt);
      check(outgoing);
      const containers = containersOf(graph, user, outgoing, attempt.handles[0]);
      return publishContainer(attempt.handles[0], attempt, containers);
    },
    find: async (outgoing, index, handles, sent) =>
      index > 0
        ? findComment(graph, outgoing, index, handles, sent)
        : findContainer(handles[0], containersOf(graph, user, outgoing, handles[0])),
    metrics: (receipts) => metricsOf(graph, receipts),
    async whoami() {
      const identity = await who(graph, user);
      const posts = identity.left?.[0];
      // The account's own limit differs from the documented one.
      if (posts) {
        const { remaining, limit, resets: reset } = posts;
        const said = { remaining, ...(limit && { limit }), ...(reset && { reset }) };
        surroundings.meter?.learn('publish', { status: 200, ...said });
      }
      return identity;
    },
    own: (since) => readOwn(graph, user, since),
    mentions: (since) => readMentions(graph, user, since),
  };
}

/** Throws DELIVERY_REFUSED for what is known to be refused. */
function check(outgoing: Outgoing): void {
  const part = partAt(outgoing, 0);
  checkPart(part, { platform: 'Instagram', measure, media });
  const refuse = (message: string) => refusal('Instagram', message);
  if (part.media.length === 0) throw refuse('a post needs an image or a video');
  if (part.poll) throw refuse('posts have no polls');
  refuseAll('Instagram', refuses(outgoing, 0));
}

const profile = z.object({ id: z.string(), username: z.string() });
/** `quota_total` posts in any `quota_duration` seconds. */
export const quota = z.object({
  data: z.array(
    z.object({
      quota_usage: z.number(),
      config: z.object({ quota_total: z.number(), quota_duration: z.number() }).optional(),
    }),
  ),
});

async function who(graph: Graph, user: string): Promise<Identity> {
  const read = { operation: 'read', method: 'GET' } as const;
  const fields = 'id,username';
  const { id, username } = await graph.ask(profile, { ...read, path: user, query: { fields } });
  const limit = await graph.ask(quota, {
    ...read,
    path: `${user}/content_publishing_limit`,
    query: { fields: 'quota_usage,config' },
  });
  const left = limit.data.flatMap(({ quota_usage: used, config }) => {
    if (!config) return [];
    const remaining = Math.max(0, config.quota_total - used);
    // The window slides: the first place may come free at any time.
    const wait = remaining > 0 ? config.quota_duration * 1000 : 3_600_000;
    const resets = graph.now() + wait;
    return [{ what: 'posts a day', remaining, limit: config.quota_total, resets }];
  });
  return { id, name: `@${username}`, url: `https://www.instagram.com/${username}/`, left };
}
