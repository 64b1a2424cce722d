import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { fail, isError } from '../../errors.ts';
import type { Attempt, Handle, Part } from '../outgoing.ts';
import type { speakMastodon } from './speak.ts';

export type Speak = ReturnType<typeof speakMastodon>;

const attachment = z.object({ id: z.string(), url: z.string().nullish() });

/** Between two questions whether a file is processed, ms: first and longest. */
const pauses = { first: 200, longest: 5_000 };

/**
 * Ids of a part's files, uploaded and processed. What an earlier attempt uploaded is used again where it is still
 * there: unused files are kept for a day.
 */
export async function uploadMedia(
  speak: Speak,
  part: Part,
  attempt: Attempt,
  handle: Handle | undefined,
): Promise<string[]> {
  if (part.media.length === 0) return [];
  const { deadline } = attempt;
  const kept = handle?.media?.split(' ') ?? [];
  if (kept.length === part.media.length && (await allThere(speak, kept, deadline))) return kept;
  const ids: string[] = [];
  const unfinished: string[] = [];
  for (const { bytes, type, alt, name, focus } of part.media) {
    const api = speak({ operation: 'media', deadline });
    const answer: unknown = await api.v2.media.create({
      file: new File([new Uint8Array(bytes)], name, { type }),
      ...(alt !== '' && { description: alt }),
      ...(focus && { focus: `${focus.x.toFixed(2)},${focus.y.toFixed(2)}` }),
    });
    const { id, url } = attachment.parse(answer);
    ids.push(id);
    if (!url) unfinished.push(id);
  }
  await attempt.keep({ media: ids.join(' ') });
  if (!(await allThere(speak, unfinished, deadline)))
    throw fail('DELIVERY_BUSY', {
      platform: 'Mastodon',
      status: 404,
      message: 'an upload is gone',
    });
  return ids;
}

/** Waits until each is processed; false when one is gone. */
async function allThere(
  speak: Speak,
  ids: readonly string[],
  deadline: Attempt['deadline'],
): Promise<boolean> {
  for (const id of ids) {
    for (let pause = pauses.first; ; pause = Math.min(pauses.longest, pause * 2)) {
      try {
        const api = speak({ operation: 'read', deadline });
        const answer: unknown = await api.v1.media.$select(id).fetch();
        if (attachment.parse(answer).url) break;
      } catch (error) {
        if (isError(error, 'DELIVERY_REFUSED') && error.details.status === 404) return false;
        throw error;
      }
      await wait(pause, deadline);
    }
  }
  return true;
}

async function wait(ms: number, deadline: Attempt['deadline']): Promise<void> {
  const { signal } = deadline;
  deadline.check();
  await setTimeout(ms, undefined, { signal }).catch(() => undefined);
  deadline.check();
}
