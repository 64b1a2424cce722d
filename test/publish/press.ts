import { type Clock, systemClock } from '../../lib/clock.ts';
import { outbox } from '../../lib/platforms/outbox/index.ts';
import { keepOutboxIn } from '../../lib/platforms/outbox/shelf.ts';
import type { Account, Platform, Surroundings } from '../../lib/platforms/platform.ts';
import type { Claim } from '../../lib/publish/claim.ts';
import type { Publishing } from '../../lib/publish/context.ts';
import { deliverDue } from '../../lib/publish/deliver.ts';
import { transition } from '../../lib/publish/delivery.ts';
import type { Delivery, PostRecord } from '../../lib/store/record.ts';
import { startWall, wall } from '../crash/wall.ts';
import { createRecords } from '../../lib/store/records.ts';
import { createRemote } from './branch.ts';
import { approvedPost } from './post.ts';

/** A clock that only a test turns; sleeping takes its real time. */
export function handClock(): Clock & { turn(ms: number): void } {
  let now = Date.parse('2026-11-21T09:00:00Z');
  return {
    now: () => now,
    sleep: (ms, signal) => systemClock.sleep(ms, signal),
    random: (bytes) => systemClock.random(bytes),
    turn: (ms) => void (now += ms),
  };
}

/** Everything a post needs to be published: a real repository, an outbox in it, and two walls. */
export async function setUpPress(deliveries: Delivery[], texts: readonly string[] = ['Hello.']) {
  const remote = await createRemote();
  const files = await remote.files(60_000);
  const records = createRecords(files);
  const server = await startWall();
  const clock = handClock();
  let record = await records.save(approvedPost('fed-cuts', deliveries));
  const walls: Record<string, Platform> = { outbox, wall: wall(false), mute: wall(true) };
  const shelf = keepOutboxIn(files, (path) => `https://desk.example/${path}`);
  const surroundings: Surroundings = {
    fetch: (input, init) => press.fetch(input, init),
    now: () => clock.now(),
    credentials: { WALL: server.url },
    outbox: shelf,
  };
  const account = (name: string): Account => ({ name, platform: name });
  const load = async () => {
    const found = await records.load('fed-cuts');
    if (!found) throw new Error('the record is gone');
    return found;
  };
  const press = {
    remote,
    files,
    clock,
    load,
    connectWall: () => walls.wall!.connect(account('wall'), surroundings),
    /** What is out on the walls. */
    entries: server.entries,
    /** Stands for the network; a test may put another in its place. */
    fetch: globalThis.fetch,
    /** Publishes what is due, with whatever of the context is given instead. */
    async deliver(instead: Partial<Publishing> = {}): Promise<PostRecord> {
      record = await deliverDue(await load(), {
        profile: { accounts: ['outbox', 'wall', 'mute'].map(account) },
        outgoing: () => Promise.resolve({ parts: texts.map((text) => ({ text, media: [] })) }),
        platform: (name) => walls[name] ?? outbox,
        connect: ({ name }) => (walls[name] ?? outbox).connect(account(name), surroundings),
        files,
        records: { load, save: (changed) => records.save(changed) },
        confirm: () => Promise.resolve({ ok: true }),
        clock,
        holder: 'press',
        log: { info: () => undefined, warn: () => undefined },
        timing: { claim: 60_000, grace: 1000 },
        ...instead,
      });
      return record;
    },
    /** Changes the record as a person or another part of the desk does. */
    change: async (edit: (record: PostRecord) => PostRecord): Promise<PostRecord> =>
      records.save(edit(await load())),
    /** `/pulse retry` for all of them. */
    retry: () =>
      press.change((record) => ({
        ...record,
        deliveries: record.deliveries.map((each) =>
          transition(each, { type: 'retried' }, clock.now()),
        ),
      })),
    async claim(target: string, attempt: number): Promise<Claim | undefined> {
      const content = await files.read(`claims/fed-cuts.${target}-${String(attempt)}.json`);
      return content === undefined ? undefined : (JSON.parse(content) as Claim);
    },
    outbox: () => files.list('outbox'),
    async close() {
      await server.close();
      await remote.remove();
    },
  };
  return press;
}

export type Press = Awaited<ReturnType<typeof setUpPress>>;
