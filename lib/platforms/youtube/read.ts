import { z } from 'zod';
import type { Signal } from '../../ingest/signal.ts';
import type { Receipt } from '../../store/record.ts';
import { reading } from '../graph.ts';
import { hashtagsOf, plainText } from '../plain.ts';
import type { Numbers, Topic } from '../reading.ts';
import type { YouTube } from './call.ts';
import type { About, Channel } from './channel.ts';
import { thread } from './comment.ts';
import { listUploads, pagesOf } from './uploads.ts';

/** Numbers come as text: they may be larger than a number can be. */
const count = z.coerce.number().int().nonnegative().optional().catch(undefined);

/** What is kept of a video. */
export const video = z.object({
  id: z.string(),
  snippet: z.object({
    publishedAt: z.iso.datetime().transform((text) => Date.parse(text)),
    channelId: z.string(),
    channelTitle: z.string().optional(),
    title: z.string(),
    description: z.string().default(''),
    tags: z.array(z.string()).default([]),
    defaultLanguage: z.string().optional(),
    defaultAudioLanguage: z.string().optional(),
  }),
  statistics: z.object({ viewCount: count, likeCount: count, commentCount: count }).default({}),
});
const entry = z.object({ snippet: z.object({ resourceId: z.object({ videoId: z.string() }) }) });
const hit = z.object({ id: z.object({ videoId: z.string() }) });
const page = z.object({ items: z.array(z.unknown()).default([]) });

/** Videos with these ids, in the order YouTube gives them; what is no video is left out. */
async function videosOf(
  youtube: YouTube,
  ids: readonly string[],
): Promise<z.infer<typeof video>[]> {
  if (ids.length === 0) return [];
  const { items } = await youtube.ask(page, {
    operation: 'read',
    make: (client, options) =>
      client.videos.list({ part: ['snippet', 'statistics'], id: [...ids] }, options),
  });
  return items.flatMap((item) => video.safeParse(item).data ?? []);
}

/** What a channel has uploaded, newest first. */
export function readUploads(
  youtube: YouTube,
  source: string,
  channel: () => Promise<About>,
  since: number,
): AsyncGenerator<Signal> {
  async function* uploads(): AsyncGenerator<Signal> {
    const { uploads: list } = await channel();
    let ids: string[] = [];
    for await (const each of listUploads(youtube, list, 4)) {
      const id = entry.safeParse(each).data?.snippet.resourceId.videoId;
      if (id !== undefined) ids.push(id);
      if (ids.length < 50) continue;
      const found = newest(await videosOf(youtube, ids));
      yield* found.filter(({ at }) => at >= since);
      if (found.some(({ at }) => at < since)) return;
      ids = [];
    }
    yield* newest(await videosOf(youtube, ids)).filter(({ at }) => at >= since);
  }
  return reading(source, uploads());
}

const newest = (found: readonly z.infer<typeof video>[]): Signal[] =>
  found.map(signalOf).toSorted((a, b) => b.at - a.at);

/** Videos that match, newest first; one search of the hundred a day. */
export function readSearch(youtube: YouTube, q: string, since: number): AsyncGenerator<Signal> {
  async function* search(): AsyncGenerator<Signal> {
    const publishedAfter = new Date(Math.max(since, 0)).toISOString();
    const { items } = await youtube.ask(page, {
      operation: 'search',
      make: (client, options) =>
        client.search.list(
          { part: ['snippet'], q, type: ['video'], order: 'date', publishedAfter, maxResults: 50 },
          options,
        ),
    });
    const ids = items.flatMap((item) => hit.safeParse(item).data?.id.videoId ?? []);
    yield* newest(await videosOf(youtube, ids)).filter(({ at }) => at >= since);
  }
  return reading(`YouTube's search for "${q}"`, search());
}

/** Comments of others below any video of ours, newest first. */
export function readMentions(
  youtube: YouTube,
  channel: Channel,
  since: number,
): AsyncGenerator<Signal> {
  async function* mentions(): AsyncGenerator<Signal> {
    const { id: us } = await channel();
    const ask = (pageToken: string | undefined) =>
      youtube.send({
        operation: 'read',
        make: (client, options) =>
          client.commentThreads.list(
            {
              part: ['snippet'],
              allThreadsRelatedToChannelId: us,
              order: 'time',
              maxResults: 100,
              textFormat: 'plainText',
              ...(pageToken && { pageToken }),
            },
            options,
          ),
      });
    for await (const items of pagesOf(ask, 5))
      for (const item of items) {
        const found = thread.safeParse(item).data;
        if (!found) continue;
        const signal = signalOfThread(found);
        if (signal.at < since) return;
        if (found.snippet.topLevelComment.snippet.authorChannelId?.value !== us) yield signal;
      }
  }
  return reading("YouTube's comments", mentions());
}

/** What most people watch now, in a country. */
export async function readTrends(youtube: YouTube, regionCode: string): Promise<Topic[]> {
  const { items } = await youtube.ask(page, {
    operation: 'read',
    make: (client, options) =>
      client.videos.list(
        { part: ['snippet', 'statistics'], chart: 'mostPopular', regionCode, maxResults: 50 },
        options,
      ),
  });
  const found = items.flatMap((item) => video.safeParse(item).data ?? []);
  return found.map(({ id, snippet }) => ({ name: snippet.title, url: addressOf(id) }));
}

/** How videos of ours did; comments have no numbers of their own here. */
export async function metricsOf(
  youtube: YouTube,
  receipts: readonly Receipt[],
): Promise<Numbers[]> {
  const ids = receipts.map(({ id }) => id).filter((id) => /^[\w-]{11}$/.test(id));
  const found: Numbers[] = [];
  for (let from = 0; from < ids.length; from += 50)
    for (const { id, statistics } of await videosOf(youtube, ids.slice(from, from + 50)))
      found.push({ id, counts: countsOf(statistics) });
  return found;
}

const addressOf = (id: string) => `https://www.youtube.com/watch?v=${id}`;

function countsOf({ viewCount, likeCount, commentCount }: z.infer<typeof video>['statistics']) {
  const all = { views: viewCount, likes: likeCount, replies: commentCount };
  return Object.fromEntries(Object.entries(all).filter(([, number]) => number !== undefined));
}

/** A video as a signal: title, an empty line, description. */
export function signalOf({ id, snippet, statistics }: z.infer<typeof video>): Signal {
  const text = [snippet.title, snippet.description].join('\n\n').trim().normalize('NFC');
  const language = snippet.defaultAudioLanguage ?? snippet.defaultLanguage;
  const named = snippet.tags.map((tag) => tag.toLowerCase());
  return {
    id: `youtube:${id}`,
    network: 'youtube',
    text,
    at: snippet.publishedAt,
    author: snippet.channelId,
    url: addressOf(id),
    tags: [...new Set([...named, ...hashtagsOf(text)])],
    ...(language !== undefined && { language }),
    ...(snippet.channelTitle !== undefined && { channel: snippet.channelTitle }),
    counts: countsOf(statistics),
  };
}

/** A comment as a signal. */
export function signalOfThread({ id, snippet }: z.infer<typeof thread>): Signal {
  const said = snippet.topLevelComment.snippet;
  const video = snippet.videoId ?? said.videoId;
  const text = (said.textOriginal ?? plainText(said.textDisplay)).normalize('NFC');
  const author = said.authorChannelId?.value ?? said.authorDisplayName;
  const counts = { likes: said.likeCount, replies: snippet.totalReplyCount };
  return {
    id: `youtube:${id}`,
    network: 'youtube',
    text,
    at: said.publishedAt,
    ...(author !== undefined && { author }),
    ...(video !== undefined && { url: `${addressOf(video)}&lc=${id}` }),
    tags: hashtagsOf(text),
    counts: Object.fromEntries(Object.entries(counts).filter(([, number]) => number !== undefined)),
  };
}
