import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Meter, Said } from '../../../lib/platforms/meter.ts';
import type { Surroundings } from '../../../lib/platforms/platform.ts';
import { x } from '../../../lib/platforms/x/index.ts';
import { image } from '../image.ts';
import { stage, type Stage } from '../stage.ts';
import { keys } from './server.ts';
import { xWorld } from './world.ts';

type XWorld = Awaited<ReturnType<typeof xWorld>>;
let world: XWorld;
let at: Stage;
beforeAll(async () => {
  world = await xWorld();
  at = stage(world);
});
afterEach(() => expect(world.problems()).toEqual([]));
afterAll(() => world.close());

const connect = (more: Partial<Surroundings> = {}) =>
  x.connect(
    { name: 'main', platform: 'x' },
    { fetch, now: Date.now, credentials: world.credentials, ...more },
  );
describe('who speaks', () => {
  it('may be the four keys of OAuth 1.0a, every request signed', async () => {
    const credentials = {
      X_API: world.server.url,
      X_OAUTH1_APP_KEY: keys.appKey,
      X_OAUTH1_APP_SECRET: keys.appSecret,
      X_OAUTH1_TOKEN: keys.token,
      X_OAUTH1_TOKEN_SECRET: keys.tokenSecret,
    };
    const connection = await connect({ credentials });
    const { outgoing, attempt } = at.prepare('Signed (and “quoted”) — 100%!');
    const parts = [{ ...outgoing.parts[0]!, media: [image] }];
    const receipt = await connection.publish!({ ...outgoing, parts }, 0, attempt());
    const found = await connection.find!({ ...outgoing, parts }, 0, attempt().handles, []);
    expect(found).toMatchObject({ id: receipt.id });
    expect('trends' in connection).toBe(false);
  });

  it('is renewed once when X refuses the token', async () => {
    const refused: string[] = [];
    const tokens = {
      access: () => Promise.resolve(refused.length > 0 ? keys.user : 'an old token'),
      refused: (token: string) => void refused.push(token),
    };
    const { outgoing, attempt } = at.prepare('With a new token.');
    await (
      await connect({ tokens })
    ).publish!(outgoing, 0, attempt());
    expect(refused).toEqual(['an old token']);
    expect(await at.sent('With a new token.')).toHaveLength(1);
  });

  it('is asked once who they are, and that is kept', async () => {
    const kept = new Map<string, string>();
    const cache = {
      get: (key: string) => kept.get(key),
      set(key: string, value: string) {
        kept.set(key, value);
      },
    };
    await (
      await connect({ cache })
    ).whoami!();
    const before = world.server.requests.length;
    expect(await (await connect({ cache })).whoami!()).toMatchObject({ name: '@pulse_desk' });
    expect(world.server.requests.length).toBe(before);
  });

  it('must be somebody', async () => {
    await expect(connect({ credentials: {} })).rejects.toMatchObject({
      code: 'CREDENTIALS_MISSING',
    });
    const onlyApp = { X_API: world.server.url, X_BEARER_TOKEN: keys.app };
    const { outgoing, attempt } = at.prepare('By nobody.');
    const sending = (await connect({ credentials: onlyApp })).publish!(outgoing, 0, attempt());
    await expect(sending).rejects.toMatchObject({ code: 'CREDENTIALS_REFUSED' });
  });
});

it('tells the meter what each request cost and what is left', async () => {
  const spent: [string, number | undefined][] = [];
  const learned: [string, Said][] = [];
  const meter: Meter = {
    spend: (operation, price) => void spent.push([operation, price]),
    learn: (operation, said) => void learned.push([operation, said]),
  };
  const connection = await connect({ meter });
  const { outgoing, attempt } = at.prepare('With https://example.com/priced');
  await connection.publish!(outgoing, 0, attempt());
  await connection.find!(outgoing, 0, attempt().handles, []);
  expect(spent).toEqual([
    ['publish', 0.2],
    ['me', undefined],
    ['own', undefined],
  ]);
  expect(learned.map(([operation]) => operation)).toEqual(['publish', 'me', 'own']);
  expect(learned[0]![1]).toMatchObject({ status: 200, limit: 300, remaining: 299 });
  expect(Number(learned[0]![1].reset)).toBeGreaterThan(Date.now());
  expect(Number(learned[2]![1].spent)).toBeGreaterThan(0);
});
