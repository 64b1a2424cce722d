import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { fail, isError, type PulseError } from '../../errors.ts';
import type { Receipt } from '../../store/record.ts';
import type { Deadline } from '../platform.ts';
import type { TikTok } from './call.ts';
import { failReasons } from './failure.ts';

const status = z.object({
  status: z.enum([
    'PROCESSING_UPLOAD',
    'PROCESSING_DOWNLOAD',
    'SEND_TO_USER_INBOX',
    'PUBLISH_COMPLETE',
    'FAILED',
  ]),
  fail_reason: z.string().optional(),
  /** TikTok spells it so. Empty for what not everybody may see, and until its moderation is done. */
  publicaly_available_post_id: z.array(z.union([z.string(), z.number()])).default([]),
  uploaded_bytes: z.number().optional(),
});
export type Status = z.output<typeof status>;

/** How a post stands; undefined when TikTok does not know of it (any more). */
export async function statusOf(
  tiktok: TikTok,
  publish_id: string,
  deadline?: Deadline,
): Promise<Status | undefined> {
  try {
    return await tiktok.ask(status, {
      operation: 'status',
      method: 'POST',
      path: 'post/publish/status/fetch/',
      json: { publish_id },
      ...(deadline && { deadline }),
    });
  } catch (error) {
    if (isError(error, 'DELIVERY_REFUSED') && error.message.includes('(invalid_publish_id)'))
      return undefined;
    throw error;
  }
}

/**
 * Until it is public and has passed moderation a post has no id of its own: it goes by that of its publishing, and
 * people find it on the page of the account.
 */
export function receiptOf(
  publishId: string,
  creator: string,
  { publicaly_available_post_id: [id] }: Status,
  at: number,
): Receipt {
  const page = `https://www.tiktok.com/@${creator}`;
  if (id === undefined) return { part: 0, id: publishId, url: page, at };
  const kind = publishId.startsWith('p_') ? 'photo' : 'video';
  return { part: 0, id: String(id), url: `${page}/${kind}/${String(id)}`, at };
}

/** What a post that failed means: nothing of it is out. */
export function failed({ fail_reason: why = 'it gave no reason' }: Status): PulseError {
  const { remedy, again } = failReasons[why] ?? {};
  const about = {
    platform: 'TikTok',
    status: 200,
    message: `it could not publish the post: ${why}`,
  };
  if (again) return fail('DELIVERY_BUSY', about);
  return fail('DELIVERY_REFUSED', { ...about, ...(remedy !== undefined && { remedy }) });
}

/**
 * Waits until TikTok has published what it has got. Throws what `failed` makes of a failure; DELIVERY_UNKNOWN when the
 * time is over before it is done, or nobody answers: it may be out by then.
 */
export async function published(
  tiktok: TikTok,
  publishId: string,
  creator: string,
  deadline: Deadline,
): Promise<Receipt> {
  for (let wait = 1000; ; wait = Math.min(wait * 1.5, 15_000)) {
    const found = await doubting(() => {
      deadline.check();
      return statusOf(tiktok, publishId, deadline);
    });
    if (found?.status === 'PUBLISH_COMPLETE')
      return receiptOf(publishId, creator, found, tiktok.now());
    if (found?.status === 'FAILED') throw failed(found);
    // Told of the end by the signal, so that a claim is not outlived asleep.
    await pause(wait, undefined, { signal: deadline.signal }).catch(() => undefined);
  }
}

async function doubting<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const why = 'it has everything, and did not say yet what became of it';
    throw fail('DELIVERY_UNKNOWN', { platform: 'TikTok', why }, error);
  }
}
