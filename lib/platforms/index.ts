import { fail } from '../errors.ts';
import { bluesky } from './bluesky/index.ts';
import { feeds } from './feeds/index.ts';
import { outbox } from './outbox/index.ts';
import type { Platform } from './platform.ts';

/**
 * Every network the product knows; one line here is one folder beside this file. What is imported here is light: a
 * network's SDK is loaded when an account is connected.
 */
export const platforms: Readonly<Record<string, Platform>> = { bluesky, feeds, outbox };

/** The network of this name. Throws PLATFORM_UNKNOWN, which names those there are. */
export function platformNamed(name: string): Platform {
  const found = Object.hasOwn(platforms, name) ? platforms[name] : undefined;
  if (found) return found;
  throw fail('PLATFORM_UNKNOWN', { name, known: Object.keys(platforms).join(', ') });
}
