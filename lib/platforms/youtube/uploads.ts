import { z } from 'zod';
import type { Answer } from '../http.ts';
import type { YouTube } from './call.ts';

const page = z.object({
  items: z.array(z.unknown()).default([]),
  nextPageToken: z.string().optional(),
});

/** What a list holds, page by page, as it came; `ask` is given the token of the next page. */
export async function* pagesOf(
  ask: (pageToken: string | undefined) => Promise<Answer>,
  most: number,
): AsyncGenerator<readonly unknown[]> {
  let token: string | undefined;
  for (let turn = 0; turn < most; turn++) {
    const { items, nextPageToken } = page.parse((await ask(token)).body);
    yield items;
    if (nextPageToken === undefined || items.length === 0) return;
    token = nextPageToken;
  }
}

/** Entries of a channel's list of uploads, newest first, as they came; `pages` of 50. */
export async function* listUploads(
  youtube: YouTube,
  playlistId: string,
  pages: number,
): AsyncGenerator {
  const ask = (pageToken: string | undefined) =>
    youtube.send({
      operation: 'read',
      // A channel without a single video has no such list.
      also: [404],
      make: (client, options) =>
        client.playlistItems.list(
          { part: ['snippet'], playlistId, maxResults: 50, ...(pageToken && { pageToken }) },
          options,
        ),
    });
  for await (const items of pagesOf(ask, pages)) yield* items;
}
