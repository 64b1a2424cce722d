import { z } from 'zod';
import { isError } from '../../errors.ts';
import type { Receipt } from '../../store/record.ts';
import { hashtagsOf } from '../plain.ts';
import { checkPart, partAt, refusal } from '../parts.ts';
import type { Connection, Outgoing, Surroundings } from '../platform.ts';
import { createYouTube, type YouTube } from './call.ts';
import { channelOf, ownChannel } from './channel.ts';
import { checkComment, findComment, placeOf, publishComment } from './comment.ts';
import { fittingTags, measure, media, show, titleProblem } from './measure.ts';
import { metricsOf, readMentions, readSearch, readTrends, readUploads } from './read.ts';
import { findVideo, publishVideo, type Settings } from './video.ts';

const isVideoId = (id: string) => /^[\w-]{11}$/.test(id);

export function connectYouTube(
  settings: Settings & { region: string },
  api: string | undefined,
  token: string | undefined,
  surroundings: Surroundings,
): Connection {
  const youtube = createYouTube(api, token, surroundings);
  const channel = ownChannel(youtube);
  return {
    publish: async (outgoing, index, attempt) =>
      placeOf(outgoing, index, attempt.sent) === undefined
        ? publishVideo(youtube, settings, outgoing, attempt)
        : publishComment(youtube, outgoing, index, attempt),
    find: async (outgoing, index, handles, sent) =>
      index === 0 && outgoing.reply === undefined
        ? findVideo(youtube, channel, outgoing, handles)
        : findComment(youtube, channel, outgoing, index, handles, sent),
    async remove({ id }) {
      await youtube.send({
        operation: 'write',
        also: [404],
        make: (client, options) =>
          isVideoId(id)
            ? client.videos.delete({ id }, options)
            : client.comments.delete({ id }, options),
      });
    },
    edit: (receipt, outgoing, index) =>
      isVideoId(receipt.id)
        ? editVideo(youtube, receipt, outgoing, index)
        : editComment(youtube, receipt, outgoing, index),
    metrics: (receipts) => metricsOf(youtube, receipts),
    async whoami() {
      const { id, title, handle } = await channel().catch((error: unknown) => {
        throw isError(error, 'DELIVERY_REFUSED') ? noChannel(error.message) : error;
      });
      return { id, name: handle ?? title, url: `https://www.youtube.com/channel/${id}` };
    },
    own: (since) => readUploads(youtube, "YouTube's own uploads", channel, since),
    mentions: (since) => readMentions(youtube, channel, since),
    search: (query, since) => readSearch(youtube, query, since),
    timeline: (author, since) =>
      readUploads(youtube, `The channel ${author}`, () => channelOf(youtube, author), since),
    trends: () => readTrends(youtube, settings.region),
  };
}

const noChannel = (message: string) =>
  refusal('YouTube', message, 'Make a channel at youtube.com, then try again.');

/** What a changed video must say again, so that it is not lost. */
const snippet = z.object({
  title: z.string(),
  categoryId: z.string().exactOptional(),
  tags: z.array(z.string()).exactOptional(),
  defaultLanguage: z.string().exactOptional(),
  defaultAudioLanguage: z.string().exactOptional(),
});
const videos = z.object({ items: z.array(z.object({ snippet })).default([]) });

async function editVideo(
  youtube: YouTube,
  receipt: Receipt,
  outgoing: Outgoing,
  index: number,
): Promise<Receipt> {
  const { id } = receipt;
  const part = { ...partAt(outgoing, index), media: [] };
  checkPart(part, { platform: 'YouTube', measure, media });
  const { items } = await youtube.ask(videos, {
    operation: 'read',
    make: (client, options) => client.videos.list({ part: ['snippet'], id: [id] }, options),
  });
  const before = items[0]?.snippet;
  if (!before) throw refusal('YouTube', 'the video is not there any more');
  const title = outgoing.title ?? before.title;
  const problem = titleProblem(title);
  if (problem !== undefined) throw refusal('YouTube', problem);
  const description = show(part.text);
  const tags = fittingTags([...new Set([...(before.tags ?? []), ...hashtagsOf(description)])]);
  await youtube.send({
    operation: 'write',
    acting: true,
    make: (client, options) =>
      client.videos.update(
        {
          part: ['snippet'],
          requestBody: { id, snippet: { ...before, title, description, tags } },
        },
        options,
      ),
  });
  return { ...receipt, part: index };
}

async function editComment(
  youtube: YouTube,
  receipt: Receipt,
  outgoing: Outgoing,
  index: number,
): Promise<Receipt> {
  checkComment(outgoing, index);
  const textOriginal = show(partAt(outgoing, index).text);
  await youtube.send({
    operation: 'write',
    acting: true,
    make: (client, options) =>
      client.comments.update(
        { part: ['snippet'], requestBody: { id: receipt.id, snippet: { textOriginal } } },
        options,
      ),
  });
  return { ...receipt, part: index };
}
