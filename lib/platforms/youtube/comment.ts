import { z } from 'zod';
import type { Receipt } from '../../store/record.ts';
import { sameWords } from '../graph.ts';
import { checkPart, partAt, refusal, refuseAll } from '../parts.ts';
import type { Attempt, Found, Handle, Outgoing } from '../platform.ts';
import { sinceOf } from '../since.ts';
import type { YouTube } from './call.ts';
import { type Place, placeIn, refuses } from './check.ts';
import type { Channel } from './channel.ts';
import { measureComment, media, show } from './measure.ts';
import { pagesOf } from './uploads.ts';

const made = z.object({ id: z.string() });
const time = z.iso.datetime().transform((text) => Date.parse(text));

/** What is kept of a comment. */
export const comment = z.object({
  id: z.string(),
  snippet: z.object({
    textOriginal: z.string().optional(),
    textDisplay: z.string().default(''),
    authorDisplayName: z.string().optional(),
    authorChannelId: z.object({ value: z.string() }).optional(),
    likeCount: z.number().optional(),
    publishedAt: time,
    videoId: z.string().optional(),
  }),
});
export const thread = z.object({
  id: z.string(),
  snippet: z.object({
    videoId: z.string().optional(),
    topLevelComment: comment,
    totalReplyCount: z.number().optional(),
  }),
});

/**
 * Where a part is a comment: below our video, or below what the whole answers. Undefined for a video of its own. Throws
 * DELIVERY_REFUSED for an address that names neither.
 */
export function placeOf(
  { reply }: Outgoing,
  index: number,
  sent: readonly Receipt[],
): Place | undefined {
  if (reply !== undefined) {
    const place = placeIn(reply);
    if (place) return place;
    throw refusal('YouTube', `"${reply}" names no video and no comment`);
  }
  if (index === 0) return undefined;
  const video = sent.find(({ part }) => part === 0)?.id;
  return video === undefined ? {} : { video };
}

const receiptOf = (part: number, id: string, { video }: Place, at: number): Receipt => ({
  part,
  id,
  ...(video !== undefined && { url: `https://www.youtube.com/watch?v=${video}&lc=${id}` }),
  at,
});

/** Refuses what YouTube would refuse of a comment. Throws DELIVERY_REFUSED. */
export function checkComment(outgoing: Outgoing, index: number): void {
  const part = partAt(outgoing, index);
  checkPart({ ...part, media: [] }, { platform: 'YouTube', measure: measureComment, media });
  refuseAll('YouTube', refuses(outgoing, index));
  if (part.poll) throw refusal('YouTube', 'a comment has no poll');
}

/** Nothing keeps a comment from being made twice: an answer that never came is unknown until `findComment` has looked. */
export async function publishComment(
  youtube: YouTube,
  outgoing: Outgoing,
  index: number,
  { sent, deadline }: Attempt,
): Promise<Receipt> {
  checkComment(outgoing, index);
  const place = placeOf(outgoing, index, sent) ?? {};
  const textOriginal = show(partAt(outgoing, index).text);
  const { comment: parentId, video = '' } = place;
  const topLevelComment = { snippet: { textOriginal } };
  const { id } = await youtube.ask(made, {
    operation: 'write',
    acting: true,
    deadline,
    make: (client, options) =>
      parentId === undefined
        ? client.commentThreads.insert(
            {
              part: ['snippet'],
              requestBody: { snippet: { videoId: video, topLevelComment } },
            },
            options,
          )
        : client.comments.insert(
            { part: ['snippet'], requestBody: { snippet: { parentId, textOriginal } } },
            options,
          ),
  });
  return receiptOf(index, id, place, youtube.now());
}

/** Looks below the video, or the comment, for one of ours with the same words since the claim. */
export async function findComment(
  youtube: YouTube,
  channel: Channel,
  outgoing: Outgoing,
  index: number,
  handles: readonly Handle[],
  sent: readonly Receipt[],
): Promise<Found> {
  const place = placeOf(outgoing, index, sent) ?? {};
  // Nothing can have been said below a video that is not there.
  if (place.video === undefined && place.comment === undefined) return 'absent';
  const { id: us } = await channel();
  const since = sinceOf(handles[index]) - 60_000;
  const words = show(partAt(outgoing, index).text);
  let read = 0;
  for await (const each of commentsAt(youtube, place)) {
    read += 1;
    const found = each.snippet;
    if (found.publishedAt < since && place.comment === undefined) return 'absent';
    if (found.authorChannelId?.value !== us || sent.some(({ id }) => id === each.id)) continue;
    if (found.publishedAt < since) continue;
    if (sameWords(words, found.textOriginal ?? found.textDisplay))
      return receiptOf(index, each.id, place, found.publishedAt);
  }
  return read < 300 ? 'absent' : 'unknown';
}

/** Newest first below a video; below a comment in the order YouTube has them. */
async function* commentsAt(youtube: YouTube, { video, comment: parent }: Place) {
  const textFormat = 'plainText';
  const ask = (pageToken: string | undefined) =>
    youtube.send({
      operation: 'read',
      make: (client, options) => {
        const more = { maxResults: 100, textFormat, ...(pageToken && { pageToken }) };
        return parent === undefined
          ? client.commentThreads.list(
              { part: ['snippet'], videoId: video ?? '', order: 'time', ...more },
              options,
            )
          : client.comments.list({ part: ['snippet'], parentId: parent, ...more }, options);
      },
    });
  for await (const items of pagesOf(ask, 3))
    for (const item of items) {
      const found = parent === undefined ? thread.safeParse(item).data : undefined;
      const each = found?.snippet.topLevelComment ?? comment.safeParse(item).data;
      if (each) yield each;
    }
}
