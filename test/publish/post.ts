import type { Delivery, PostRecord } from '../../lib/store/record.ts';

const hash = 'a'.repeat(64);
const author = { id: 7, username: 'alice' };

/** A delivery that was never tried. */
export function scheduled(target: string, platform = target, due = 0): Delivery {
  return {
    target,
    platform,
    status: 'scheduled',
    due,
    attempt: 0,
    revision: 1,
    hash,
    receipts: [],
  };
}

/** The record of an approved post that is merged and waits to be published. */
export function approvedPost(id: string, deliveries: Delivery[]): PostRecord {
  return {
    schema: 1,
    version: 0,
    id,
    profile: 'crypto',
    path: `content/posts/2026/11/${id}.md`,
    branch: `post/${id}`,
    status: 'approved',
    since: 0,
    updated: 0,
    closes: 0,
    mergedAs: 'c0ffee',
    origin: { reasons: [], evidence: [] },
    revisions: [{ n: 1, hash, file: hash, variants: {}, by: author, at: 0, why: 'edited' }],
    approvals: [{ by: author, via: 'button', on: 'merge_request', at: 0, revision: 1, hash }],
    deliveries,
    requests: [],
    replies: [],
    projected: {},
    notices: [],
  };
}
