import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { fail } from '../../errors.ts';
import { isVideo, refusal } from '../parts.ts';
import type { Deadline, Media } from '../platform.ts';
import { encode, type Rest } from './rest.ts';

const image = z.object({ value: z.object({ uploadUrl: z.url(), image: z.string() }) });
const video = z.object({
  value: z.object({
    video: z.string(),
    uploadToken: z.string().default(''),
    uploadInstructions: z.array(
      z.object({
        uploadUrl: z.url(),
        firstByte: z.number().int().nonnegative(),
        lastByte: z.number().int().nonnegative(),
      }),
    ),
  }),
});
const standing = z.object({
  status: z.enum(['WAITING_UPLOAD', 'PROCESSING', 'AVAILABLE', 'PROCESSING_FAILED']),
  processingFailureReason: z.string().optional(),
});

/** Uploads a file and gives its URN; nobody sees it before a post names it. */
export function upload(rest: Rest, file: Media, deadline: Deadline): Promise<string> {
  return isVideo(file) ? uploadVideo(rest, file, deadline) : uploadImage(rest, file, deadline);
}

async function uploadImage(rest: Rest, file: Media, deadline: Deadline): Promise<string> {
  const { value } = await rest.ask(image, {
    operation: 'media',
    method: 'POST',
    path: 'rest/images?action=initializeUpload',
    json: { initializeUploadRequest: { owner: rest.author } },
    deadline,
  });
  const headers = { 'content-type': file.type };
  await rest.put({ url: value.uploadUrl, headers, body: bytesOf(file.bytes), deadline });
  return value.image;
}

/**
 * In the parts LinkedIn asks for. What has arrived cannot be asked for, and the tags of the parts are told only once, so
 * an upload that broke off is begun anew; nothing of it was ever seen.
 */
async function uploadVideo(rest: Rest, file: Media, deadline: Deadline): Promise<string> {
  const { value } = await rest.ask(video, {
    operation: 'media',
    method: 'POST',
    path: 'rest/videos?action=initializeUpload',
    json: {
      initializeUploadRequest: {
        owner: rest.author,
        fileSizeBytes: file.bytes.length,
        uploadCaptions: false,
        uploadThumbnail: false,
      },
    },
    deadline,
  });
  const uploadedPartIds: string[] = [];
  for (const { uploadUrl, firstByte, lastByte } of value.uploadInstructions) {
    const { headers } = await rest.put({
      url: uploadUrl,
      headers: { 'content-type': 'application/octet-stream' },
      body: bytesOf(file.bytes.subarray(firstByte, lastByte + 1)),
      deadline,
    });
    uploadedPartIds.push((headers.get('etag') ?? '').replace(/^"|"$/g, ''));
  }
  await rest.send({
    operation: 'media',
    method: 'POST',
    path: 'rest/videos?action=finalizeUpload',
    json: {
      finalizeUploadRequest: {
        video: value.video,
        uploadToken: value.uploadToken,
        uploadedPartIds,
      },
    },
    deadline,
  });
  await available(rest, value.video, deadline);
  return value.video;
}

async function available(rest: Rest, urn: string, deadline: Deadline): Promise<void> {
  for (let wait = 500; ; wait = Math.min(wait * 2, 15_000)) {
    const { status, processingFailureReason: why } = await rest.ask(standing, {
      operation: 'read',
      method: 'GET',
      path: `rest/videos/${encode(urn)}`,
      deadline,
    });
    if (status === 'AVAILABLE') return;
    if (status === 'PROCESSING_FAILED')
      throw refusal(
        'LinkedIn',
        `it could not process the video${why === undefined ? '' : `: ${why}`}`,
        'Use an MP4 with H.264 and AAC, 3 seconds to 30 minutes long, then `/pulse retry`.',
      );
    if (status === 'WAITING_UPLOAD')
      throw fail('DELIVERY_BUSY', {
        platform: 'LinkedIn',
        status: 0,
        message: 'the video did not arrive whole',
      });
    await pause(wait, undefined, { signal: deadline.signal }).catch(() => undefined);
    deadline.check();
  }
}

/** Plain bytes, as a body may be. */
const bytesOf = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);
