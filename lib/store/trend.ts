import { z } from 'zod';

/** A post kept as evidence. */
export const evidenceSchema = z.object({
  signal: z.string(),
  network: z.string(),
  excerpt: z.string(),
  at: z.number(),
  url: z.string().optional(),
  author: z.string().optional(),
  language: z.string().optional(),
});

/** What people are shown of a trend; what older files do not hold is optional. */
const figures = {
  id: z.string(),
  name: z.string(),
  terms: z.array(z.string()),
  posts: z.number(),
  expected: z.number(),
  authors: z.number().optional(),
  networks: z.array(z.string()),
  voices: z
    .array(
      z.object({
        network: z.string(),
        posts: z.number(),
        authors: z.number().optional(),
        firstAt: z.number(),
      }),
    )
    .optional(),
  curve: z.object({ from: z.number(), counts: z.array(z.number()) }).optional(),
  phase: z.enum(['emerging', 'peaking', 'fading']).optional(),
  duration: z.enum(['flash', 'story', 'lasting']).optional(),
  speakers: z
    .array(
      z.object({
        author: z.string(),
        network: z.string(),
        at: z.number(),
        followers: z.number().optional(),
        interactions: z.number().optional(),
      }),
    )
    .optional(),
  mood: z
    .object({
      mean: z.number(),
      spread: z.number(),
      negative: z.number(),
      neutral: z.number(),
      positive: z.number(),
      posts: z.number(),
    })
    .optional(),
  language: z.string().optional(),
};

/** A trend as the record of a post keeps it: as it was when the post was proposed. */
export const originTrend = z.object({ ...figures, firstAt: z.number().optional() });
export type OriginTrend = z.infer<typeof originTrend>;

/** A trend as the state branch keeps it. */
export const trendSchema = z.object({
  ...figures,
  score: z.number(),
  firstAt: z.number(),
  lastAt: z.number(),
  evidence: z.array(evidenceSchema),
});
