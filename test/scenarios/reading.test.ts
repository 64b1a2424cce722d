import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { windowFolder } from '../../lib/desk/steps/folders.ts';
import { ingestSources } from '../../lib/desk/steps/ingest.ts';
import { listenToStreams } from '../../lib/desk/tick.ts';
import { readWindow } from '../../lib/ingest/window.ts';
import { mastodonWorld } from '../platforms/mastodon/world.ts';
import type { World } from '../platforms/world.ts';
import { stage } from '../platforms/stage.ts';
import { createTestDesk, type TestDesk } from './desk.ts';

let desk: TestDesk;
let world: World;
let cacheDir: string;

beforeAll(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), 'cache-'));
  world = await mastodonWorld();
  desk = await createTestDesk(world.credentials);
  const owner = desk.as('owner');
  const content = `name: crypto
title: Crypto
description: What happens to money on computers.
voice: Sober.
topics:
  - { name: bitcoin, about: Bitcoin and its price., keywords: [bitcoin] }
accounts:
  - { name: main, platform: mastodon }
  - { name: outbox, platform: outbox }
sources:
  accounts:
    - { account: main, own: true, mentions: true, search: [bitcoin], listen: true }
    - { account: outbox, mentions: true }
`;
  const actions = [
    { action: 'update', file_path: 'profiles/crypto.yaml', content },
    { action: 'delete', file_path: 'profiles/world-news.yaml' },
  ];
  await owner.commit('main', actions, 'Read with our own account');
});
afterAll(async () => {
  await desk.close();
  await world.close();
  await rm(cacheDir, { recursive: true, force: true });
});

const inWindow = async (folder: string) => {
  const found: string[] = [];
  for await (const item of readWindow(windowFolder(folder), desk.clock.now()))
    if ('text' in item) found.push(item.text);
  return found;
};

it('what an account may read comes into the window once, and a source that cannot be read is named', async () => {
  const { prepare } = stage(world);
  const { outgoing, attempt } = prepare('Bitcoin as we see it.');
  await (
    await world.connect()
  ).publish!(outgoing, 0, attempt());
  const profiles = await desk.app.desk.profiles();
  const read = () => ingestSources(desk.app.desk, profiles, { cacheDir, listen: 300 });
  const first = await read();
  expect(first.down).toEqual([expect.stringContaining('outbox/outbox:mentions')]);
  expect(first.down[0]).toContain('offers no "mentions"');
  const texts = await inWindow(cacheDir);
  expect(texts.filter((text) => text === 'Bitcoin as we see it.')).toHaveLength(1);
  expect((await read()).counts.signals).toBe(0);
});

it('the job that only listens writes a window of its own and keeps the places of the others', async () => {
  const cursors = async () =>
    JSON.parse((await desk.app.desk.files.read('cursors.json')) ?? '{}') as Record<string, object>;
  const before = await cursors();
  const heard = await listenToStreams(desk.app.desk, { cacheDir, listen: 300, inputs: [] });
  expect(heard).toMatchObject({ streams: 1, down: 0 });
  expect(await cursors()).toMatchObject(before);
});
