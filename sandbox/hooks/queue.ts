import type { Clock } from '../../lib/clock.ts';
import type { Delivery, Hook } from '../model-hooks.ts';
import { headersOf } from './sign.ts';

/** GitLab waits this long for an answer, ms. */
const patience = 10_000;
/** So many failures in a row disable a hook for a minute, then longer; so many for good. */
const tolerated = 4;
const hopeless = 40;
const shortest = 60_000;
const longest = 24 * 3_600_000;
/** Deliveries kept for each hook. */
const kept = 50;

export interface OutboundOptions {
  clock: Clock;
  send: (request: Request) => Promise<Response>;
  /** Waits before a failed delivery is sent again, ms. */
  retries: readonly number[];
  instance: () => string;
  changed: () => void;
}
export type Outbound = ReturnType<typeof createOutbound>;

export const isDisabled = (hook: Hook, now: number) =>
  hook.failures >= hopeless || (hook.disabledUntil !== undefined && hook.disabledUntil > now);

/** `executable`, `temporarily_disabled` or `disabled`, as GitLab's alert_status. */
export function alertOf(hook: Hook, now: number): string {
  if (hook.failures >= hopeless) return 'disabled';
  return isDisabled(hook, now) ? 'temporarily_disabled' : 'executable';
}

/** Sends deliveries in the background: one after the other for each hook, failed ones again a little later. */
export function createOutbound(options: OutboundOptions) {
  const { clock, send, retries } = options;
  const queues = new Map<Hook, Promise<void>>();
  const running = new Set<Promise<void>>();
  const stop = new AbortController();

  const track = (work: Promise<void>) => {
    const done = work
      .catch((error: unknown) => {
        if (!stop.signal.aborted)
          process.stderr.write(`sandbox: a hook failed: ${String(error)}\n`);
      })
      .finally(() => running.delete(done));
    running.add(done);
    return done;
  };

  function judge(hook: Hook, good: boolean): void {
    if (good) {
      hook.failures = 0;
      hook.disabledUntil = undefined;
      return;
    }
    hook.failures += 1;
    if (hook.failures < tolerated) return;
    const wait = Math.min(longest, shortest * 2 ** (hook.failures - tolerated));
    hook.disabledUntil = clock.now() + wait;
  }

  /** One request. Whether it may be sent again: no answer, or one that speaks of the receiver's trouble. */
  async function attempt(hook: Hook, delivery: Delivery): Promise<boolean> {
    const started = performance.now();
    let again = true;
    try {
      const request = new Request(hook.url, {
        method: 'POST',
        headers: headersOf(hook, delivery, options.instance(), clock.now()),
        body: delivery.body,
        redirect: 'manual',
        signal: AbortSignal.any([stop.signal, AbortSignal.timeout(patience)]),
      });
      const response = await within(send(request), request.signal);
      delivery.status = String(response.status);
      delivery.answer = (await within(response.text(), request.signal)).slice(0, 2000);
      again = response.status >= 500;
      judge(hook, response.ok);
      return !response.ok && again;
    } catch (error) {
      delivery.status = 'internal error';
      delivery.answer = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      judge(hook, false);
      return true;
    } finally {
      delivery.seconds = (performance.now() - started) / 1000;
      options.changed();
    }
  }

  async function again(hook: Hook, delivery: Delivery): Promise<void> {
    for (const wait of retries) {
      await clock.sleep(wait, stop.signal);
      if (isDisabled(hook, clock.now()) || !(await attempt(hook, delivery))) return;
    }
  }

  const remember = (hook: Hook, delivery: Delivery) => {
    hook.deliveries.push(delivery);
    if (hook.deliveries.length > kept) hook.deliveries.shift();
  };

  return {
    /** Puts a delivery into the hook's queue; dropped, as on GitLab, while the hook is disabled. */
    enqueue(hook: Hook, delivery: Delivery): void {
      const before = queues.get(hook) ?? Promise.resolve();
      const work = before.then(async () => {
        if (stop.signal.aborted || isDisabled(hook, clock.now())) return;
        remember(hook, delivery);
        if (await attempt(hook, delivery)) void track(again(hook, delivery));
      });
      const done = track(work);
      queues.set(hook, done);
      void done.then(() => queues.get(hook) === done && queues.delete(hook));
    },
    /** Sends now and once, whether or not the hook is disabled: a test or a resend. */
    async now(hook: Hook, delivery: Delivery): Promise<Delivery> {
      remember(hook, delivery);
      await attempt(hook, delivery);
      return delivery;
    },
    /** Resolves when nothing is on its way any more. */
    async idle(): Promise<void> {
      while (running.size > 0) await Promise.all(running);
    },
    async close(): Promise<void> {
      stop.abort(new Error('the sandbox closes'));
      await Promise.all(running);
    },
  };
}

/** What `send` answers, or the signal's reason when it comes first: not every sender heeds a signal. */
function within<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () =>
      reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
