import { fail } from '../../errors.ts';
import type { Handle, Outgoing, Platform } from '../platform.ts';
import { handlesSince } from '../since.ts';
import { refuses } from './compose.ts';
import { measure, media, poll, show } from './measure.ts';
import { settings } from './settings.ts';

const minute = 60_000;

/** Mastodon, or another server that speaks its API. */
export const mastodon: Platform = {
  name: 'mastodon',
  title: 'Mastodon',
  credentials: ['MASTODON_SERVER', 'MASTODON_ACCESS_TOKEN'],
  needs: [['MASTODON_SERVER', 'MASTODON_ACCESS_TOKEN']],
  settings,
  // By the Idempotency-Key, for an hour.
  keyed: true,
  grace: 15_000,
  media,
  measure,
  refuses,
  show,
  parts: { as: 'thread' },
  poll,
  schedules: { min: 5 * minute, max: 365 * 24 * 60 * minute },
  // docs.joinmastodon.org/api/rate-limits; posts: app/lib/rate_limiter.rb.
  limits: {
    publish: { requests: 300, per: 180 * minute },
    media: { requests: 30, per: 30 * minute },
    remove: { requests: 30, per: 30 * minute },
    any: { requests: 300, per: 5 * minute },
  },
  handles,
  async connect(account, surroundings) {
    const { MASTODON_SERVER: server, MASTODON_ACCESS_TOKEN: token } = surroundings.credentials;
    if (!server || !token)
      throw fail('CREDENTIALS_MISSING', {
        platform: 'mastodon',
        variables: 'MASTODON_SERVER and MASTODON_ACCESS_TOKEN',
      });
    const { connectMastodon } = await import('./connect.ts');
    const { visibility, spoiler, sensitive } = account;
    const chosen = settings.parse({ visibility, spoiler, sensitive });
    return connectMastodon(
      { server: originOf(server), token, account: account.name },
      chosen,
      surroundings,
    );
  },
};

/** The delivery and the part are the key the instance knows a request by. */
function handles(
  ...[outgoing, now, random, earlier]: Parameters<NonNullable<Platform['handles']>>
) {
  const since = handlesSince(outgoing, now, random, earlier);
  return since.map((handle, index) => ({ key: keyOf(outgoing, index), ...handle }));
}

function keyOf({ delivery }: Outgoing, index: number): NonNullable<Handle['key']> {
  return `socialpulse ${delivery} ${String(index)}`;
}

/** People write `mastodon.social`; an address is one all the same. */
function originOf(server: string): string {
  const address = server.includes('://') ? server : `https://${server}`;
  if (URL.canParse(address)) return new URL(address).origin;
  throw fail('CREDENTIALS_MISSING', {
    platform: 'mastodon',
    variables: 'MASTODON_SERVER to the address of an instance, e.g. https://mastodon.social',
  });
}
