import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../lib/clock.ts';
import { platforms } from '../../lib/platforms/index.ts';
import { createApiFiles } from '../../lib/store/api.ts';
import type { Files } from '../../lib/store/files.ts';
import { worlds } from '../platforms/worlds.ts';
import { createDeskSandbox } from '../store/sandbox.ts';
import { contentFor, rehearse, sure } from './rehearsal.ts';

// The whole of publishing over GitLab's API, as the bot does it, to every network: the publisher dies at every step.
// The suites beside this one kill real processes over git.

let desk: Awaited<ReturnType<typeof createDeskSandbox>>;
let files: Files;
beforeAll(async () => {
  desk = await createDeskSandbox();
  files = createApiFiles(desk.gitlab(), 'pulse-state', systemClock);
});
afterAll(() => desk.close());

/** Networks that keep a key for a while only. */
const forgetful = new Set<string>();
for (const [name, build] of Object.entries(worlds)) {
  const world = await build();
  if (world.forget) forgetful.add(name);
  await world.close();
}

describe.each(Object.keys(worlds))('%s', (name) => {
  const platform = platforms[name]!;
  /** One story in a world of its own. */
  const tell = async (deaths: readonly number[], forgetful = false) => {
    const world = await worlds[name]!();
    try {
      const content = contentFor(platform, world);
      const forget = () => (forgetful ? world.forget?.() : undefined);
      const told = await rehearse(world, files, content, { deaths, between: forget });
      const where = `${told.story.join('\n')}\n${JSON.stringify(told.delivery)}`;
      const texts = told.posts.map(({ text }) => text);
      const wanted = content.parts.map(({ text }) => text);
      // Never twice, never out of order, whatever becomes of it.
      expect(texts, where).toEqual(wanted.slice(0, texts.length));
      const { status, receipts, error } = told.delivery;
      if (status === 'published') {
        expect(texts, where).toEqual(wanted);
        expect(
          receipts.map(({ id }) => id),
          where,
        ).toEqual(told.posts.map(({ id }) => id));
      } else if (status === 'cancelled') expect(texts, where).toEqual(wanted);
      else expect([status, error?.code], where).toEqual(['unknown', 'DELIVERY_UNKNOWN']);
      if (sure(world)) expect([status, told.asked], where).toEqual(['published', 0]);
      expect(world.problems(), where).toEqual([]);
      return told;
    } finally {
      await world.close();
    }
  };

  it('is out once, wherever its publisher dies', async () => {
    for (let at = 1; ; at += 1) {
      if ((await tell([at])).deaths > 0) continue;
      // Claim, intent, receipt at the least, and requests.
      expect(at).toBeGreaterThan(3);
      return;
    }
  });

  it('is out once, though those who come after it die too', async () => {
    for (const deaths of [
      [3, 4, 5],
      [5, 2, 3],
      [4, 1, 6],
      [6, 3, 1],
    ])
      await tell(deaths);
  });

  if (forgetful.has(name))
    it('is out once, though the network has forgotten the key meanwhile', async () => {
      for (let at = 3; at < 12; at += 1) await tell([at], true);
    });
});
