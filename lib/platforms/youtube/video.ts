import { z } from 'zod';
import type { Receipt } from '../../store/record.ts';
import { sameWords } from '../graph.ts';
import { checkPart, partAt, printOf, refusal, refuseAll } from '../parts.ts';
import { hashtagsOf } from '../plain.ts';
import type { Attempt, Found, Handle, Outgoing } from '../platform.ts';
import { sinceOf } from '../since.ts';
import type { YouTube } from './call.ts';
import { refuses } from './check.ts';
import type { Channel } from './channel.ts';
import { fittingTags, measure, media, show, titleProblem } from './measure.ts';
import { listUploads } from './uploads.ts';
import { askUpload, beginUpload, continueUpload } from './upload.ts';

/** What the profile says of an account. */
export interface Settings {
  privacy: 'public' | 'unlisted' | 'private';
  category: string;
  madeForKids: boolean;
  notify: boolean;
}

export const receiptOf = (part: number, id: string, at: number): Receipt => ({
  part,
  id,
  url: `https://www.youtube.com/watch?v=${id}`,
  at,
});

/** Refuses what YouTube would refuse of a video. Throws DELIVERY_REFUSED. */
export function checkVideo(outgoing: Outgoing, now: number): void {
  const part = partAt(outgoing, 0);
  const problem = titleProblem(outgoing.title);
  if (problem !== undefined) throw refusal('YouTube', problem);
  checkPart(part, { platform: 'YouTube', measure, media });
  if (part.media.length === 0) throw refusal('YouTube', 'there is no video');
  refuseAll('YouTube', refuses(outgoing, 0));
  if (part.poll) throw refusal('YouTube', 'a video has no poll');
  if (timeOf(outgoing, now) !== undefined && outgoing.parts.length > 1)
    throw refusal('YouTube', 'below a video that is not shown yet nobody can comment');
}

/** When YouTube is to show it; undefined for at once, which is also what becomes of a time that has passed. */
const timeOf = ({ at }: Outgoing, now: number): number | undefined =>
  at !== undefined && at > now ? at : undefined;

/** The video as the API takes it. */
function resourceOf(outgoing: Outgoing, settings: Settings, now: number) {
  const { title, language } = outgoing;
  const at = timeOf(outgoing, now);
  const description = show(partAt(outgoing, 0).text);
  const tags = fittingTags(hashtagsOf(description));
  return {
    snippet: {
      title,
      description,
      categoryId: settings.category,
      ...(tags.length > 0 && { tags }),
      ...(language !== undefined && { defaultLanguage: language }),
    },
    status: {
      privacyStatus: at === undefined ? settings.privacy : 'private',
      selfDeclaredMadeForKids: settings.madeForKids,
      ...(at !== undefined && { publishAt: new Date(at).toISOString() }),
    },
  };
}

/**
 * Uploads a video in pieces. The address of the upload is kept before the first byte leaves, and asked how far it has
 * come: a killed upload is gone on with, and a finished one is never begun again.
 */
export async function publishVideo(
  youtube: YouTube,
  settings: Settings,
  outgoing: Outgoing,
  attempt: Attempt,
): Promise<Receipt> {
  checkVideo(outgoing, youtube.now());
  const { handles, deadline } = attempt;
  const part = partAt(outgoing, 0);
  const [file] = part.media;
  if (!file) throw refusal('YouTube', 'there is no video');
  const at = timeOf(outgoing, youtube.now()) ?? youtube.now();
  const { session: kept, size, print: before } = handles[0] ?? {};
  const print = printOf(part, outgoing.title);
  let session: string | undefined;
  let from = 0;
  if (kept !== undefined) {
    const standing = await askUpload(youtube, kept, Number(size), deadline);
    if (typeof standing === 'object' && 'video' in standing)
      return receiptOf(0, standing.video, at);
    // What was edited since is uploaded anew; nothing came of the upload before.
    if (standing !== 'gone' && before === print) [session, from] = [kept, standing.bytes];
  }
  if (session === undefined) {
    const resource = resourceOf(outgoing, settings, youtube.now());
    session = await beginUpload(youtube, resource, file, settings.notify, deadline);
    await attempt.keep({ session, size: String(file.bytes.length), print });
  }
  const video = await continueUpload(youtube, session, file, from, deadline);
  return receiptOf(0, video, at);
}

const uploaded = z.object({
  snippet: z.object({
    title: z.string(),
    description: z.string().default(''),
    publishedAt: z.iso.datetime().transform((text) => Date.parse(text)),
    resourceId: z.object({ videoId: z.string() }),
  }),
});

/** Asks the upload; once that is forgotten, the list of our uploads, in which those not shown yet stand as well. */
export async function findVideo(
  youtube: YouTube,
  channel: Channel,
  outgoing: Outgoing,
  handles: readonly Handle[],
): Promise<Found> {
  const { session, size } = handles[0] ?? {};
  const at = outgoing.at;
  if (session !== undefined) {
    const standing = await askUpload(youtube, session, Number(size));
    if (standing !== 'gone')
      return 'video' in standing ? receiptOf(0, standing.video, at ?? youtube.now()) : 'absent';
  }
  const since = sinceOf(handles[0]) - 60_000;
  const words = show(partAt(outgoing, 0).text);
  const { uploads } = await channel();
  for await (const each of listUploads(youtube, uploads, 3)) {
    const found = uploaded.safeParse(each).data?.snippet;
    if (!found) continue;
    if (found.publishedAt < since) break;
    if (found.title === outgoing.title && sameWords(found.description, words))
      return receiptOf(0, found.resourceId.videoId, at ?? found.publishedAt);
  }
  return 'absent';
}
