import PQueue from 'p-queue';
import pRetry from 'p-retry';
import { asPulseError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';

export interface QueueOptions<Hint> {
  work: (hint: Hint) => Promise<unknown>;
  log: Log;
  /** How many are worked on at once. */
  concurrency?: number;
  /** ms to wait before the first look: GitLab sends several events for one click. */
  pause?: number;
  /** ms between two looks at the same thing; doubles while it does not come to rest, up to `longestGap`. */
  gap?: number;
  longestGap?: number;
  /** Most things waiting; what comes then is left to the sweep. */
  limit?: number;
  /** How often a retryable error is tried again, and the first wait in ms, doubled each time. */
  retries?: number;
  retryAfter?: number;
}

interface Job<Hint> {
  hint: Hint;
  state: 'pausing' | 'waiting' | 'running';
  /** Came while it was running: one more look afterwards. */
  again?: Hint;
  /** ms before that look. */
  gap: number;
  timer?: NodeJS.Timeout;
}

export type Queue<Hint> = ReturnType<typeof createQueue<Hint>>;

/**
 * Looks at one thing once at a time. A hint whose `key` already waits is not queued twice; one that comes while its
 * key is being worked runs once more after. An error is tried again when that can help, and never thrown.
 */
export function createQueue<Hint>(options: QueueOptions<Hint>) {
  const { work, log, pause = 50, gap = 250, longestGap = 2_000 } = options;
  const { limit = 10_000, retries = 4 } = options;
  const jobs = new Map<string, Job<Hint>>();
  const pool = new PQueue({ concurrency: options.concurrency ?? 4 });
  const stopping = new AbortController();

  /** One look, tried again while that can help and nobody told us to stop. */
  async function look(key: string, hint: Hint) {
    if (stopping.signal.aborted) {
      await work(hint);
      return;
    }
    let done = false;
    const attempt = async () => {
      await work(hint);
      done = true;
    };
    await pRetry(attempt, {
      retries,
      minTimeout: options.retryAfter ?? 500,
      maxTimeout: 30_000,
      randomize: true,
      signal: stopping.signal,
      shouldRetry: ({ error }) => asPulseError(error).retryable,
      onFailedAttempt: ({ error, retriesLeft }) =>
        log.debug({ err: error, key, retriesLeft }, 'this look failed'),
    }).catch((thrown: unknown) => {
      // Told to stop while the last attempt was on its way: what counts is how that one ended.
      if (!done) throw thrown;
    });
  }

  async function run(key: string, job: Job<Hint>) {
    job.state = 'running';
    try {
      await look(key, job.hint);
    } catch (thrown) {
      log.error({ err: thrown, key }, 'left to the next sweep');
    }
    if (job.again === undefined) return void jobs.delete(key);
    job.hint = job.again;
    delete job.again;
    start(key, job, job.gap);
    job.gap = Math.min(job.gap * 2, longestGap);
  }

  function start(key: string, job: Job<Hint>, ms: number) {
    job.state = 'pausing';
    job.timer = setTimeout(() => enqueue(key, job), stopping.signal.aborted ? 0 : ms);
  }

  function enqueue(key: string, job: Job<Hint>) {
    job.state = 'waiting';
    void pool.add(() => run(key, job));
  }

  return {
    /** Asks for a look; false when there is no room or the queue has been told to stop. */
    add(key: string, hint: Hint): boolean {
      const job = jobs.get(key);
      if (stopping.signal.aborted || (job === undefined && jobs.size >= limit)) return false;
      if (job === undefined) {
        const fresh: Job<Hint> = { hint, state: 'pausing', gap };
        jobs.set(key, fresh);
        start(key, fresh, pause);
      } else if (job.state === 'running') job.again = hint;
      else job.hint = hint;
      return true;
    },

    /** How many things wait or are being worked on. */
    get size() {
      return jobs.size;
    },

    /** Resolves when nothing waits and nothing runs. */
    async idle(): Promise<void> {
      while (jobs.size > 0) {
        await pool.onIdle();
        if (jobs.size > 0) await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },

    /** Takes nothing more, gives up waits between retries, and works off the rest for at most `ms`. */
    async drain(ms: number): Promise<void> {
      stopping.abort(new Error('the bot is stopping'));
      for (const [key, job] of jobs) {
        if (job.state !== 'pausing') continue;
        clearTimeout(job.timer);
        enqueue(key, job);
      }
      const deadline = new Promise((resolve) => setTimeout(resolve, ms).unref());
      await Promise.race([this.idle(), deadline]);
      if (jobs.size > 0) log.warn({ left: jobs.size }, 'stopped before everything was looked at');
    },
  };
}
