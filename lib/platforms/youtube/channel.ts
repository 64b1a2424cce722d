import { z } from 'zod';
import { fail } from '../../errors.ts';
import type { YouTube } from './call.ts';

const channels = z.object({
  items: z
    .array(
      z.object({
        id: z.string(),
        snippet: z.object({ title: z.string(), customUrl: z.string().optional() }).optional(),
        contentDetails: z
          .object({ relatedPlaylists: z.object({ uploads: z.string().optional() }) })
          .optional(),
      }),
    )
    .default([]),
});

/** A channel and the list of its uploads. */
export interface About {
  id: string;
  title: string;
  /** `@handle`, where it has one. */
  handle?: string;
  uploads: string;
}

/** Our own channel; asked for once a connection. */
export type Channel = () => Promise<About>;

export function ownChannel(youtube: YouTube): Channel {
  let known: Promise<About> | undefined;
  return () => {
    known ??= askChannel(youtube, { mine: true }).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}

/** The channel of an author: `UC...`, `@handle`, or an address with one of them. */
export function channelOf(youtube: YouTube, author: string): Promise<About> {
  const id = /(?:^|\/channel\/)(UC[\w-]{22})\/?$/.exec(author)?.[1];
  const handle = author.replace(/^.*youtube\.com\//i, '').replace(/^@?/, '@');
  return askChannel(youtube, id === undefined ? { forHandle: handle } : { id: [id] });
}

async function askChannel(
  youtube: YouTube,
  which: { mine?: boolean; id?: string[]; forHandle?: string },
): Promise<About> {
  const { items } = await youtube.ask(channels, {
    operation: 'read',
    make: (client, options) =>
      client.channels.list({ part: ['snippet', 'contentDetails'], ...which }, options),
  });
  const [found] = items;
  const uploads = found?.contentDetails?.relatedPlaylists.uploads;
  if (!found || uploads === undefined)
    throw fail('DELIVERY_REFUSED', {
      platform: 'YouTube',
      status: 404,
      message: which.mine ? 'this account has no channel' : 'there is no such channel',
    });
  const { title = found.id, customUrl } = found.snippet ?? {};
  return { id: found.id, title, uploads, ...(customUrl !== undefined && { handle: customUrl }) };
}
