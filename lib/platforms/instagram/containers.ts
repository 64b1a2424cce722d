import { z } from 'zod';
import type { Receipt } from '../../store/record.ts';
import { type Containers, containerStatus, ready } from '../container.ts';
import { type Graph, graphTime, sameWords } from '../graph.ts';
import { isVideo, partAt, printOf } from '../parts.ts';
import type { Deadline, Handle, Media, Outgoing } from '../platform.ts';
import { sinceOf } from '../since.ts';
import { show } from './measure.ts';

const made = z.object({ id: z.string() });
/** The answer to media_publish has come without the id. */
const published = z.object({ id: z.string().optional() });
const standing = z.object({ status_code: containerStatus, status: z.string().optional() });
const listed = z.object({
  id: z.string(),
  caption: z.string().default(''),
  permalink: z.string().optional(),
  timestamp: graphTime,
});

/** What can be done with the container of a post. */
export function containersOf(
  graph: Graph,
  user: string,
  outgoing: Outgoing,
  handle: Handle | undefined,
): Containers {
  const caption = show(partAt(outgoing, 0).text);
  const create = async (json: object, deadline: Deadline): Promise<string> => {
    const call = { operation: 'media', method: 'POST', path: `${user}/media` } as const;
    return (await graph.ask(made, { ...call, json, deadline })).id;
  };
  const containers: Containers = {
    platform: 'Instagram',
    print: printOf(partAt(outgoing, 0)),
    async create(deadline) {
      const { media } = partAt(outgoing, 0);
      const words = caption === '' ? {} : { caption };
      const [file] = media;
      if (file && media.length === 1)
        return create({ ...fileOf(file, 'REELS'), ...words }, deadline);
      const children: string[] = [];
      for (const each of media) {
        const child = await create({ ...fileOf(each, 'VIDEO'), is_carousel_item: true }, deadline);
        children.push(child);
      }
      for (const child of children) await ready(child, undefined, deadline, containers);
      return create({ media_type: 'CAROUSEL', children, ...words }, deadline);
    },
    async status(container) {
      const query = { fields: 'id,status_code,status' };
      const call = { operation: 'read', method: 'GET', path: container, query } as const;
      const found = await graph.look(standing, call);
      return found ? { status: found.status_code, why: found.status } : { status: 'EXPIRED' };
    },
    async publish(container, deadline) {
      const call = { operation: 'publish', method: 'POST', path: `${user}/media_publish` } as const;
      const json = { creation_id: container };
      return (await graph.ask(published, { ...call, json, acting: true, deadline })).id;
    },
    async receipt(id) {
      const query = { fields: 'id,permalink,timestamp' };
      const call = { operation: 'read', method: 'GET', path: id, query } as const;
      // It is out, whatever comes of asking for its address.
      const found = await graph.look(listed, call).catch(() => undefined);
      return receiptOf(id, found?.permalink, graph.now());
    },
    async listed() {
      const query = { fields: 'id,caption,permalink,timestamp', limit: '50' };
      const since = sinceOf(handle) - 60_000;
      for await (const each of graph.list({ operation: 'read', path: `${user}/media`, query })) {
        const found = listed.safeParse(each).data;
        if (!found) continue;
        if (found.timestamp < since) return undefined;
        if (sameWords(caption, found.caption))
          return receiptOf(found.id, found.permalink, found.timestamp);
      }
      return undefined;
    },
  };
  return containers;
}

function receiptOf(id: string, url: string | undefined, at: number): Receipt {
  return { part: 0, id, ...(url !== undefined && { url }), at };
}

/** A video of its own is a reel; alt texts are for images. */
function fileOf(file: Media, video: 'REELS' | 'VIDEO'): object {
  const { url, alt } = file;
  if (isVideo(file)) return { media_type: video, video_url: url };
  return { image_url: url, ...(alt !== '' && { alt_text: alt }) };
}
