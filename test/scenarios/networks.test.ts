import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askInstances, networksOf, readInstances } from '../../lib/desk/instances.ts';
import { platformNamed } from '../../lib/platforms/index.ts';
import type { Rules } from '../../lib/platforms/platform.ts';
import { discordWorld } from '../platforms/discord/world.ts';
import { mastodonWorld } from '../platforms/mastodon/world.ts';
import { telegramWorld } from '../platforms/telegram/world.ts';
import type { World } from '../platforms/world.ts';
import { createTestDesk, type TestDesk } from './desk.ts';

let desk: TestDesk;
let worlds: Record<'mastodon' | 'discord' | 'telegram', World>;

beforeAll(async () => {
  const [mastodon, discord, telegram] = await Promise.all([
    mastodonWorld(),
    discordWorld(),
    telegramWorld(),
  ]);
  worlds = { mastodon, discord, telegram };
  const all = Object.entries(worlds);
  desk = await createTestDesk(
    Object.assign({}, ...all.map(([, { credentials }]) => credentials)) as Record<string, string>,
  );
  const owner = desk.as('owner');
  const profile = await owner.read('profiles/crypto.yaml', 'main');
  const accounts = all.map(([name, { settings }]) =>
    JSON.stringify({ name, platform: name, ...settings }),
  );
  const content = profile.replace(
    /^accounts:\n/m,
    `accounts:\n${accounts.map((each) => `  - ${each}\n`).join('')}`,
  );
  const actions = [{ action: 'update', file_path: 'profiles/crypto.yaml', content }];
  await owner.commit('main', actions, 'Publish to three networks more');
});
afterAll(async () => {
  await desk.close();
  await Promise.all(Object.values(worlds).map((world) => world.close()));
});

const status = async (id: string) =>
  Object.fromEntries(
    (await desk.record(id)).deliveries.map((delivery) => [delivery.target, delivery.status]),
  );
const count = async () =>
  Object.fromEntries(
    await Promise.all(
      Object.entries(worlds).map(
        async ([name, world]) => [name, (await world.posts()).length] as const,
      ),
    ),
  );
const card = async (mergeRequest: number) =>
  (await desk.as('developer').notes(mergeRequest)).map(({ body }) => body).join('\n');

describe('a post to four accounts', () => {
  it('goes out to those that take it; the others fail or are in doubt by themselves, and people settle them', async () => {
    const { id, mergeRequest } = await desk.inReview('bitcoin everywhere');
    const before = await count();
    worlds.discord.proxy!.fail(() => worlds.discord.refused!());
    worlds.telegram.proxy!.fail((path, method) =>
      worlds.telegram.acts!(path, method) ? 'cut' : 'pass',
    );
    await desk.as('developer').comment(mergeRequest, '/pulse approve');
    await desk.app.reconcile({ mergeRequest });
    expect(await status(id)).toEqual({
      mastodon: 'published',
      discord: 'failed',
      telegram: 'unknown',
      outbox: 'published',
    });
    expect(await desk.as('developer').mergeRequest(mergeRequest)).toMatchObject({
      labels: ['pulse::unknown'],
    });
    const shown = await card(mergeRequest);
    expect(shown).toContain('Discord does not accept our credentials (401)');
    expect(shown).toContain('Nobody can say whether the post is on Telegram');

    worlds.discord.proxy!.fail(() => 'pass');
    worlds.telegram.proxy!.fail(() => 'pass');
    // Again and again: nothing moves before a person has spoken.
    desk.clock.advance(86_400_000);
    await desk.app.reconcile({ mergeRequest });
    expect(await status(id)).toMatchObject({ discord: 'failed', telegram: 'unknown' });

    await desk.as('developer').comment(mergeRequest, '/pulse retry discord');
    await desk.as('developer').comment(mergeRequest, '/pulse skip telegram');
    await desk.app.reconcile({ mergeRequest });
    expect(await status(id)).toEqual({
      mastodon: 'published',
      discord: 'published',
      telegram: 'cancelled',
      outbox: 'published',
    });
    const after = await count();
    const more = Object.keys(after).map((name) => after[name]! - before[name]!);
    expect(more).toEqual([1, 1, 1]);
  });

  it('leaves in the state what was used of the limits, for the job that comes next', async () => {
    const limits = JSON.parse((await desk.app.desk.files.read('limits.json')) ?? '{}') as {
      accounts: Record<string, { windows: Record<string, { used: number }> }>;
    };
    expect(Object.keys(limits.accounts).sort()).toEqual(['discord', 'mastodon', 'telegram']);
    for (const { windows } of Object.values(limits.accounts))
      expect(Object.values(windows).some(({ used }) => used > 0)).toBe(true);
  });
});

it('what an instance takes is asked once a day, and a post is checked and shown by it', async () => {
  const { desk: inner } = desk.app;
  const asked = await askInstances(inner, await inner.profiles());
  expect(asked).toBeGreaterThan(0);
  expect(await askInstances(inner, await inner.profiles())).toBe(0);
  const kept = JSON.parse((await inner.files.read('instances.json')) ?? '{}') as Record<
    string,
    { at: number; rules: Rules }
  >;
  const { characters } = kept.mastodon!.rules;
  expect(characters).toBeGreaterThan(0);
  // Another instance, more generous than most.
  const generous = { ...kept, mastodon: { at: desk.clock.now(), rules: { characters: 5000 } } };
  const content = JSON.stringify(generous);
  await inner.files.commit([{ action: 'update', path: 'instances.json', content }], 'Generous');
  const networks = async () =>
    networksOf({ ...inner, instances: () => readInstances(inner.files) }, [
      { name: 'mastodon', platform: 'mastodon' },
    ]);
  const { mastodon } = await networks();
  expect(mastodon?.measure?.('x'.repeat(4000))).toMatchObject({ limit: 5000, fits: true });
  expect(platformNamed('mastodon').measure?.('x'.repeat(4000)).fits).toBe(false);
});
