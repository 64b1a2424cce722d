import { fail } from '../../errors.ts';
import type { Platform } from '../platform.ts';
import { refuses } from './check.ts';
import { measure, media, show } from './measure.ts';
import { handles } from './tid.ts';

/** Bluesky, or any other server that speaks the AT protocol. */
export const bluesky: Platform = {
  name: 'bluesky',
  title: 'Bluesky',
  credentials: ['BLUESKY_SERVICE', 'BLUESKY_IDENTIFIER', 'BLUESKY_PASSWORD', 'BLUESKY_JETSTREAM'],
  needs: [['BLUESKY_IDENTIFIER', 'BLUESKY_PASSWORD']],
  keyed: true,
  // A server may still be working on a request whose connection we cut.
  grace: 15_000,
  media,
  measure,
  refuses,
  show,
  linkCards: true,
  parts: { as: 'thread' },
  // docs.bsky.app/docs/advanced-guides/rate-limits: 5,000 points an hour and 35,000 a day, an update costs 2.
  limits: {
    publish: { requests: 2_500, per: 3_600_000 },
    remove: { requests: 5_000, per: 3_600_000 },
    session: { requests: 30, per: 300_000 },
    any: { requests: 3_000, per: 300_000 },
  },
  handles,
  async connect(account, surroundings) {
    const { fetch, now, meter, cache, credentials } = surroundings;
    const { BLUESKY_SERVICE, BLUESKY_IDENTIFIER, BLUESKY_PASSWORD, BLUESKY_JETSTREAM } =
      credentials;
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
      jetstream: BLUESKY_JETSTREAM,
      fetch,
      now,
      ...(meter && { meter }),
      ...(cache && { cache }),
    });
  },
};
