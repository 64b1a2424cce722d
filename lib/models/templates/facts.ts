import { z } from 'zod';

/** A post of others, already made harmless: one line, no addresses, no mentions. */
const evidence = z.object({
  text: z.string(),
  network: z.string(),
  url: z.string().optional(),
  author: z.string().optional(),
});
export type EvidenceFact = z.infer<typeof evidence>;

/** Longest text of each target, in characters as people see them. */
const limits = z.array(z.object({ target: z.string(), limit: z.number().positive() }));

const brand = z.object({
  voice: z.string(),
  /** Most hashtags in a post. */
  hashtags: z.number().int().nonnegative(),
});

export const proposeFacts = z.object({
  brand,
  /** What of the profile it is about. */
  topic: z.string().optional(),
  trend: z.object({
    name: z.string(),
    posts: z.number(),
    expected: z.number(),
    authors: z.number().optional(),
    networks: z.array(z.string()),
  }),
  evidence: z.array(evidence),
  /** With `#`, best first. */
  tags: z.array(z.string()),
  limits,
});
export type ProposeFacts = z.infer<typeof proposeFacts>;

const override = z.object({ target: z.string(), parts: z.array(z.string()) });

export const refineFacts = z.object({
  brand,
  instruction: z.string(),
  parts: z.array(z.string()),
  overrides: z.array(override),
  evidence: z.array(evidence),
});
export type RefineFacts = z.infer<typeof refineFacts>;

export const polishFacts = z.object({ parts: z.array(z.string()), overrides: z.array(override) });
