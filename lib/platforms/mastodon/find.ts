import { z } from 'zod';
import type { Receipt } from '../../store/record.ts';
import type { Found, Handle, Outgoing } from '../outgoing.ts';
import { sinceOf } from '../since.ts';
import { show } from './measure.ts';
import { receiptOf } from './send.ts';
import { scheduledSchema, statusSchema, textOf } from './status.ts';
import type { Speak } from './upload.ts';

/** Clocks differ by this, ms. */
const slack = 60_000;
const pageSize = 40;
const mostPages = 10;

interface Asking {
  server: string;
  speak: Speak;
  /** Id of our account. */
  me: () => Promise<string>;
}

/**
 * Looks for a part among what the account has posted since the first claim on it, and among what it has scheduled: by
 * its words as people read them, and by what it answers.
 */
export async function findPart(
  outgoing: Outgoing,
  index: number,
  { handles, sent }: { handles: readonly Handle[]; sent: readonly Receipt[] },
  { server, speak, me }: Asking,
): Promise<Found> {
  const wanted = normal(show(outgoing.parts[index]?.text ?? ''));
  const since = sinceOf(handles[index]) - slack;
  const parent = sent.find(({ part }) => part === index - 1)?.id;
  const others = new Set(sent.map(({ id }) => id));
  const api = speak({ operation: 'read' });
  const account = await me();
  let before: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const answer: unknown = await api.v1.accounts.$select(account).statuses.list({
      limit: pageSize,
      excludeReblogs: true,
      ...(before !== undefined && { maxId: before }),
    });
    const list = z.array(statusSchema.pick(shape)).parse(answer);
    for (const status of list) {
      if (Date.parse(status.created_at) < since) return scheduled();
      if (others.has(status.id) || normal(textOf(status.content)) !== wanted) continue;
      if (parent !== undefined && status.in_reply_to_id !== parent) continue;
      return receiptOf(answerOf(answer, status.id), index, server);
    }
    before = list.at(-1)?.id;
    if (before === undefined || list.length < pageSize) return scheduled();
  }
  return 'unknown';

  async function scheduled(): Promise<Found> {
    if (outgoing.at === undefined) return 'absent';
    const answer: unknown = await api.v1.scheduledStatuses.list({ limit: pageSize });
    const list = z.array(scheduledSchema).parse(answer);
    const found = list.find(({ params }) => normal(params.text ?? '') === wanted);
    return found ? receiptOf(found, index, server) : 'absent';
  }
}

const shape = { id: true, created_at: true, content: true, in_reply_to_id: true } as const;

function answerOf(answer: unknown, id: string): unknown {
  return (answer as { id: string }[]).find((status) => status.id === id);
}

/** Mentions without their server, as people read them, and one kind of white space. */
function normal(text: string): string {
  return text
    .normalize('NFC')
    .replace(/(@[a-z0-9_]+(?:[.-]+[a-z0-9_]+)*)@[\p{L}\p{N}_.-]*[\p{L}\p{N}_]/giu, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}
