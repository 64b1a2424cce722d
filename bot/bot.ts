import pRetry from 'p-retry';
import type { App } from '../lib/app.ts';
import type { Clock } from '../lib/clock.ts';
import type { Settings } from '../lib/config.ts';
import { type Hint, locate } from '../lib/desk/locate.ts';
import { serveMedia } from '../lib/desk/serve-media.ts';
import { asPulseError } from '../lib/errors.ts';
import { type HookEvent, readEvent } from '../lib/gitlab/hook-event.ts';
import type { Log } from '../lib/log.ts';
import { createQueue } from './queue.ts';
import { createKnown } from './known.ts';
import { keyOf, route } from './route.ts';
import { createSeen } from './seen.ts';
import { createServer, type Taken } from './server.ts';
import { createSweeper } from './sweeper.ts';
import { createVerify } from './verify.ts';

export interface BotParts {
  /** Asks GitLab who we are; throws what GitLab answers. */
  createApp: () => Promise<App>;
  settings: Pick<Settings, 'hooks'>;
  clock: Clock;
  log: Log;
}

export type Bot = ReturnType<typeof createBot>;

/** How long work that was taken may still run after the bot was told to stop, ms; GitLab runners and Docker give more. */
const drainMs = 8_000;
/** How soon a post that a job has opened is looked at for its window, ms. */
const openedMs = 1_000;

/**
 * The bot without a port: `server.fetch` takes webhooks, `start` learns who we are and begins to sweep, `stop` drains.
 * A hint is first turned into the posts it is about, then each post is looked at by itself; whatever fails there stops
 * neither the others nor the bot.
 */
export function createBot({ createApp, settings, clock, log }: BotParts) {
  let app: App | undefined;
  const seen = createSeen();
  const posts = createQueue<string>({
    log,
    work: async (post) => {
      const due = (await app?.reconcile({ post }))?.nextDue;
      if (due !== undefined) sweeper.by(due);
    },
  });
  const known = createKnown();
  const hints = createQueue<Hint>({
    log,
    pause: 0,
    work: async (hint) => {
      const found = app === undefined ? [] : await locate(app.desk, hint);
      known.learn(hint, found);
      for (const post of found) add(posts, post, post);
    },
  });
  const sweeper = createSweeper({
    clock,
    log,
    sweep: async () => (await app?.sweep()) ?? { reconciled: 0 },
  });

  /** What finds no room is found by a sweep. */
  function add<T>(queue: { add(key: string, hint: T): boolean }, key: string, hint: T) {
    if (!queue.add(key, hint)) sweeper.by(clock.now() + openedMs);
  }

  function look(hint: Hint) {
    const found = known.postsOf(hint);
    if (found === undefined) add(hints, keyOf(hint), hint);
    else for (const post of found) add(posts, post, post);
  }

  function take(headers: Headers, body: Uint8Array, id?: string): Taken {
    // The first sweep after the start finds whatever came before it.
    if (app === undefined) return { ignored: 'the bot is starting' };
    if (id !== undefined && seen.has(id)) return { ignored: 'seen before' };
    const { me, project } = app.desk;
    let event: HookEvent;
    try {
      event = readEvent(headers, body);
    } catch (thrown) {
      log.warn({ err: thrown, id }, 'a signed webhook that cannot be read');
      return 'malformed';
    }
    const routed = route(event, { machine: me.id, project: project.id });
    log.debug({ id, kind: event.kind, ...routed }, 'webhook');
    if ('hint' in routed) {
      look(routed.hint);
      return 'taken';
    }
    if (routed.opened === true) sweeper.by(clock.now() + openedMs);
    if (routed.warning !== undefined) log.warn(routed.warning);
    return { ignored: routed.ignored };
  }

  return {
    server: createServer({
      verify: createVerify(settings.hooks, clock),
      take,
      machine: () => app?.desk.me.username,
      media: async (path, query) => app && serveMedia(app.desk, path, query),
    }),

    /** Waits for GitLab as long as it takes. Throws what waiting cannot mend, e.g. TOKEN_OF_A_PERSON. */
    async start(): Promise<void> {
      app = await pRetry(createApp, {
        retries: Infinity,
        minTimeout: 500,
        maxTimeout: 30_000,
        shouldRetry: ({ error }) => asPulseError(error).retryable,
        onFailedAttempt: ({ error }) => log.warn({ err: error }, 'GitLab is not there yet'),
      });
      log.info({ machine: app.desk.me.username, project: app.desk.project.path }, 'ready');
      void sweeper.start();
    },

    /** Resolves when every webhook that was taken has been worked off. */
    async idle(): Promise<void> {
      await hints.idle();
      await posts.idle();
    },

    /** Takes nothing more and works off what it has, within the time a process is given to stop. */
    async stop(): Promise<void> {
      const sweeping = sweeper.stop();
      await hints.drain(drainMs / 4);
      await posts.drain(drainMs);
      await Promise.race([sweeping, clock.sleep(drainMs / 4)]);
    },
  };
}
