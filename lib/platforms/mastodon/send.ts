import { fail, isError } from '../../errors.ts';
import type { Receipt } from '../../store/record.ts';
import type { Attempt, Outgoing } from '../outgoing.ts';
import type { Rules } from '../rules.ts';
import { type Chosen, paramsOf, problemsOf, refuse } from './compose.ts';
import type { Speak } from './upload.ts';
import { uploadMedia } from './upload.ts';
import { scheduledSchema, statusSchema } from './status.ts';

/** What a scheduled status is called in a receipt: it is no status yet, and will be one of another id. */
export const scheduledMark = 'scheduled:';

const soonest = 5 * 60_000;

/** What is needed to send; `rules` asks the instance once. */
export interface Sending {
  server: string;
  speak: Speak;
  chosen: Chosen;
  rules: () => Promise<Rules>;
  now: () => number;
}

/** Sends one part; see `Connection.publish`. */
export async function sendPart(
  outgoing: Outgoing,
  index: number,
  attempt: Attempt,
  { server, speak, chosen, rules, now }: Sending,
): Promise<Receipt> {
  const { handles, sent, deadline } = attempt;
  const part = outgoing.parts[index];
  const key = handles[index]?.key;
  if (!part || key === undefined)
    throw fail('INTERNAL', { why: `part ${String(index)} has no key` });
  deadline.check();
  // The instance is only asked where it may allow more than most do.
  const problems = problemsOf(part, chosen, {});
  if (problems.length > 0) refuse(problemsOf(part, chosen, await rules()));
  const at = whenTo(outgoing, now());
  const replyTo =
    sent.find((receipt) => receipt.part === index - 1)?.id ??
    (outgoing.reply === undefined ? undefined : await statusOf(outgoing.reply, speak, deadline));
  const media = await uploadMedia(speak, part, attempt, handles[index]);
  const { at: _asked, ...rest } = outgoing;
  const params = paramsOf({ ...rest, ...(at !== undefined && { at }) }, part, chosen, {
    media,
    replyTo,
  });
  try {
    const answer = await speak.ask(
      { operation: 'publish', acting: true, deadline },
      {
        method: 'POST',
        path: '/api/v1/statuses',
        headers: { 'idempotency-key': key },
        json: params,
      },
    );
    return receiptOf(answer, index, server);
  } catch (error) {
    if (replyTo !== undefined || !isError(error, 'DELIVERY_REFUSED')) throw error;
    if (error.details.status !== 404) throw error;
    throw fail('DELIVERY_REFUSED', {
      platform: 'Mastodon',
      status: 404,
      message: 'it had been posted, and somebody has deleted it since',
      remedy:
        'If it is to be posted again: `/pulse retry` once an hour has passed, which is how long the instance remembers its key.',
    });
  }
}

/** The time to hand to the instance; undefined for at once. */
function whenTo({ at, parts }: Outgoing, now: number): number | undefined {
  if (at === undefined || at <= now) return undefined;
  if (parts.length > 1)
    refuse(['a thread cannot be scheduled there, as nothing can answer a post that is not out']);
  if (at - now < soonest)
    throw fail('DELIVERY_BUSY', {
      platform: 'Mastodon',
      status: 0,
      message: 'it schedules nothing for the next five minutes',
      until: at,
    });
  return at;
}

/** What of a Status is proof of it. */
const postedSchema = statusSchema.pick({
  id: true,
  created_at: true,
  url: true,
  uri: true,
  content: true,
});

/** Proof of what an answer tells; one that cannot be read proves nothing. */
export function receiptOf(answer: unknown, part: number, server: string): Receipt {
  const status = postedSchema.safeParse(answer);
  if (status.success) {
    const { id, url, uri, created_at: at } = status.data;
    const seen = url ?? uri;
    return { part, id, ...(seen && { url: seen }), at: Date.parse(at) };
  }
  const scheduled = scheduledSchema.safeParse(answer);
  if (scheduled.success)
    return {
      part,
      id: `${scheduledMark}${scheduled.data.id}`,
      url: new URL('/api/v1/scheduled_statuses', server).href,
      at: Date.parse(scheduled.data.scheduled_at),
    };
  const why = 'it answered with what is neither a status nor a scheduled one';
  throw fail('DELIVERY_UNKNOWN', { platform: 'Mastodon', why });
}

/** Id on this instance of the post at an address, which it may have to fetch from another. */
async function statusOf(
  reply: string,
  speak: Speak,
  deadline: Attempt['deadline'],
): Promise<string> {
  if (/^\d+$/.test(reply)) return reply;
  const api = speak({ operation: 'search', deadline });
  const answer: unknown = await api.v2.search.list({ q: reply, type: 'statuses', resolve: true });
  const { statuses } = answer as { statuses?: unknown[] };
  const found = statusSchema.safeParse(statuses?.[0]);
  if (found.success) return found.data.id;
  refuse([`it finds no post at ${reply} to answer`]);
  return reply;
}
