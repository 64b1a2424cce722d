import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { fail } from '../../errors.ts';
import { isVideo } from '../parts.ts';
import type { Attempt, Deadline, Handle, Media } from '../platform.ts';
import type { Session } from './session.ts';

/** Bytes of a chunk: X takes up to 5 MB, and up to 1000 of them. */
const chunk = 4 * 1024 * 1024;
/** What is left of an upload's life, ms, for it to be used again. */
const margin = 300_000;

const uploaded = z.object({
  data: z.object({
    id: z.string(),
    expires_after_secs: z.number().optional(),
    processing_info: z
      .object({
        state: z.string().optional(),
        check_after_secs: z.number().optional(),
        error: z.object({ message: z.string().optional() }).optional(),
      })
      .optional(),
  }),
});

/**
 * Ids at X of the files of a part. Those an earlier attempt uploaded and that still live are taken over; each new one is
 * kept as soon as it is ready. A file that was changed since is another file.
 */
export async function uploadAll(
  session: Session,
  media: readonly Media[],
  handle: Handle | undefined,
  now: () => number,
  attempt: Pick<Attempt, 'deadline' | 'keep'>,
): Promise<readonly string[]> {
  const { deadline } = attempt;
  const prints = media.map(printOf);
  const known = handle?.mediaOf?.split(',') ?? [];
  let until = Date.parse(handle?.mediaUntil ?? '');
  const lives = until - now() > margin;
  const isSame = known.length > 0 && known.every((print, index) => print === prints[index]);
  const ids = lives && isSame ? (handle?.media ?? '').split(',').filter(Boolean) : [];
  for (const file of media.slice(ids.length)) {
    const { id, seconds } = await upload(session, file, deadline);
    if (file.alt !== '' && !isVideo(file))
      await session.ask({
        operation: 'media',
        method: 'post',
        path: 'media/metadata',
        body: { id, metadata: { alt_text: { text: file.alt } } },
        deadline,
      });
    const ends = now() + seconds * 1000;
    until = ids.length === 0 || Number.isNaN(until) ? ends : Math.min(until, ends);
    ids.push(id);
    await attempt.keep({
      media: ids.join(','),
      mediaOf: prints.slice(0, ids.length).join(','),
      mediaUntil: new Date(until).toISOString(),
    });
  }
  return ids;
}

/** Tells one file and its alt text from another. */
const printOf = ({ bytes, alt }: Media): string =>
  createHash('sha256').update(bytes).update(`\n${alt}`).digest('hex').slice(0, 16);

/** Uploads one file in chunks and waits until X has worked on it. `seconds`: how long it is kept. */
async function upload(session: Session, file: Media, deadline: Deadline) {
  const { bytes, type, name } = file;
  const what = isVideo(file) ? 'video' : type === 'image/gif' ? 'gif' : 'image';
  const media = { operation: 'media', method: 'post', deadline } as const;
  const begun = await session.ask({
    ...media,
    path: 'media/upload/initialize',
    body: { media_type: type, total_bytes: bytes.length, media_category: `tweet_${what}` },
  });
  const { id, expires_after_secs: seconds = 3600 } = understand(begun);
  for (let start = 0, segment = 0; start < bytes.length; start += chunk, segment += 1)
    await session.ask({
      ...media,
      path: `media/upload/${id}/append`,
      body: {
        segment_index: String(segment),
        media: Buffer.from(bytes.subarray(start, start + chunk)),
      },
      form: true,
    });
  const ended = await session.ask({ ...media, path: `media/upload/${id}/finalize` });
  let state = understand(ended).processing_info;
  while (state && state.state !== 'succeeded') {
    if (state.state === 'failed') {
      const message = `X cannot use ${name}: ${state.error?.message ?? 'it does not say why'}`;
      throw fail('DELIVERY_REFUSED', { platform: 'X', status: 400, message });
    }
    await sleep((state.check_after_secs ?? 1) * 1000, undefined, { signal: deadline.signal }).catch(
      () => deadline.check(),
    );
    const asked = await session.ask({
      ...media,
      operation: 'mediaStatus',
      method: 'get',
      path: 'media/upload',
      query: { command: 'STATUS', media_id: id },
    });
    state = understand(asked).processing_info;
  }
  return { id, seconds };
}

function understand(answer: unknown): z.infer<typeof uploaded>['data'] {
  const parsed = uploaded.safeParse(answer);
  if (parsed.success) return parsed.data.data;
  const message = 'its answer about an upload is not as documented';
  throw fail('DELIVERY_BUSY', { platform: 'X', status: 200, message });
}
