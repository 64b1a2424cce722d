import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../lib/clock.ts';
import type { Files } from '../../lib/store/files.ts';
import { createLock } from '../../lib/tokens/lock.ts';
import { createBare } from '../store/bare.ts';

let bare: Awaited<ReturnType<typeof createBare>>;
let ahead = 0;
const clock = { ...systemClock, now: () => Date.now() + ahead };
beforeEach(async () => {
  ahead = 0;
  bare = await createBare();
});
afterEach(() => bare.close());

const lockOver = (files: Files) =>
  createLock(files, 'tokens/x', z.string(), { clock, holder: 'test', lasts: 60_000 });
/** The lock as a process with a clone of its own sees it. */
const another = async () => lockOver(await bare.files());

it('is held by one of any number who want it', async () => {
  const locks = await Promise.all([another(), another(), another(), another()]);
  for (let round = 1; round <= 3; round += 1) {
    const leases = await Promise.all(locks.map((lock) => lock.take()));
    const won = leases.filter((lease) => lease !== undefined);
    expect(won).toHaveLength(1);
    expect(await won[0]?.release(`round ${String(round)}`)).toBe(true);
  }
  const files = await bare.files();
  expect(await files.list('tokens')).toEqual(['tokens/x/0.json', 'tokens/x/3.json']);
});

it('hands its note on, also past a holder that died', async () => {
  const [one, two] = [await another(), await another()];
  await (await one.take())?.release('said');
  expect((await two.take())?.note).toBe('said');
  expect(await one.take()).toBeUndefined();
  ahead += 61_000;
  const lease = await one.take();
  expect(lease?.note).toBe('said');
  expect(await two.peek()).toBe('said');
});

it('is not given back by who lost it', async () => {
  const [one, two] = [await another(), await another()];
  const late = await one.take();
  ahead += 61_000;
  const lease = await two.take();
  expect(await late?.release('too late')).toBe(false);
  expect(await two.take()).toBeUndefined();
  expect(await lease?.release('in time')).toBe(true);
  expect(await one.peek()).toBe('in time');
});

it('is not taken by who looked long ago, whatever has happened since', async () => {
  const files = await bare.files();
  // What a slow process saw before others took and released the lock.
  const stale = async (paths: readonly string[]): Promise<Files> => {
    const seen = await Promise.all(paths.map((path) => files.read(path)));
    return {
      ...files,
      list: () => Promise.resolve(paths),
      read: (path) => Promise.resolve(seen[paths.indexOf(path)]),
    };
  };
  const lock = lockOver(files);
  const nothing = await stale([]);
  await (await lock.take())?.release('a');
  const first = await stale(['tokens/x/0.json', 'tokens/x/1.json']);
  await (await lock.take())?.release('b');
  await (await lock.take())?.release('c');
  const held = await lock.take();
  expect(await lockOver(nothing).take()).toBeUndefined();
  expect(await lockOver(first).take()).toBeUndefined();
  expect(await held?.release('d')).toBe(true);
});

it('that somebody spoilt by hand is taken as one that is over', async () => {
  const files = await bare.files();
  const lock = lockOver(files);
  await lock.take();
  await files.commit([{ action: 'update', path: 'tokens/x/1.json', content: '{{' }], 'Spoil');
  expect(await lock.take()).toMatchObject({ note: undefined });
});
