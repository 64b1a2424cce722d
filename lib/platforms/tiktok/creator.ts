import { z } from 'zod';
import type { Deadline } from '../platform.ts';
import type { TikTok } from './call.ts';

/** What the account may do now; TikTok demands to be asked before each post. */
const creator = z.object({
  creator_username: z.string(),
  creator_nickname: z.string().optional(),
  privacy_level_options: z.array(z.string()),
  comment_disabled: z.boolean().default(false),
  duet_disabled: z.boolean().default(false),
  stitch_disabled: z.boolean().default(false),
  /** Seconds. */
  max_video_post_duration_sec: z.number().optional(),
});
export type Creator = z.output<typeof creator>;

export function askCreator(tiktok: TikTok, deadline?: Deadline): Promise<Creator> {
  return tiktok.ask(creator, {
    operation: 'creator',
    method: 'POST',
    path: 'post/publish/creator_info/query/',
    json: {},
    ...(deadline && { deadline }),
  });
}
