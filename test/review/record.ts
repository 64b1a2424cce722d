import type { PostRecord, Revision } from '../../lib/store/record.ts';

const hashOf = (n: number) => n.toString(16).padStart(64, '0');

/** A revision whose hashes follow from its number. */
export function aRevision(n: number, changes: Partial<Revision> = {}): Revision {
  return {
    n,
    hash: hashOf(n),
    file: hashOf(n + 1000),
    variants: {},
    by: 'machine',
    at: n * 1000,
    cardedAt: n * 1000,
    why: 'proposed',
    ...changes,
  };
}

/** A record as the draft step leaves it, changed as asked. */
export function aRecord(changes: Partial<PostRecord> = {}): PostRecord {
  return {
    schema: 1,
    version: 1,
    id: 'rates-3f9a',
    profile: 'crypto',
    path: 'content/posts/2026/11/rates-3f9a.md',
    branch: 'post/rates-3f9a',
    issue: 1,
    mergeRequest: 2,
    card: 3,
    status: 'review',
    since: 0,
    updated: 0,
    closes: 0,
    origin: { reasons: [], evidence: [] },
    revisions: [aRevision(1)],
    approvals: [],
    deliveries: [],
    requests: [],
    replies: [],
    projected: {},
    notices: [],
    ...changes,
  };
}
