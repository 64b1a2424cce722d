import { z } from 'zod';
import type { Surroundings } from '../../platforms/platform.ts';
import type { Files } from '../../store/files.ts';
import { openJson } from '../../store/json.ts';
import type { Seal } from '../../tokens/seal.ts';

type Cache = NonNullable<Surroundings['cache']>;

const sealedSchema = z.record(z.string(), z.string());
type Sealed = z.infer<typeof sealedSchema>;
const openSchema = z.record(z.string(), z.string());

/** What adapters keep between connections, sealed on the state branch: a job that starts anew need not sign in anew. */
export interface SessionKeeper {
  /** What one account keeps. */
  of(account: string): Promise<Cache>;
  /** Nothing of it is kept any more, e.g. when somebody else signs in. */
  forget(account: string): Promise<void>;
  /** Writes what has changed; nothing when nothing has. Throws what the store throws. */
  flush(): Promise<void>;
}

/** One sealed entry an account, in `sessions.json`. One that cannot be opened is forgotten: signing in anew mends it. */
export function keepSessions(files: Files, seal: Seal): SessionKeeper {
  const path = 'sessions.json';
  const read = () => openJson<Sealed>(files, path, sealedSchema, {});
  const aboutOf = (account: string) => `sessions of ${account}`;
  const caches = new Map<string, Promise<Record<string, string>>>();
  const changed = new Set<string>();
  let first: Promise<Sealed> | undefined;

  const load = async (account: string) => {
    const sealed = (await (first ??= read().then(({ data }) => data)))[account];
    const text = sealed === undefined ? undefined : seal.open(sealed, aboutOf(account));
    try {
      return openSchema.parse(JSON.parse(text ?? '{}'));
    } catch {
      return {};
    }
  };

  return {
    async of(account) {
      let cache = caches.get(account);
      if (cache === undefined) caches.set(account, (cache = load(account)));
      const kept = await cache;
      return {
        get: (key) => kept[key],
        set: (key, value) => {
          if (kept[key] === value) return;
          kept[key] = value;
          changed.add(account);
        },
      };
    },
    async forget(account) {
      const kept = await (caches.get(account) ?? load(account));
      if (Object.keys(kept).length > 0) changed.add(account);
      for (const key of Object.keys(kept)) Reflect.deleteProperty(kept, key);
      caches.set(account, Promise.resolve(kept));
    },
    async flush() {
      if (changed.size === 0) return;
      const accounts = [...changed];
      const stored = await read();
      const next = { ...stored.data };
      for (const account of accounts) {
        const kept = JSON.stringify(await caches.get(account));
        next[account] = seal.close(kept, aboutOf(account));
      }
      changed.clear();
      try {
        await stored.write(next);
      } catch (error) {
        for (const account of accounts) changed.add(account);
        throw error;
      }
    },
  };
}
