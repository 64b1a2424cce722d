import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../lib/clock.ts';
import { platforms } from '../../lib/platforms/index.ts';
import { createApiFiles } from '../../lib/store/api.ts';
import type { Files } from '../../lib/store/files.ts';
import type { World } from '../platforms/world.ts';
import { worlds } from '../platforms/worlds.ts';
import { createDeskSandbox } from '../store/sandbox.ts';
import { contentFor, type Fate, rehearse, sure } from './rehearsal.ts';

// What networks do to a delivery in bad weather: nothing is lost, nothing doubled, every state explained.

let desk: Awaited<ReturnType<typeof createDeskSandbox>>;
let files: Files;
beforeAll(async () => {
  desk = await createDeskSandbox();
  files = createApiFiles(desk.gitlab(), 'pulse-state', systemClock);
});
afterAll(() => desk.close());

const minute = 60_000;

describe.each(Object.keys(worlds).filter((name) => name !== 'outbox'))('%s', (name) => {
  const platform = platforms[name]!;
  const tell = async (fate: (world: World) => Fate) => {
    const world = await worlds[name]!();
    try {
      const content = contentFor(platform, world);
      const told = await rehearse(world, files, content, fate(world));
      const where = `${told.story.join('\n')}\n${JSON.stringify(told.delivery)}`;
      const wanted = content.parts.map(({ text }) => text);
      expect(
        told.posts.map(({ text }) => text),
        where,
      ).toEqual(wanted.slice(0, told.posts.length));
      expect(world.problems(), where).toEqual([]);
      return { ...told, world, where, wanted };
    } finally {
      await world.close();
    }
  };

  it('goes out after an hour in which the network could not be reached', async () => {
    const weather: Fate['weather'] = (ms) => (ms < 60 * minute ? 'lose' : 'pass');
    const { delivery, where, world, errors } = await tell(() => ({ weather }));
    const known = errors.every((code) => /^DELIVERY_(BUSY|UNKNOWN)$/.test(code));
    expect(known, where).toBe(true);
    // Where the first request is the one that counts and nobody can be asked, a person decides.
    const fine = sure(world) ? ['published'] : ['published', 'cancelled', 'unknown'];
    expect(fine, where).toContain(delivery.status);
  });

  it('goes out when the network takes posts again, not before it said so', async () => {
    const began = Date.now();
    const { delivery, where, took, world } = await tell((each) => {
      const { until, ...answer } = each.limited!();
      return { weather: (ms) => (began + ms < until ? answer : 'pass') };
    });
    expect(delivery.status, where).toBe('published');
    expect(began + took).toBeGreaterThanOrEqual(world.limited!().until - 5 * minute);
  });

  it.each([500, 502])('is out once after a while of %i', async (status) => {
    const answer = { status, body: '<html>Oops</html>' };
    const weather: Fate['weather'] = (ms) => (ms < 10 * minute ? answer : 'pass');
    const { delivery, where, world } = await tell(() => ({ weather }));
    const fine = sure(world) ? ['published'] : ['published', 'cancelled', 'unknown'];
    expect(fine, where).toContain(delivery.status);
  });

  it('is out once though every answer is lost for a while', async () => {
    let cuts = 0;
    const weather: Fate['weather'] = () => ((cuts += 1) <= 6 ? 'cut' : 'pass');
    const { delivery, where, world } = await tell(() => ({ weather }));
    const fine = sure(world) ? ['published'] : ['published', 'cancelled', 'unknown'];
    expect(fine, where).toContain(delivery.status);
  });

  it('fails with what to do when its credentials are refused', async () => {
    const { delivery, where, posts } = await tell((each) => ({ weather: () => each.refused!() }));
    expect([delivery.status, delivery.error?.code], where).toEqual([
      'failed',
      'CREDENTIALS_REFUSED',
    ]);
    expect(delivery.error?.remedy.length, where).toBeGreaterThan(10);
    expect(posts, where).toEqual([]);
  });
});
