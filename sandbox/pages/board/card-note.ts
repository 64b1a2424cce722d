import { unless } from '../api.ts';
import * as rest from '../rest.ts';
import { cardMark } from '../thread/timeline.ts';
import type { Visit } from '../visit.ts';

/** Enough to find the card: it is among the first comments of a merge request. */
const looked = 20;
const kept = 1000;

/** Cards of merge requests that have not changed since they were read. */
const seen = new Map<string, string>();

/** Text of the comment that shows a post; empty when there is none, or none this person may see. */
export async function cardText(visit: Visit, item: rest.MergeRequest): Promise<string> {
  const settled = item.state !== 'opened' && !item.labels.includes('pulse::approved');
  const key = `${visit.projectPath} ${String(visit.me.id)} ${String(item.iid)} ${item.updated_at} ${String(item.user_notes_count)}`;
  const known = seen.get(key);
  if (known !== undefined && settled) return known;
  const path = `merge_requests/${String(item.iid)}/notes?sort=asc&order_by=created_at`;
  const notes = await unless([401, 403, 404], visit.api.list(path, rest.note, looked), []);
  const text = notes.find(({ body }) => body.includes(cardMark))?.body ?? '';
  seen.set(key, text);
  const [oldest] = seen.keys();
  if (seen.size > kept && oldest !== undefined) seen.delete(oldest);
  return text;
}
