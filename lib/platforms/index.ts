import { fail } from '../errors.ts';
import { bluesky } from './bluesky/index.ts';
import { discord } from './discord/index.ts';
import { facebook } from './facebook/index.ts';
import { feeds } from './feeds/index.ts';
import { instagram } from './instagram/index.ts';
import { linkedin } from './linkedin/index.ts';
import { mastodon } from './mastodon/index.ts';
import { outbox } from './outbox/index.ts';
import { pages } from './pages/index.ts';
import type { Platform } from './platform.ts';
import { reddit } from './reddit/index.ts';
import { slack } from './slack/index.ts';
import { telegram } from './telegram/index.ts';
import { threads } from './threads/index.ts';
import { tiktok } from './tiktok/index.ts';
import { x } from './x/index.ts';
import { youtube } from './youtube/index.ts';

/**
 * Every network the product knows; one line here is one folder beside this file. What is imported here is light: a
 * network's SDK is loaded when an account is connected.
 */
export const platforms: Readonly<Record<string, Platform>> = {
  bluesky,
  discord,
  facebook,
  feeds,
  instagram,
  linkedin,
  mastodon,
  outbox,
  pages,
  reddit,
  slack,
  telegram,
  threads,
  tiktok,
  x,
  youtube,
};

/** The network of this name. Throws PLATFORM_UNKNOWN, which names those there are. */
export function platformNamed(name: string): Platform {
  const found = Object.hasOwn(platforms, name) ? platforms[name] : undefined;
  if (found) return found;
  throw fail('PLATFORM_UNKNOWN', { name, known: Object.keys(platforms).join(', ') });
}
