import { z } from 'zod';
import { findContainer, publishContainer } from '../container.ts';
import { createGraph, type Graph } from '../graph.ts';
import { checkPart, partAt, refusal, refuseAll } from '../parts.ts';
import type { Connection, Outgoing, Surroundings } from '../platform.ts';
import type { Identity } from '../reading.ts';
import { refuses } from './check.ts';
import { containersOf, parentOf } from './containers.ts';
import { codes } from './failure.ts';
import { measure, media, poll as polls } from './measure.ts';
import { metricsOf } from './metrics.ts';
import { readMentions, readPosts, readSearch } from './read.ts';

const version = 'v1.0';
const removed = z.object({ success: z.boolean() });

export function connectThreads(
  user: string,
  api: string | undefined,
  token: string | undefined,
  surroundings: Surroundings,
): Connection {
  const base = `${(api ?? 'https://graph.threads.net').replace(/\/$/, '')}/${version}`;
  const graph = createGraph({ platform: 'Threads', base, token, codes }, surroundings);

  return {
    async publish(outgoing, index, attempt) {
      check(outgoing, index);
      const handle = attempt.handles[index];
      const parent = await parentOf(graph, user, outgoing, index, attempt.sent);
      const containers = containersOf({ graph, user, outgoing, index, handle, parent });
      return publishContainer(handle, attempt, containers);
    },
    async find(outgoing, index, handles, sent) {
      const handle = handles[index];
      // Its own words and time tell it apart in the list; what it answers does too, where that is known.
      const parent = index > 0 ? sent.find(({ part }) => part === index - 1)?.id : undefined;
      const containers = containersOf({ graph, user, outgoing, index, handle, parent });
      return findContainer(handle, containers);
    },
    async remove({ id }) {
      await graph.look(removed, { operation: 'remove', method: 'DELETE', path: id });
    },
    metrics: (receipts) => metricsOf(graph, receipts),
    whoami: () => who(graph, user),
    own: (since) => readPosts(graph, `${user}/threads`, {}, since),
    mentions: (since) => readMentions(graph, user, since),
    search: (query, since) => readSearch(graph, query, since),
    timeline: (author, since) =>
      readPosts(graph, 'profile_posts', { username: author.replace(/^@/, '') }, since),
  };
}

/** Throws DELIVERY_REFUSED for what is known to be refused. */
function check(outgoing: Outgoing, index: number): void {
  const part = partAt(outgoing, index);
  const refuse = (message: string) => refusal('Threads', message);
  checkPart(part, { platform: 'Threads', measure, media });
  refuseAll('Threads', refuses(outgoing, index));
  const { poll, link } = part;
  if (!poll) return;
  if (link || part.media.length > 0) throw refuse('a poll goes with text alone');
  const { options, length } = polls;
  if (poll.multiple) throw refuse('a poll takes one answer of each person');
  if (poll.options.length < options.min || poll.options.length > options.max)
    throw refuse(`a poll has ${String(options.min)} to ${String(options.max)} options`);
  const long = poll.options.find((option) => Array.from(option).length > length);
  if (long !== undefined) throw refuse(`"${long}" is longer than ${String(length)} characters`);
  if (poll.duration !== polls.duration.max) throw refuse('polls are open for 24 hours');
}

const profile = z.object({ id: z.string(), username: z.string() });
const limit = z.object({ quota_total: z.number(), quota_duration: z.number() });
/** `quota_total` posts in any `quota_duration` seconds. */
export const quota = z.object({
  data: z.array(
    z.object({
      quota_usage: z.number().default(0),
      config: limit.optional(),
      reply_quota_usage: z.number().default(0),
      reply_config: limit.optional(),
    }),
  ),
});

async function who(graph: Graph, user: string): Promise<Identity> {
  const read = { operation: 'read', method: 'GET' } as const;
  const fields = 'id,username';
  const { id, username } = await graph.ask(profile, { ...read, path: user, query: { fields } });
  const { data } = await graph.ask(quota, {
    ...read,
    path: `${user}/threads_publishing_limit`,
    query: { fields: 'quota_usage,config,reply_quota_usage,reply_config' },
  });
  const left = (what: string, used: number, of?: z.infer<typeof limit>) =>
    of ? [{ what, remaining: of.quota_total - used, limit: of.quota_total }] : [];
  return {
    id,
    name: `@${username}`,
    url: `https://www.threads.net/@${username}`,
    left: data.flatMap((each) => [
      ...left('posts a day', each.quota_usage, each.config),
      ...left('replies a day', each.reply_quota_usage, each.reply_config),
    ]),
  };
}
