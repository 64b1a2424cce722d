import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Said } from '../../../lib/platforms/meter.ts';
import type { Connection, Surroundings } from '../../../lib/platforms/platform.ts';
import { stage, type Stage } from '../stage.ts';
import { type BlueskyWorld, blueskyWorld } from './world.ts';

describe('a session on Bluesky', () => {
  let world: BlueskyWorld;
  let prepare: Stage['prepare'];
  let kept: Map<string, string>;
  let cache: NonNullable<Surroundings['cache']>;
  beforeAll(async () => {
    world = await blueskyWorld();
    ({ prepare } = stage(world));
  });
  afterAll(() => world.close());
  beforeEach(() => {
    kept = new Map();
    cache = { get: (key) => kept.get(key), set: (key, value) => void kept.set(key, value) };
  });

  const post = (connection: Connection) => {
    const { outgoing, attempt } = prepare('Words.');
    return connection.publish!(outgoing, 0, attempt());
  };
  const asked = (method: string) =>
    world.proxy!.seen.filter((path) => path.endsWith(method)).length;
  /** How often a method was asked while something was done. */
  const during = async (work: () => Promise<unknown>) => {
    const methods = ['createSession', 'refreshSession', 'putRecord'];
    const before = methods.map(asked);
    await work();
    return methods.map((method, index) => asked(method) - (before[index] ?? 0));
  };
  const change = (how: (session: Record<string, unknown>) => void) => {
    for (const [key, value] of kept) {
      const session = JSON.parse(value) as Record<string, unknown>;
      how(session);
      kept.set(key, JSON.stringify(session));
    }
  };

  it('is begun once for one connection', async () => {
    const connection = await world.connectWith({});
    expect(await during(() => Promise.all([post(connection), post(connection)]))).toEqual([
      1, 0, 2,
    ]);
  });

  it('is begun once for all connections that share a cache', async () => {
    const counts = await during(async () => {
      for (let time = 0; time < 3; time++) await post(await world.connectWith({ cache }));
    });
    expect(counts).toEqual([1, 0, 3]);
    expect([...kept.values()].join('')).not.toContain(world.account.password);
  });

  it('is renewed when its token has ended, and the new one is kept', async () => {
    await post(await world.connectWith({ cache }));
    change((session) => (session.accessJwt = world.server.expired(String(session.accessJwt))));
    expect(await during(async () => post(await world.connectWith({ cache })))).toEqual([0, 1, 2]);
    expect(await during(async () => post(await world.connectWith({ cache })))).toEqual([0, 0, 1]);
  });

  it('is begun anew when it cannot be renewed, or what was kept is nonsense', async () => {
    await post(await world.connectWith({ cache }));
    change((session) => {
      session.accessJwt = world.server.expired(String(session.accessJwt));
      session.refreshJwt = 'revoked';
    });
    expect(await during(async () => post(await world.connectWith({ cache })))).toEqual([1, 1, 2]);
    for (const key of kept.keys()) kept.set(key, '{"did": 1');
    expect(await during(async () => post(await world.connectWith({ cache })))).toEqual([1, 0, 1]);
  });

  it('is refused for a wrong password by the server itself', async () => {
    const credentials = { ...world.credentials, BLUESKY_PASSWORD: 'not the password' };
    const posting = post(await world.connectWith({ credentials }));
    await expect(posting).rejects.toMatchObject({ code: 'CREDENTIALS_REFUSED' });
  });

  it('counts what it asks for, the signing in too', async () => {
    const spent: string[] = [];
    const learned: [string, Said][] = [];
    const meter = {
      spend: (operation: string) => void spent.push(operation),
      learn: (operation: string, said: Said) => void learned.push([operation, said]),
    };
    await post(await world.connectWith({ meter }));
    expect(spent).toEqual(['session', 'publish']);
    expect(learned.map(([operation, { status }]) => [operation, status])).toEqual([
      ['session', 200],
      ['publish', 200],
    ]);
    const { until: reset, status, headers = {}, body } = world.limited!();
    world.proxy!.fail(() => ({ status, headers, body }));
    await expect(post(await world.connectWith({ meter }))).rejects.toThrow();
    world.proxy!.fail(() => 'pass');
    expect(learned.at(-1)).toEqual(['session', { status: 429, limit: 30, remaining: 0, reset }]);
  });
});
