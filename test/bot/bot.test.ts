import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createBot } from '../../bot/bot.ts';
import { createApp } from '../../lib/app.ts';
import { systemClock } from '../../lib/clock.ts';
import { readConfig } from '../../lib/config.ts';
import { createTestDesk, type TestDesk } from '../scenarios/desk.ts';
import { bothTokens, signed } from './signed.ts';
import { silent } from './silent.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await createTestDesk({ PULSE_WINDOW: '2s' });
});
afterAll(() => desk.close());

async function started() {
  const bot = createBot({
    createApp: () => desk.another(),
    settings: { hooks: bothTokens },
    clock: systemClock,
    log: silent,
  });
  onTestFinished(() => bot.stop());
  await bot.start();
  return bot;
}

/** What GitLab would send when somebody did something to the merge request `iid`. */
const mergeRequestEvent = (iid: number, { user = 99, project = desk.sandbox.project.id } = {}) => ({
  object_kind: 'merge_request',
  project: { id: project },
  user: { id: user },
  object_attributes: { iid, action: 'update', source_branch: 'post/x' },
});

describe('the bot', () => {
  it('is ready when GitLab has said who it is', async () => {
    const bot = await started();
    const response = await bot.server.request('/readyz');
    expect(await response.json()).toEqual({ ready: true, machine: desk.app.desk.me.username });
  });

  it("refuses to work with a person's token", async () => {
    const { maintainer } = desk.sandbox.users;
    const config = readConfig({
      GITLAB_URL: desk.sandbox.url,
      GITLAB_PROJECT: desk.sandbox.project.path,
      GITLAB_TOKEN: maintainer.token,
      LOG_LEVEL: 'silent',
    });
    const bot = createBot({
      createApp: () => createApp(config, { fetch: desk.sandbox.fetch as typeof fetch }),
      settings: { hooks: bothTokens },
      clock: systemClock,
      log: silent,
    });
    await expect(bot.start()).rejects.toMatchObject({ code: 'TOKEN_OF_A_PERSON' });
    expect((await bot.server.request('/readyz')).status).toBe(503);
  });

  it('looks where a webhook points, and closes windows with no webhook at all', async () => {
    const post = await desk.drafted('bitcoin halving');
    const bot = await started();
    await expect
      .poll(async () => (await desk.record(post.id)).status, { timeout: 8_000 })
      .toBe('review');

    await desk.app.desk.gitlab.updateMergeRequest(post.mergeRequest, { state: 'close' });
    const response = await bot.server.fetch(signed(mergeRequestEvent(post.mergeRequest)));
    expect([response.status, await response.json()]).toEqual([202, { taken: true }]);
    await bot.idle();
    expect((await desk.record(post.id)).status).toBe('held');
  });

  it('leaves out its own events, other projects, and what it has seen', async () => {
    const bot = await started();
    const answer = async (request: Request) => (await bot.server.fetch(request)).json();
    const own = mergeRequestEvent(1, { user: desk.app.desk.me.id });
    expect(await answer(signed(own))).toEqual({ ignored: 'our own event' });
    const foreign = mergeRequestEvent(1, { project: 4711 });
    expect(await answer(signed(foreign))).toEqual({ ignored: 'another project' });
    expect(await answer(signed({ object_kind: 'wiki_page' }))).toMatchObject({
      ignored: expect.stringContaining('nothing to look at') as string,
    });
    expect(await answer(signed(mergeRequestEvent(1), { id: 'again' }))).toEqual({ taken: true });
    expect(await answer(signed(mergeRequestEvent(1), { id: 'again' }))).toEqual({
      ignored: 'seen before',
    });
  });

  it('answers in less time than a person notices, while it works', async () => {
    const bot = await started();
    const times: number[] = [];
    for (let n = 0; n < 50; n++) {
      const began = performance.now();
      await bot.server.fetch(signed(mergeRequestEvent(1)));
      times.push(performance.now() - began);
    }
    expect(times.toSorted((a, b) => a - b)[25]).toBeLessThan(10);
  });
});
