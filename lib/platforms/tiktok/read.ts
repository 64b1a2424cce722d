import { z } from 'zod';
import type { Signal } from '../../ingest/signal.ts';
import type { Receipt } from '../../store/record.ts';
import { reading } from '../graph.ts';
import { hashtagsOf } from '../plain.ts';
import type { Numbers } from '../reading.ts';
import type { TikTok } from './call.ts';
import { statusOf } from './status.ts';

const count = z.number().int().nonnegative().optional();
const counted = z.object({
  id: z.string(),
  like_count: count,
  comment_count: count,
  share_count: count,
  view_count: count,
});
/** What is kept of a video. */
export const video = counted.extend({
  /** Seconds there, ms here. */
  create_time: z.number().transform((seconds) => seconds * 1000),
  share_url: z.string().optional(),
  video_description: z.string().default(''),
});
export type Video = z.output<typeof video>;

const numbers = 'id,like_count,comment_count,share_count,view_count';
const fields = `${numbers},create_time,share_url,video_description`;
const page = z.object({
  videos: z.array(z.unknown()).default([]),
  cursor: z.number().optional(),
  has_more: z.boolean().default(false),
});

/** Public videos of the account, newest first; what is none is left out. */
export async function* listVideos(tiktok: TikTok): AsyncGenerator<Video> {
  let cursor: number | undefined;
  for (let turn = 0; turn < 5; turn++) {
    const found = await tiktok.ask(page, {
      operation: 'read',
      method: 'POST',
      path: `video/list/?fields=${fields}`,
      json: { max_count: 20, ...(cursor !== undefined && { cursor }) },
    });
    for (const each of found.videos) {
      const read = video.safeParse(each).data;
      if (read) yield read;
    }
    if (!found.has_more || found.cursor === undefined) return;
    cursor = found.cursor;
  }
}

/** Own public videos since then, newest first. */
export function readOwn(tiktok: TikTok, since: number): AsyncGenerator<Signal> {
  async function* own(): AsyncGenerator<Signal> {
    for await (const each of listVideos(tiktok)) {
      if (each.create_time < since) return;
      yield signalOf(each);
    }
  }
  return reading("TikTok's own videos", own());
}

/** How posts of ours did. What had no id of its own yet when it was published is asked for it now. */
export async function metricsOf(tiktok: TikTok, receipts: readonly Receipt[]): Promise<Numbers[]> {
  const named = new Map<string, string>();
  for (const { id } of receipts) {
    const isPost = /^\d+$/.test(id);
    const public_ = isPost ? [id] : (await statusOf(tiktok, id))?.publicaly_available_post_id;
    if (public_?.[0] !== undefined) named.set(String(public_[0]), id);
  }
  const ids = [...named.keys()];
  const found: Numbers[] = [];
  for (let from = 0; from < ids.length; from += 20) {
    const { videos } = await tiktok.ask(page, {
      operation: 'read',
      method: 'POST',
      path: `video/query/?fields=${numbers}`,
      json: { filters: { video_ids: ids.slice(from, from + 20) } },
    });
    for (const each of videos) {
      const read = counted.safeParse(each).data;
      const id = named.get(read?.id ?? '');
      if (read && id !== undefined) found.push({ id, counts: countsOf(read) });
    }
  }
  return found;
}

type Counts = Partial<Record<'views' | 'likes' | 'replies' | 'shares', number>>;

function countsOf(found: z.output<typeof counted>): Counts {
  const all = {
    views: found.view_count,
    likes: found.like_count,
    replies: found.comment_count,
    shares: found.share_count,
  };
  return Object.fromEntries(Object.entries(all).filter(([, number]) => number !== undefined));
}

/** A video as a signal. */
export function signalOf(found: Video): Signal {
  const text = found.video_description.normalize('NFC');
  const { shares: reposts, ...counts } = countsOf(found);
  return {
    id: `tiktok:${found.id}`,
    network: 'tiktok',
    text,
    at: found.create_time,
    ...(found.share_url !== undefined && { url: found.share_url }),
    tags: hashtagsOf(text),
    counts: { ...counts, ...(reposts !== undefined && { reposts }) },
  };
}
