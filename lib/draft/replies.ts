import { z } from 'zod';

const parts = z.array(z.string().min(1)).min(1).max(10);
const overrides = z.array(z.strictObject({ target: z.string(), parts })).max(10);

/** What a model answers when it is asked for drafts. */
export const proposalReply = z.strictObject({
  variants: z
    .array(
      z.strictObject({
        /** What makes it different, two or three words. */
        angle: z.string(),
        parts,
        overrides,
      }),
    )
    .min(1)
    .max(6),
});
export type ProposalReply = z.infer<typeof proposalReply>;

/** What a model answers when it is asked to change one variant. */
export const revisionReply = z.strictObject({
  parts,
  overrides,
  /** What it did, one sentence, for the person who asked. */
  note: z.string(),
});
export type RevisionReply = z.infer<typeof revisionReply>;
