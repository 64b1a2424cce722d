import { z } from 'zod';

/** What an account's entry in the profile may say. */
export const settings = z.strictObject({
  visibility: z
    .enum(['public', 'unlisted', 'private', 'direct'])
    .optional()
    .describe("Who sees the posts; the account's own preference when absent"),
  spoiler: z
    .string()
    .min(1)
    .optional()
    .describe(
      'A content warning: stands above the text, which is folded away, and counts as part of it',
    ),
  sensitive: z.boolean().optional().describe('Hides media until they are clicked'),
});
