import { z } from 'zod';
import { fail } from '../../errors.ts';
import type { Receipt } from '../../store/record.ts';
import { isVideo, partAt, printOf } from '../parts.ts';
import type { Attempt, Deadline, Handle, Media, Outgoing } from '../platform.ts';
import type { TikTok } from './call.ts';
import { checkCreator, checkPost } from './check.ts';
import { photosOf, type Settings, videoOf } from './compose.ts';
import { askCreator } from './creator.ts';
import { published, receiptOf, type Status, statusOf } from './status.ts';
import { cutOf, nextPiece, pieceAt } from './upload.ts';

const begun = z.object({ publish_id: z.string(), upload_url: z.url().optional() });

/** An address to upload to is good for an hour; what is left of it must be enough for a piece, ms. */
const fresh = 55 * 60_000;

/**
 * Publishes a video or photos. The id TikTok gives for it is kept before the last piece makes it visible: a later attempt
 * asks what became of that, and goes on from the bytes that have arrived.
 */
export async function publishPost(
  tiktok: TikTok,
  settings: Settings,
  outgoing: Outgoing,
  attempt: Attempt,
): Promise<Receipt> {
  const part = partAt(outgoing, 0);
  checkPost(outgoing, part);
  const { handles, deadline } = attempt;
  const kept = handles[0] ?? {};
  const print = printOf(part, outgoing.title);
  const going = await earlier(tiktok, kept, print, deadline);
  if (going && 'receipt' in going) return going.receipt;

  const video = part.media.find(isVideo);
  if (going && (going.arrived >= Number(kept.size) || !video))
    return published(tiktok, kept.publish ?? '', kept.creator ?? '', deadline);
  if (going && video) return finish(tiktok, kept, video, going.arrived, deadline);

  const creator = await askCreator(tiktok, deadline);
  checkCreator(creator, settings, video);
  const { creator_username: name } = creator;
  const about = { creator: name, print, begun: new Date(tiktok.now()).toISOString() };
  if (video) {
    const { publish_id: publish, upload_url: upload } = await tiktok.ask(begun, {
      operation: 'publish',
      method: 'POST',
      path: 'post/publish/video/init/',
      json: videoOf(part, settings, creator, cutOf(video)),
      deadline,
    });
    if (upload === undefined)
      throw fail('DELIVERY_BUSY', {
        platform: 'TikTok',
        status: 200,
        message: 'it opened no upload',
      });
    const handle = { ...about, publish, upload, size: String(video.bytes.length) };
    await attempt.keep(handle);
    return finish(tiktok, handle, video, 0, deadline);
  }
  // Photos are fetched at once: whether this was ever asked for must be known before it is.
  await attempt.keep({ ...about, asked: 'photos' });
  const { publish_id: publish } = await tiktok.ask(begun, {
    operation: 'publish',
    method: 'POST',
    path: 'post/publish/content/init/',
    json: photosOf(part, settings, creator, outgoing.title),
    acting: true,
    deadline,
  });
  await attempt.keep({ publish });
  return published(tiktok, publish, name, deadline);
}

/** What an earlier attempt has come to: published, or so many bytes; undefined when it is to be begun anew. */
async function earlier(
  tiktok: TikTok,
  kept: Handle,
  print: string,
  deadline: Deadline,
): Promise<{ receipt: Receipt } | { arrived: number } | undefined> {
  if (kept.publish === undefined) return undefined;
  const found = await statusOf(tiktok, kept.publish, deadline);
  if (found?.status === 'PUBLISH_COMPLETE')
    return { receipt: receiptOf(kept.publish, kept.creator ?? '', found, tiktok.now()) };
  if (found === undefined || found.status === 'FAILED') return undefined;
  const arrived = arrivedOf(found, kept);
  if (arrived >= Number(kept.size ?? 0)) return { arrived };
  // A part of a file shows nothing. What was edited since, or has been lying too long, is uploaded anew.
  const isFresh = tiktok.now() - Date.parse(kept.begun ?? '') < fresh;
  return isFresh && kept.print === print ? { arrived } : undefined;
}

/** Bytes that TikTok has; all of them once it does anything else than wait for them. */
export function arrivedOf(found: Status, { size = '0' }: Handle): number {
  return found.status === 'PROCESSING_UPLOAD' ? (found.uploaded_bytes ?? 0) : Number(size);
}

/** Sends the pieces that are missing, and waits. The last piece is what makes it visible. */
async function finish(
  tiktok: TikTok,
  { publish = '', upload = '', creator = '' }: Handle,
  file: Media,
  arrived: number,
  deadline: Deadline,
): Promise<Receipt> {
  const cut = cutOf(file);
  for (let index = nextPiece(cut, arrived); index < cut.count; index++) {
    const [from, to] = pieceAt(cut, index);
    const { status, headers } = await tiktok.put({
      url: upload,
      headers: {
        'content-type': file.type,
        'content-range': `bytes ${String(from)}-${String(to - 1)}/${String(cut.size)}`,
      },
      body: new Uint8Array(file.bytes.subarray(from, to)),
      acting: index === cut.count - 1,
      deadline,
      also: [416],
    });
    if (status !== 416) continue;
    // It has got another number of bytes than it said, and tells which.
    const last = /bytes \d+-(\d+)\//.exec(headers.get('content-range') ?? '')?.[1];
    const next = last === undefined ? index : nextPiece(cut, Number(last) + 1);
    if (next <= index)
      throw fail('DELIVERY_BUSY', { platform: 'TikTok', status, message: 'it lost its place' });
    index = next - 1;
  }
  return published(tiktok, publish, creator, deadline);
}
