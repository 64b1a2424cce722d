// A process that publishes one approved post and goes on until its delivery is settled, as a bot does.
import { systemClock as clock } from '../../lib/clock.ts';
import { PulseError } from '../../lib/errors.ts';
import { platformNamed, platforms } from '../../lib/platforms/index.ts';
import { keepOutboxIn } from '../../lib/platforms/outbox/shelf.ts';
import type { Account, Platform } from '../../lib/platforms/platform.ts';
import { deliverDue } from '../../lib/publish/deliver.ts';
import { nextDue } from '../../lib/publish/due.ts';
import { image } from '../platforms/image.ts';
import { createRecords } from '../../lib/store/records.ts';
import { openBranch } from '../publish/branch.ts';
import type { Orders } from './plan.ts';
import { wall } from './wall.ts';

const orders = JSON.parse(process.env.PUBLISHER ?? '{}') as Orders;
const { grace, credentials, holder } = orders;
const walls: Record<string, Platform> = { wall: wall(false), mute: wall(true) };
const platform = (name: string) =>
  name in platforms ? platformNamed(name) : (walls[name] ?? platformNamed(name));
const parts = orders.parts.map(({ text, alt }) => ({
  text,
  media: alt === undefined ? [] : [{ ...image, alt }],
}));

const files = await openBranch(orders.remote, orders.clone, 200);
const records = createRecords(files);
const load = async () => {
  const record = await records.load(orders.post);
  if (!record) throw new Error('there is no such post');
  return record;
};
const outbox = keepOutboxIn(files, (path) => `https://desk.example/${path}`);
const account = (name: string): Account => ({ name, platform: name });

let record = await load();
for (;;) {
  try {
    record = await deliverDue(record, {
      profile: { accounts: record.deliveries.map(({ target }) => account(target)) },
      outgoing: () => Promise.resolve({ parts }),
      language: 'en',
      platform,
      connect: ({ name }) =>
        platform(name).connect(account(name), {
          fetch,
          now: () => clock.now(),
          credentials,
          outbox,
        }),
      files,
      records: { load, save: (changed) => records.save(changed) },
      confirm: () => Promise.resolve({ ok: true }),
      clock,
      holder,
      log: { info: () => undefined, warn: () => undefined },
      timing: { claim: orders.claim, grace, backoff: () => 100, attempts: 100 },
    });
  } catch (error) {
    if (!(error instanceof PulseError) || !error.retryable) throw error;
    if (error.code !== 'STORE_CONFLICT') process.stderr.write(`${error.message}\n`);
  }
  record = await load();
  const at = nextDue(record, () => grace);
  if (at === undefined) break;
  await clock.sleep(Math.min(Math.max(at - clock.now(), 50), 500));
}
