import { randomBytes } from 'node:crypto';
import type { Part, Platform } from '../../lib/platforms/platform.ts';
import { deliverDue } from '../../lib/publish/deliver.ts';
import { transition } from '../../lib/publish/delivery.ts';
import { nextDue } from '../../lib/publish/due.ts';
import type { Files } from '../../lib/store/files.ts';
import type { Delivery } from '../../lib/store/record.ts';
import { createRecords } from '../../lib/store/records.ts';
import type { Fault } from '../platforms/proxy.ts';
import type { Posted, World } from '../platforms/world.ts';
import { approvedPost, scheduled } from '../publish/post.ts';
import { testClock } from '../scenarios/desk.ts';

/**
 * What befalls a post on its way. A publisher dies at its n-th step, which is a commit to the state branch or a request
 * to the network, right after the other side has acted and before it hears of it. (To die right before a step leaves
 * the world as it is after the step before.)
 */
export interface Fate {
  /** The step at which each publisher dies, one after another. */
  deaths?: readonly number[];
  /** Happens after each death. */
  between?: () => void;
  /** What happens to a request, `ms` after the beginning, where the publisher does not die of it. */
  weather?: (ms: number, path: string, method: string) => Fault;
}

export interface Rehearsal {
  delivery: Delivery;
  /** What is out at the network. */
  posts: Posted[];
  /** Steps of each publisher, the deadly one last: what it did and where it died. */
  story: string[];
  /** How many publishers died. */
  deaths: number;
  /** How often a person had to say whether a part is out. */
  asked: number;
  /** Codes of the errors that the record named on the way. */
  errors: string[];
  /** ms by the desk's clock. */
  took: number;
}

/** Nothing of it goes on: what a dead process waits for never comes. */
const forever = new Promise<never>(() => undefined);

/**
 * Publishes one post: a publisher for each death, one after another, then one that lives. They share nothing but the
 * state branch and the network. A dead one changes neither any more, as if its process had been killed. Where the
 * machine does not know, a person looks at the network and says what is so. `between` happens after each death.
 */
export async function rehearse(
  world: World,
  state: Files,
  content: { parts: readonly Part[]; title?: string },
  { deaths = [], between, weather }: Fate,
): Promise<Rehearsal> {
  const { platform } = world;
  const clock = testClock();
  const id = `post-${randomBytes(5).toString('hex')}`;
  const story: string[] = [];
  const errors = new Set<string>();
  const began = clock.now();
  const records = createRecords(state);
  await records.save(approvedPost(id, [scheduled('main', platform.name, clock.now())]));
  const load = async () => (await records.load(id))!;
  const account = { name: 'main', platform: platform.name, ...world.settings };

  /** True when it lived to the end. */
  const publish = async (death: number | undefined): Promise<boolean> => {
    const steps: string[] = [];
    const { promise: dead, resolve: die } = Promise.withResolvers<'dead'>();
    const life = { over: false };
    const isDeadly = (step: string) => {
      steps.push(step);
      return steps.length === death;
    };
    const end = () => {
      life.over = true;
      return forever;
    };
    const stuck = () => {
      die('dead');
      return forever;
    };
    const files: Files = {
      read: (path) => (life.over ? stuck() : state.read(path)),
      list: (folder) => (life.over ? stuck() : state.list(folder)),
      async commit(actions, message) {
        if (life.over) return stuck();
        const deadly = isDeadly(message);
        const made = await state.commit(actions, message);
        return deadly ? (die('dead'), end()) : made;
      },
    };
    world.proxy?.fail((path, method): Fault => {
      if (life.over) return 'lose';
      if (!isDeadly(`${method} ${path}`))
        return weather?.(clock.now() - began, path, method) ?? 'pass';
      life.over = true;
      return 'cut';
    });
    const own = createRecords(files);
    const connection = await world.connect();
    const work = async (): Promise<'lived'> => {
      for (let rounds = 0; rounds < 40; rounds += 1) {
        const record = await deliverDue((await own.load(id))!, {
          profile: { accounts: [account] },
          outgoing: () => Promise.resolve(content),
          language: 'en',
          platform: () => platform,
          connect: () => Promise.resolve(connection),
          files,
          records: {
            load: async () => (await own.load(id))!,
            save: (changed) => own.save(changed),
          },
          confirm: () => Promise.resolve({ ok: true }),
          clock,
          holder: 'rehearsal',
          log: { info: () => undefined, warn: () => undefined },
        });
        const code = record.deliveries[0]?.error?.code;
        if (code !== undefined) errors.add(code);
        const next = nextDue(record, () => platform.grace);
        if (next === undefined) return 'lived';
        clock.advance(Math.max(0, next - clock.now()) + 1);
      }
      throw new Error(`it never ends: ${story.join('; ')}; ${steps.join(', ')}`);
    };
    const ended = await Promise.race([work(), dead]);
    world.proxy?.fail(() => 'pass');
    story.push(`${steps.join(', ')}${ended === 'dead' ? ' †' : ''}`);
    return ended === 'lived';
  };

  let died = 0;
  for (const death of deaths) {
    if (await publish(death)) break;
    died += 1;
    between?.();
    // Whoever comes next comes when the claim is over.
    const lasts = platform.lasts?.({ delivery: id, ...content }) ?? 0;
    clock.advance(Math.ceil(Math.max(60_000, lasts)) + platform.grace + 1);
  }
  let asked = 0;
  await publish(undefined);
  for (; (await load()).deliveries[0]?.status === 'unknown'; asked += 1) {
    if (asked > content.parts.length)
      throw new Error(`a person is asked for ever: ${story.join('; ')}`);
    // People take their time.
    clock.advance(90 * 60_000);
    const record = await load();
    const [delivery] = record.deliveries;
    const out = (await world.posts()).length;
    const known = delivery?.receipts.length ?? 0;
    const settle = out >= content.parts.length ? 'skipped' : 'retried';
    // Whoever says "try again" says that the part in doubt is not out.
    if (settle === 'retried' && out > known) break;
    await records.save({
      ...record,
      deliveries: [transition(delivery!, { type: settle }, clock.now())],
    });
    await publish(undefined);
  }
  const [delivery] = (await load()).deliveries;
  const posts = await world.posts();
  const took = clock.now() - began;
  return { delivery: delivery!, posts, story, deaths: died, asked, errors: [...errors], took };
}

/** Whether the network keeps what lets us know; where it does not, a person is asked and no machine tries again. */
export const sure = (world: World): boolean => world.missing === 'absent' || world.platform.keyed;

/** What the network can take that has the most steps: a thread or comments, a file where it takes files. */
export function contentFor(platform: Platform, world: World): { parts: Part[]; title?: string } {
  const texts = ['First of three.', 'Second of three.', 'Third of three.'];
  const most = platform.parts === undefined ? 1 : (platform.parts.most ?? 3);
  const parts = texts.slice(0, most).map((text, index): Part => ({
    text,
    media: index === 0 && platform.media ? [world.image] : [],
  }));
  return { parts, ...(platform.headline && { title: 'A headline' }) };
}
