import { systemClock as clock } from '../../lib/clock.ts';
import { bluesky } from '../../lib/platforms/bluesky/index.ts';
import { mastodon } from '../../lib/platforms/mastodon/index.ts';
import type { Connection, Platform } from '../../lib/platforms/platform.ts';
import { deliverDue } from '../../lib/publish/deliver.ts';
import { createRecords } from '../../lib/store/records.ts';
import { createRemote } from '../publish/branch.ts';
import { approvedPost, scheduled } from '../publish/post.ts';
import type { Servers } from './crosspost-servers.ts';
import { type Result, short } from './result.ts';

const posts = 12;
const networks: Readonly<Record<string, Platform>> = { mastodon, bluesky };

/**
 * Whole deliveries to both networks a second: record, claim, intent, act and receipt, each a commit that is pushed to a
 * git repository; one publisher after the other, and several side by side, each with a clone of its own.
 */
export async function deliveries(servers: Servers): Promise<Result[]> {
  const alone = await measure(servers, 1);
  const side = 4;
  const together = await measure(servers, side);
  return [
    {
      name: 'deliveries side by side',
      ratio: together / alone,
      aim: 0.5,
      details: `with claim and receipt over git: ${short(together)} a second by ${String(side)} publishers, ${short(alone)} by one`,
    },
  ];
}

async function measure({ mastodon: there, bluesky: sky }: Servers, side: number): Promise<number> {
  const remote = await createRemote();
  const credentials = {
    MASTODON_SERVER: there.url,
    MASTODON_ACCESS_TOKEN: there.token,
    BLUESKY_SERVICE: sky.url,
    BLUESKY_IDENTIFIER: sky.handle,
    BLUESKY_PASSWORD: sky.password,
  };
  const connections = new Map<string, Connection>();
  for (const [name, platform] of Object.entries(networks))
    connections.set(
      name,
      await platform.connect({ name, platform: name }, { fetch, now: Date.now, credentials }),
    );
  const first = createRecords(await remote.files());
  const ids = Array.from({ length: posts }, (_, n) => `post-${String(n)}`);
  for (const id of ids)
    await first.save(approvedPost(id, [scheduled('mastodon'), scheduled('bluesky')]));
  const publish = async () => {
    const files = await remote.files(200);
    const records = createRecords(files);
    for (let id = ids.shift(); id !== undefined; id = ids.shift()) {
      const name = id;
      const load = async () => (await records.load(name))!;
      const done = await deliverDue(await load(), {
        profile: {
          accounts: Object.keys(networks).map((each) => ({ name: each, platform: each })),
        },
        outgoing: () => Promise.resolve({ parts: [{ text: `About ${name}.`, media: [] }] }),
        platform: (each) => networks[each]!,
        connect: (account) => Promise.resolve(connections.get(account.name)!),
        files,
        records: { load, save: (changed) => records.save(changed) },
        confirm: () => Promise.resolve({ ok: true }),
        clock,
        holder: 'bench',
        log: { info: () => undefined, warn: () => undefined },
      });
      for (const { status, target } of done.deliveries)
        if (status !== 'published') throw new Error(`${target} of ${name} is ${status}`);
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: side }, publish));
  const seconds = (performance.now() - began) / 1000;
  await remote.remove();
  return (posts * 2) / seconds;
}
