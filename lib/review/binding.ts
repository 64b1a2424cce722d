import { createHash } from 'node:crypto';
import type { PostRecord } from '../store/record.ts';
import type { CurrentDocument } from './observation.ts';

/** When it is to go out, ms: what `/pulse schedule` said, else the document; 0 means at once, whatever the hour. */
export function plannedTime(
  record: Pick<PostRecord, 'schedule'>,
  document: Pick<CurrentDocument, 'schedule'>,
): number | undefined {
  return record.schedule?.at ?? document.schedule;
}

/** What an approval binds to: the content (text of every target, targets, media) and the time. SHA-256, hex. */
export function bindingHash(content: string, time: number | undefined): string {
  return createHash('sha256')
    .update(`${content}\n${time ?? ''}`)
    .digest('hex');
}

/** The binding hash of what stands there now. */
export function currentHash(
  record: Pick<PostRecord, 'schedule'>,
  document: Pick<CurrentDocument, 'schedule' | 'content'>,
): string {
  return bindingHash(document.content, plannedTime(record, document));
}
