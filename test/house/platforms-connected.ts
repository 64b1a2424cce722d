import type { z } from 'zod';
import type { Connection, Platform } from '../../lib/platforms/platform.ts';

/** Everything an account can do with any of the sets of variables that are enough to connect. */
export async function connected(platform: Platform): Promise<ReadonlySet<keyof Connection>> {
  const sets = [platform.credentials, ...(platform.needs ?? [])];
  const connections = await Promise.all(sets.map((names) => connectDummy(platform, names)));
  return new Set(connections.flatMap((each) => Object.keys(each) as (keyof Connection)[]));
}

async function connectDummy(platform: Platform, names: readonly string[]): Promise<Connection> {
  const account = { name: 'dummy', platform: platform.name, ...dummySettings(platform) };
  const mine = names.filter((name) => !name.endsWith('_API'));
  return platform.connect(account, {
    fetch: () => Promise.reject(new Error(`${platform.name} asks something when it connects`)),
    now: () => 0,
    credentials: Object.fromEntries(mine.map((name) => [name, dummyFor(name)])),
    ...(platform.oauth && {
      tokens: { access: () => Promise.resolve('dummy'), refused: () => undefined },
    }),
    outbox: {
      put: () => Promise.resolve(true),
      get: () => Promise.resolve(undefined),
      url: String,
    },
  });
}

function dummyFor(name: string): string {
  if (/_SERV(ER|ICE)$/.test(name)) return 'https://example.com';
  if (name.endsWith('_WEBHOOK'))
    return 'https://example.com/api/webhooks/1234567890123456789/dummy';
  return '1234567:dummy';
}

function dummySettings({ settings }: Platform): Record<string, unknown> {
  const candidates = [
    '1234567890123456789',
    'dummy',
    '@dummy_name',
    'https://example.com',
    1,
    true,
  ];
  const shape = (settings?.shape ?? {}) as Record<string, z.ZodType>;
  return Object.fromEntries(
    Object.entries(shape).flatMap(([name, schema]) => {
      const found = candidates.find((each) => schema.safeParse(each).success);
      return schema.safeParse(undefined).success || found === undefined ? [] : [[name, found]];
    }),
  );
}
