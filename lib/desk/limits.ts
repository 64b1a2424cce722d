import type { Clock } from '../clock.ts';
import { mergeLimits } from '../limits/merge.ts';
import { createMeter } from '../limits/meter.ts';
import { type Limits, limitsSchema, noLimits } from '../limits/state.ts';
import type { Platform } from '../platforms/platform.ts';
import type { Meter } from '../platforms/meter.ts';
import type { Files } from '../store/files.ts';
import { openJson } from '../store/json.ts';
import type { Desk } from './context.ts';

/** What every account has left of its limits, kept on the state branch so that the next job knows. */
export interface LimitKeeper {
  /** The meter of an account, by its identity; `network` is what shares its breaker. */
  meter(platform: Platform, account: string, network: string): Promise<Meter>;
  /** As known now. */
  known(): Promise<Limits>;
  /** Writes what has changed, together with what others wrote meanwhile. Writes nothing when nothing has. */
  flush(): Promise<void>;
}

/** `budget` is in US dollars a day for each account. The file is read when an account with limits is first used. */
export function keepLimits(files: Files, clock: Pick<Clock, 'now'>, budget: number): LimitKeeper {
  const path = 'limits.json';
  const open = () => openJson<Limits>(files, path, limitsSchema, noLimits);
  const state = { changed: false, base: noLimits };
  let limits: Promise<Limits> | undefined;
  const known = () =>
    (limits ??= open().then(({ data }) => {
      state.base = structuredClone(data);
      return structuredClone(data);
    }));
  return {
    known,
    async meter(platform, account, network) {
      const metered = {
        account,
        network,
        title: platform.title,
        allowances: platform.limits ?? {},
        budget,
      };
      return createMeter(
        metered,
        await known(),
        () => clock.now(),
        () => (state.changed = true),
      );
    },
    async flush() {
      if (!state.changed || limits === undefined) return;
      const ours = await limits;
      const stored = await open();
      state.changed = false;
      const counted = structuredClone(ours);
      const merged = mergeLimits(state.base, counted, stored.data, clock.now());
      try {
        await stored.write(merged);
      } catch (error) {
        state.changed = true;
        throw error;
      }
      state.base = structuredClone(merged);
      // The meters hold on to the object they were given, and may have counted on meanwhile.
      Object.assign(ours, mergeLimits(counted, ours, merged, clock.now()));
    },
  };
}

/** What was used of limits and which sessions are open is worth keeping, and not worth failing for. */
export async function keepCount({
  limits,
  sessions,
  log,
}: Pick<Desk, 'limits' | 'sessions' | 'log'>): Promise<void> {
  try {
    await limits.flush();
    await sessions.flush();
  } catch (error) {
    log.warn({ err: error }, 'limits and sessions are not written down yet');
  }
}
