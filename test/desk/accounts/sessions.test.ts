import { afterEach, beforeEach, expect, it } from 'vitest';
import { keepSessions } from '../../../lib/desk/accounts/sessions.ts';
import { createSeal } from '../../../lib/tokens/seal.ts';
import { systemClock } from '../../../lib/clock.ts';
import { createBare } from '../../store/bare.ts';

let bare: Awaited<ReturnType<typeof createBare>>;
beforeEach(async () => {
  bare = await createBare();
});
afterEach(() => bare.close());

/** Sessions as a process of its own keeps them. */
const another = async (token = 'machine-token') =>
  keepSessions(
    await bare.files(),
    createSeal(token, (bytes) => systemClock.random(bytes)),
  );

it('outlive the process, sealed, and account by account', async () => {
  const one = await another();
  const cache = await one.of('bluesky');
  cache.set('session', 'jwt-1');
  (await one.of('crypto_x')).set('me', 'desk');
  await one.flush();
  const stored = await (await bare.files()).read('sessions.json');
  expect(stored).not.toMatch(/jwt-1|desk/);
  const next = await another();
  expect((await next.of('bluesky')).get('session')).toBe('jwt-1');
  expect((await next.of('crypto_x')).get('session')).toBeUndefined();
});

it('of others that were written meanwhile stay', async () => {
  const [one, two] = [await another(), await another()];
  (await one.of('a')).set('k', '1');
  (await two.of('b')).set('k', '2');
  await one.flush();
  await two.flush();
  const next = await another();
  expect([(await next.of('a')).get('k'), (await next.of('b')).get('k')]).toEqual(['1', '2']);
});

it('are written only when they have changed', async () => {
  const one = await another();
  (await one.of('a')).set('k', '1');
  await one.flush();
  const before = (await bare.messages()).length;
  (await one.of('a')).set('k', '1');
  await one.flush();
  expect(await bare.messages()).toHaveLength(before);
});

it('of another machine account, or spoilt ones, are none', async () => {
  const one = await another();
  (await one.of('a')).set('k', '1');
  await one.flush();
  const other = await another('another-token');
  expect((await other.of('a')).get('k')).toBeUndefined();
  (await other.of('a')).set('k', '2');
  await other.flush();
  expect((await (await another('another-token')).of('a')).get('k')).toBe('2');
});

it('are forgotten when somebody else signs in', async () => {
  const one = await another();
  const cache = await one.of('a');
  cache.set('me', 'old');
  await one.flush();
  await one.forget('a');
  await one.flush();
  expect(cache.get('me')).toBeUndefined();
  expect((await (await another()).of('a')).get('me')).toBeUndefined();
});
