import { z } from 'zod';
import { createGraph } from '../graph.ts';
import { checkPart, partAt } from '../parts.ts';
import type { Connection, Surroundings } from '../platform.ts';
import { findComment, publishComment, parentOf } from './comment.ts';
import { codes } from './failure.ts';
import { measure, media, show } from './measure.ts';
import { metricsOf } from './metrics.ts';
import { type Page, success } from './page.ts';
import { findPost, publishPost } from './post.ts';
import { readMentions, readPosts } from './read.ts';

/** The version whose description the requests were written by. */
const version = 'v25.0';

export function connectFacebook(
  id: string,
  api: string | undefined,
  token: string,
  surroundings: Surroundings,
): Connection {
  const base = `${(api ?? 'https://graph.facebook.com').replace(/\/$/, '')}/${version}`;
  const videos = api === undefined ? `https://graph-video.facebook.com/${version}` : base;
  const graph = createGraph({ platform: 'Facebook', base, token, codes }, surroundings);
  const page: Page = { graph, id, videos };

  return {
    publish: async (outgoing, index, attempt) =>
      parentOf(outgoing, index, attempt.sent) === undefined
        ? publishPost(page, outgoing, attempt)
        : publishComment(page, outgoing, index, attempt),
    find: async (outgoing, index, handles, sent) =>
      index === 0 && outgoing.reply === undefined
        ? findPost(page, outgoing, handles)
        : findComment(page, outgoing, index, handles, sent),

    async remove({ id: post }) {
      const call = { operation: 'remove', method: 'DELETE', path: post } as const;
      await graph.look(success, call);
    },
    async edit(receipt, outgoing, index) {
      const part = partAt(outgoing, index);
      checkPart({ ...part, media: [] }, { platform: 'Facebook', measure, media });
      const words = show(part.text);
      // Videos call their words a description; their ids have no page in front.
      const json = receipt.id.includes('_') ? { message: words } : { description: words };
      await graph.ask(success, {
        operation: 'publish',
        method: 'POST',
        path: receipt.id,
        json,
        acting: true,
      });
      return { ...receipt, part: index };
    },
    metrics: (receipts) => metricsOf(graph, receipts),
    async whoami() {
      const found = await graph.ask(
        z.object({ id: z.string(), name: z.string(), link: z.string().optional() }),
        { operation: 'read', method: 'GET', path: id, query: { fields: 'id,name,link' } },
      );
      const { link } = found;
      return { id: found.id, name: found.name, ...(link !== undefined && { url: link }) };
    },
    own: (since) => readPosts(graph, `${id}/published_posts`, since),
    mentions: (since) => readMentions(graph, id, since),
    timeline: (author, since) => readPosts(graph, `${encodeURIComponent(author)}/posts`, since),
  };
}
