import { blueskyWorld } from './bluesky/world.ts';
import { discordWorld } from './discord/world.ts';
import { facebookWorld } from './facebook/world.ts';
import { instagramWorld } from './instagram/world.ts';
import { linkedinWorld } from './linkedin/world.ts';
import { mastodonWorld } from './mastodon/world.ts';
import { outboxWorld } from './outbox/world.ts';
import { redditWorld } from './reddit/world.ts';
import { telegramWorld } from './telegram/world.ts';
import { threadsWorld } from './threads/world.ts';
import { tiktokWorld } from './tiktok/world.ts';
import type { World } from './world.ts';
import { xWorld } from './x/world.ts';
import { youtubeWorld } from './youtube/world.ts';

/** A world for every network that can publish. */
export const worlds: Readonly<Record<string, () => Promise<World>>> = {
  bluesky: blueskyWorld,
  discord: discordWorld,
  facebook: facebookWorld,
  instagram: instagramWorld,
  linkedin: linkedinWorld,
  mastodon: mastodonWorld,
  outbox: outboxWorld,
  reddit: redditWorld,
  telegram: telegramWorld,
  threads: threadsWorld,
  tiktok: tiktokWorld,
  x: xWorld,
  youtube: youtubeWorld,
};
