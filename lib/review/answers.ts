import type { PostRecord, Reply } from '../store/record.ts';
import type { Asked } from './asked.ts';
import { verbs } from './commands.ts';

/** The record with one more thing to say, unless it has been said under this key. */
export function say(record: PostRecord, reply: Reply): PostRecord {
  if (record.replies.some(({ key }) => key === reply.key)) return record;
  return { ...record, replies: [...record.replies, reply] };
}

/** Answers a request in its own thread. */
export function answer(record: PostRecord, ask: Asked, body: string): PostRecord {
  return say(record, {
    key: ask.key,
    on: ask.on,
    ...(ask.discussion === undefined ? {} : { discussion: ask.discussion }),
    body,
  });
}

/** Tells everybody on the merge request. */
export function announce(record: PostRecord, key: string, body: string): PostRecord {
  return say(record, { key, on: 'merge_request', body });
}

export const helpText = [
  'Write one of these on a line of its own:',
  '',
  ...Object.values(verbs).map((line) => `- ${line}`),
].join('\n');

/** `2026-11-21 14:05 UTC`, with seconds where they are not zero. */
export function utc(at: number): string {
  const [day = '', time = ''] = new Date(at).toISOString().split('T');
  const seconds = time.slice(6, 8) === '00' ? '' : `:${time.slice(6, 8)}`;
  return `${day} ${time.slice(0, 5)}${seconds} UTC`;
}
