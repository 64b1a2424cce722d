import { z } from 'zod';
import { fail } from '../../errors.ts';
import { refusal } from '../parts.ts';
import type { Answer } from '../http.ts';
import type { Deadline, Media } from '../platform.ts';
import type { YouTube } from './call.ts';

/** Bytes sent at once: a multiple of 256 KiB, as "Resumable Uploads" demands. */
const piece = 8 * 1024 * 1024;

const made = z.object({
  id: z.string(),
  status: z
    .object({
      uploadStatus: z.string().optional(),
      rejectionReason: z.string().optional(),
      failureReason: z.string().optional(),
    })
    .optional(),
});

/** How an upload stands: the video it became, how many bytes have arrived, or that nobody knows of it any more. */
export type Standing = { video: string } | { bytes: number } | 'gone';

/** Opens an upload and gives its address; nothing is there yet. */
export async function beginUpload(
  youtube: YouTube,
  resource: unknown,
  { bytes, type }: Media,
  notify: boolean,
  deadline: Deadline,
): Promise<string> {
  const query = new URLSearchParams({
    uploadType: 'resumable',
    part: 'snippet,status',
    notifySubscribers: String(notify),
  });
  const { headers, status } = await youtube.raw({
    operation: 'publish',
    method: 'POST',
    url: `${youtube.uploads}?${query.toString()}`,
    headers: {
      'x-upload-content-length': String(bytes.length),
      'x-upload-content-type': type,
    },
    json: resource,
    deadline,
  });
  const session = headers.get('location');
  if (session !== null && URL.canParse(session)) return session;
  const message = 'it opened no upload';
  throw fail('DELIVERY_BUSY', { platform: 'YouTube', status, message });
}

/** Asks how an upload stands. */
export async function askUpload(
  youtube: YouTube,
  session: string,
  size: number,
  deadline?: Deadline,
): Promise<Standing> {
  const answer = await youtube.raw({
    operation: 'media',
    method: 'PUT',
    url: session,
    headers: { 'content-range': `bytes */${String(size)}` },
    also: [308, 404, 410],
    ...(deadline && { deadline }),
  });
  return answer.status === 404 || answer.status === 410 ? 'gone' : standingOf(answer, false);
}

/** Sends what is missing from `from` on, and gives the video's id. The last piece is what makes the video. */
export async function continueUpload(
  youtube: YouTube,
  session: string,
  { bytes, type }: Media,
  from: number,
  deadline: Deadline,
): Promise<string> {
  const size = bytes.length;
  let at = from;
  // The network says each time how far it has come: not always to the end of what was sent.
  for (let turns = 0; turns <= 2 * Math.ceil(size / piece) + 2; turns++) {
    const end = Math.min(at + piece, size);
    const acting = end === size;
    const answer = await youtube.raw({
      operation: 'media',
      method: 'PUT',
      url: session,
      headers: {
        'content-type': type,
        'content-range': `bytes ${String(at)}-${String(end - 1)}/${String(size)}`,
      },
      body: new Uint8Array(bytes.subarray(at, end)),
      acting,
      deadline,
      also: [308],
    });
    const standing = standingOf(answer, acting);
    if (typeof standing === 'object' && 'video' in standing) return standing.video;
    at = typeof standing === 'object' ? standing.bytes : at;
  }
  throw fail('DELIVERY_BUSY', {
    platform: 'YouTube',
    status: 308,
    message: 'the upload does not come to its end',
  });
}

function standingOf({ status, headers, body }: Answer, acting: boolean): Standing {
  if (status === 308) {
    // Up to and with this byte; without the header nothing has arrived.
    const last = /(\d+)$/.exec(headers.get('range') ?? '')?.[1];
    return { bytes: last === undefined ? 0 : Number(last) + 1 };
  }
  const found = made.safeParse(body).data;
  if (!found) {
    const why = 'it took the video without saying its id';
    if (acting) throw fail('DELIVERY_UNKNOWN', { platform: 'YouTube', why });
    throw fail('DELIVERY_BUSY', { platform: 'YouTube', status, message: why });
  }
  const { uploadStatus, rejectionReason, failureReason } = found.status ?? {};
  if (uploadStatus === 'rejected' || uploadStatus === 'failed')
    throw refusal(
      'YouTube',
      `the video was ${uploadStatus}: ${rejectionReason ?? failureReason ?? 'it gave no reason'}`,
      'Look at the video in studio.youtube.com; use another file, then `/pulse retry`.',
    );
  return { video: found.id };
}
