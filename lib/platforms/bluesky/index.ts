import { fail } from '../../errors.ts';
import type { Platform } from '../platform.ts';
import { measure, media } from './measure.ts';
import { handles } from './tid.ts';

/** Bluesky, or any other server that speaks the AT protocol. */
export const bluesky: Platform = {
  name: 'bluesky',
  credentials: ['BLUESKY_SERVICE', 'BLUESKY_IDENTIFIER', 'BLUESKY_PASSWORD'],
  keyed: true,
  // A server may still be working on a request whose connection we cut.
  grace: 15_000,
  media,
  measure,
  handles,
  async connect(account, surroundings) {
    const { BLUESKY_SERVICE, BLUESKY_IDENTIFIER, BLUESKY_PASSWORD } = surroundings.credentials;
    if (!BLUESKY_IDENTIFIER || !BLUESKY_PASSWORD)
      throw fail('CREDENTIALS_MISSING', {
        platform: 'bluesky',
        variables: 'BLUESKY_IDENTIFIER and BLUESKY_PASSWORD',
      });
    const { connectBluesky } = await import('./connect.ts');
    return connectBluesky({
      name: account.name,
      service: BLUESKY_SERVICE ?? 'https://bsky.social',
      identifier: BLUESKY_IDENTIFIER,
      password: BLUESKY_PASSWORD,
      fetch: surroundings.fetch,
      now: surroundings.now,
    });
  },
};
