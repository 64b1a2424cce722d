import { z } from 'zod';
import type { Part } from '../platform.ts';
import type { Creator } from './creator.ts';
import { show } from './measure.ts';
import type { Cut } from './upload.ts';

/** What the profile says of an account. */
export const settings = z.strictObject({
  privacy: z
    .enum(['PUBLIC_TO_EVERYONE', 'MUTUAL_FOLLOW_FRIENDS', 'FOLLOWER_OF_CREATOR', 'SELF_ONLY'])
    .describe('Who sees a post; TikTok allows no default. Apps it has not audited: SELF_ONLY'),
  comments: z.boolean().optional().describe('Whether people may comment; yes when absent'),
  duet: z.boolean().optional().describe('Whether people may make duets; yes when absent'),
  stitch: z.boolean().optional().describe('Whether people may stitch; yes when absent'),
  music: z.boolean().optional().describe('Whether TikTok adds music to photos; no when absent'),
  promotes: z
    .enum(['own', 'others'])
    .optional()
    .describe('What posts advertise: the own brand, or others for money; nothing when absent'),
  generated: z.boolean().optional().describe('Whether videos are made by AI; no when absent'),
});
export type Settings = z.infer<typeof settings>;

/** The request that opens the upload of a video. */
export function videoOf(part: Part, chosen: Settings, creator: Creator, cut: Cut) {
  return {
    post_info: {
      title: show(part.text),
      privacy_level: chosen.privacy,
      disable_comment: creator.comment_disabled || chosen.comments === false,
      disable_duet: creator.duet_disabled || chosen.duet === false,
      disable_stitch: creator.stitch_disabled || chosen.stitch === false,
      ...branding(chosen),
      ...(chosen.generated && { is_aigc: true }),
    },
    source_info: {
      source: 'FILE_UPLOAD',
      video_size: cut.size,
      chunk_size: cut.chunk,
      total_chunk_count: cut.count,
    },
  };
}

/** The request that posts photos, which TikTok fetches from where they are. */
export function photosOf(
  part: Part,
  chosen: Settings,
  creator: Creator,
  title: string | undefined,
) {
  return {
    media_type: 'PHOTO',
    post_mode: 'DIRECT_POST',
    post_info: {
      ...(title !== undefined && { title }),
      description: show(part.text),
      privacy_level: chosen.privacy,
      disable_comment: creator.comment_disabled || chosen.comments === false,
      auto_add_music: chosen.music ?? false,
      ...branding(chosen),
    },
    source_info: {
      source: 'PULL_FROM_URL',
      photo_images: part.media.map(({ url }) => url ?? ''),
      photo_cover_index: 0,
    },
  };
}

function branding({ promotes }: Settings) {
  if (promotes === undefined) return {};
  return promotes === 'own' ? { brand_organic_toggle: true } : { brand_content_toggle: true };
}
