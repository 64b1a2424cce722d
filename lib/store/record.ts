import { z } from 'zod';
import { delivery } from './delivery.ts';
import { hash, person, time } from './fields.ts';
import { evidenceSchema, originTrend } from './trend.ts';

export { deliveryStatuses } from './delivery.ts';
export type { Delivery, DeliveryStatus, Receipt } from './delivery.ts';
export type { Person } from './fields.ts';

export const postStatuses = [
  'thinking',
  'review',
  'approved',
  'rejected',
  'expired',
  'held',
] as const;
export type PostStatus = (typeof postStatuses)[number];

/** One state of the words, targets, media and time of a post. */
const revision = z.object({
  /** r1, r2, ... */
  n: z.number().int().positive(),
  /** What an approval binds to: text of every target, targets, media and time. */
  hash,
  /** Hash of the whole file; how the machine knows its own writes. */
  file: hash,
  /** Hash of each variant as it stands, by name; a variant is touched when it differs from the machine's last. */
  variants: z.record(z.string(), hash),
  by: z.union([z.literal('machine'), person]),
  at: time,
  /** When the card showed it; approvals given earlier cannot mean it. */
  cardedAt: time.optional(),
  /** Why it came about, e.g. `proposed`, `/pulse refine shorter`, `edited`. */
  why: z.string(),
  /** Key of the request it answers. */
  request: z.string().optional(),
  model: z.string().optional(),
  prompt: z.string().optional(),
});
export type Revision = z.infer<typeof revision>;

export const approvalWays = ['label', 'button', 'merge', 'command'] as const;

/** An approval as it was given; it counts only while its hash is the current one. */
const approval = z.object({
  by: person,
  via: z.enum(approvalWays),
  /** Where to read it again: id of the note or label event; absent for button and merge. */
  ref: z.number().int().optional(),
  /** Whether `ref` belongs to the issue or the merge request. */
  on: z.enum(['issue', 'merge_request']),
  at: time,
  revision: z.number().int().positive(),
  hash,
});
export type Approval = z.infer<typeof approval>;

/** Where something was said, and where an answer belongs. */
const on = z.enum(['issue', 'merge_request']);

/** Something a person asked for, by a `/pulse` line, a label or a button: taken once, by its key. */
const request = z.object({
  /** `<on>:note:<id>:<line>`, `<on>:label:<id>`, `button:<user>:<time>`. */
  key: z.string(),
  by: person,
  at: time,
  text: z.string(),
  status: z.enum(['taken', 'done', 'refused']),
});
export type Request = z.infer<typeof request>;

/** What the machine says to people; posted once, found again by its key. */
const reply = z.object({
  key: z.string(),
  on,
  /** Thread of the note that is answered; a thread of its own when absent. */
  discussion: z.string().optional(),
  body: z.string(),
  /** Id of the note, once it is there. */
  note: z.number().int().optional(),
});
export type Reply = z.infer<typeof reply>;

/** Work that only one may do at a time; who does it and until when. Kept through a crash, taken over after `expires`. */
const work = z.object({
  what: z.enum(['open', 'reply', 'refine', 'polish', 'merge']),
  /** Key of the request it is for. */
  key: z.string().optional(),
  nonce: z.string(),
  expires: time,
  /** Written before the commit that makes it, so that our own words are known as ours after a crash. */
  revision: revision.optional(),
});
export type Work = z.infer<typeof work>;

/** Where a post came from: a matched trend, or a person who wrote it by hand. */
const origin = z.object({
  trend: originTrend.optional(),
  score: z.number().optional(),
  /** Topic of the profile it is about; older records name it in their reasons alone. */
  topic: z.string().optional(),
  /** What compared meanings, `provider/model`; with it the score can be reckoned again. */
  embedder: z.string().optional(),
  reasons: z.array(z.object({ kind: z.string(), text: z.string(), weight: z.number() })),
  evidence: z.array(evidenceSchema),
  /** Paths of what of the desk's knowledge the model was given. */
  knowledge: z.array(z.string()).optional(),
});

export const recordSchema = z.object({
  schema: z.literal(1),
  /** Counts up with every write; the store's test-and-set. 0 for a record not yet stored. */
  version: z.number().int().nonnegative(),
  id: z.string(),
  profile: z.string(),
  /** Where the document lies now. */
  path: z.string(),
  branch: z.string(),
  issue: z.number().int().optional(),
  mergeRequest: z.number().int().optional(),
  /** Id of the card's comment on the merge request. */
  card: z.number().int().optional(),
  status: z.enum(postStatuses),
  /** What `held` goes back to, and what would end it. */
  held: z
    .object({
      from: z.enum(['thinking', 'review', 'approved']),
      why: z.enum(['closed', 'branch', 'draft', 'asked']),
    })
    .optional(),
  /** When the status was entered. */
  since: time,
  /** When the record was last written. */
  updated: time,
  /** When the think window closes. */
  closes: time,
  /** Text of the document until it is known to be on the branch. */
  draft: z.string().optional(),
  /** Time set by `/pulse schedule` or `now`; wins over the document's. */
  schedule: z.object({ at: time, by: person }).optional(),
  /** Commit on the default branch that brought the document there. */
  mergedAs: z.string().optional(),
  /** Why the merge was refused, for which head of the branch; tried again when that moves or time has passed. */
  blocked: z.object({ sha: z.string(), why: z.string(), at: time }).optional(),
  origin,
  revisions: z.array(revision),
  approvals: z.array(approval),
  deliveries: z.array(delivery),
  requests: z.array(request),
  replies: z.array(reply),
  work: work.optional(),
  /** What was done on GitLab once and is not done again, so that a person may undo it. */
  projected: z.object({
    ready: time.optional(),
    closed: time.optional(),
    /** What chat accounts were told last, e.g. `review r2`. */
    notified: z.string().optional(),
  }),
  /** What the card tells people beside the status, newest last, e.g. who reverted the post. */
  notices: z.array(z.object({ at: time, text: z.string() })),
});
export type PostRecord = z.infer<typeof recordSchema>;

/** What a record begins with; everything else has yet to happen. */
type Beginning = Pick<PostRecord, 'id' | 'profile' | 'path' | 'branch' | 'closes' | 'origin'> &
  Partial<Pick<PostRecord, 'mergeRequest' | 'draft' | 'revisions'>>;

/** The record of a post that begins to think at `now` (ms UTC); not yet stored. */
export function newRecord(beginning: Beginning, now: number): PostRecord {
  return {
    schema: 1,
    version: 0,
    status: 'thinking',
    since: now,
    updated: now,
    revisions: [],
    approvals: [],
    deliveries: [],
    requests: [],
    replies: [],
    projected: {},
    notices: [],
    ...beginning,
  };
}
