import { afterEach, describe, expect, it } from 'vitest';
import { createBot, type Bot } from '../../bot/bot.ts';
import type { PostRecord } from '../../lib/store/record.ts';
import { createTestDesk, type TestDesk } from './desk.ts';
import { silent } from '../bot/silent.ts';

/** How webhooks reach three bots. Every choice comes from `random`, so that a run can be repeated. */
interface Weather {
  copies: number;
  /** Share of webhooks that never arrive. */
  lost: number;
  shuffled: boolean;
}

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** A desk whose webhooks go through the weather to three bots. */
async function stormyDesk(weather: Weather, seed: number) {
  const random = seeded(seed);
  const bots: Bot[] = [];
  let held: Request[] = [];
  const desk = await createTestDesk({}, (request) => {
    for (let n = 0; n < weather.copies; n += 1) held.push(request.clone());
    return Promise.resolve(new Response(null, { status: 202 }));
  });
  open.push(() => desk.close());
  for (let n = 0; n < 3; n += 1) {
    const bot = createBot({
      createApp: () => desk.another(),
      settings: { hooks: desk.hooks },
      clock: desk.clock,
      log: silent,
    });
    await bot.start();
    bots.push(bot);
    open.push(() => bot.stop());
  }
  /** Lets everything that waits fall on the bots, three sweeps at the same time, until nothing moves. */
  const rain = async () => {
    for (let round = 0; round < 6; round += 1) {
      await desk.sandbox.idle();
      const falling = held.filter(() => random() >= weather.lost);
      held = [];
      if (weather.shuffled) falling.sort(() => random() - 0.5);
      await Promise.all([
        ...falling.map((request) => {
          const bot = bots[Math.floor(random() * bots.length)] ?? bots[0];
          return bot?.server.fetch(request);
        }),
        desk.app.sweep(),
        desk.app.sweep(),
      ]);
      await Promise.all(bots.map((bot) => bot.idle()));
    }
  };
  return { desk, rain };
}

/** What people see in the end, without ids and times. */
async function fingerprint(desk: TestDesk, record: PostRecord) {
  const reviewer = desk.as('reviewer');
  const notes = (await reviewer.notes(record.mergeRequest ?? 0)).filter(({ system }) => !system);
  const mark = /<!-- pulse:(\w+)/;
  return {
    status: record.status,
    revisions: record.revisions.map(({ n, by, hash }) => ({ n, by: by === 'machine', hash })),
    requests: record.requests.map(({ text, status }) => `${text}: ${status}`).sort(),
    deliveries: record.deliveries.map(({ target, status, attempt }) => ({
      target,
      status,
      attempt,
    })),
    notes: notes.map(({ body }) => mark.exec(body)?.[1] ?? body).sort(),
    issue: (await reviewer.issue(record.issue ?? 0)).state,
    labels: (await reviewer.issue(record.issue ?? 0)).labels,
    mergeRequest: (await reviewer.mergeRequest(record.mergeRequest ?? 0)).state,
    issues: (await reviewer.call<unknown[]>('GET', '/issues?state=all')).length,
    mergeRequests: (await reviewer.call<unknown[]>('GET', '/merge_requests?state=all')).length,
    outbox: (await desk.outbox()).length,
  };
}

/** The same life in any weather: refined twice, reviewed, approved in three ways at once, published. */
async function live(weather: Weather, seed: number) {
  const { desk, rain } = await stormyDesk(weather, seed);
  const { id, mergeRequest, issue } = await desk.drafted('bitcoin storm');
  const developer = desk.as('developer');
  await developer.comment(mergeRequest, '/pulse refine shorter');
  await rain();
  await developer.comment(mergeRequest, '/pulse use b\n/pulse help');
  await rain();
  desk.clock.advance(3 * 3_600_000);
  await rain();
  await developer.comment(mergeRequest, '/pulse approve');
  await developer.labelIssue(issue, 'pulse::approved');
  await rain();
  return fingerprint(desk, await desk.record(id));
}

describe('three bots and sweeps at once', () => {
  it('come to the same end in any weather, with one effect each', async () => {
    const calm = await live({ copies: 1, lost: 0, shuffled: false }, 1);
    expect(calm).toMatchObject({
      status: 'approved',
      deliveries: [{ status: 'published', attempt: 1 }],
      outbox: 1,
      issues: 1,
      mergeRequests: 1,
    });
    const storms: [Weather, number][] = [
      [{ copies: 100, lost: 0, shuffled: false }, 2],
      [{ copies: 1, lost: 0.5, shuffled: true }, 3],
      [{ copies: 5, lost: 0.3, shuffled: true }, 4],
      [{ copies: 1, lost: 1, shuffled: false }, 5],
    ];
    for (const [weather, seed] of storms) expect(await live(weather, seed)).toEqual(calm);
  }, 120_000);
});
