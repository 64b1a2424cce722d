import { createHash } from 'node:crypto';
import { statusOf } from './api.ts';
import * as rest from './rest.ts';
import { splitRef } from './files/ref.ts';
import { branchPath } from './thread/actions.ts';
import type { Visit } from './visit.ts';

/** Newest first, one item: whatever changes comes to the top, and the total tells of what is gone. */
const newest = 'state=all&order_by=updated_at&sort=desc&per_page=1';
const desk = [`issues?${newest}`, `merge_requests?${newest}`];
const pipelines = 'pipelines?per_page=20';

/** How many of the latest comments are watched for emoji. */
const watched = 3;

async function thread({ api }: Visit, kind: string, iid: string): Promise<string[]> {
  const path = `${kind}/${iid}`;
  const notes = `${path}/notes?sort=desc&order_by=created_at&activity_filter=only_comments`;
  const last = await api.list(notes, rest.note, watched);
  return [
    path,
    // The body of a note edited in place is among its words: one page of them is compared.
    `${path}/notes?sort=desc&order_by=updated_at&per_page=1`,
    `${path}/resource_label_events?per_page=100`,
    ...last.map(({ id }) => `${path}/notes/${String(id)}/award_emoji`),
    ...(kind === 'merge_requests' ? [`${path}/approvals`] : desk.slice(1)),
  ];
}

/** What a page is made of, as few and as small requests as tell whether it has changed. */
async function sources(visit: Visit, page: string): Promise<readonly string[]> {
  const inside = page.startsWith(`${visit.links.base}/`)
    ? page.slice(visit.links.base.length + 1)
    : '';
  const item = /^(work_items|merge_requests)\/(\d+)/.exec(inside);
  if (item)
    return thread(visit, item[1] === 'work_items' ? 'issues' : 'merge_requests', item[2] ?? '');
  if (page === '/outbox') return [branchPath('pulse-state')];
  if (page === '/activity') return [...desk, pipelines];
  if (inside.startsWith('merge_requests')) return desk.slice(1);
  const run = /^(pipelines|jobs)\/(\d+)/.exec(inside);
  if (run) {
    const path = `${run[1] ?? ''}/${run[2] ?? ''}`;
    return run[1] === 'jobs' ? [path] : [path, `${path}/jobs?per_page=100`];
  }
  if (inside.startsWith('pipelines')) return [pipelines];
  const file = /^(?:blob|tree|commits)\/(.+)/.exec(inside);
  if (file) return [branchPath((await splitRef(visit, decodeURIComponent(file[1] ?? ''))).ref)];
  return desk;
}

/** A word that changes when what the page at address `page` shows changes. */
export async function stampOf(visit: Visit, page: string): Promise<string> {
  const hash = createHash('sha256');
  for (const path of await sources(visit, page)) {
    try {
      hash.update(await visit.api.fingerprint(path));
    } catch (thrown) {
      hash.update(`refused ${String(statusOf(thrown))}`);
    }
  }
  return hash.digest('base64url').slice(0, 22);
}
