import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { serve } from '@hono/node-server';
import { createBot } from '../../bot/bot.ts';
import { type App, createApp } from '../../lib/app.ts';
import { systemClock } from '../../lib/clock.ts';
import { environmentWith, readConfig } from '../../lib/config.ts';
import { applyDesk, readSecrets } from '../../lib/desk/setup/index.ts';
import { createGitLab } from '../../lib/gitlab/index.ts';
import { createLog } from '../../lib/log.ts';
import type { PostRecord } from '../../lib/store/record.ts';
import { createSandbox, type Sandbox } from '../index.ts';
import type { StartOptions } from './options.ts';
import type { Progress } from './progress.ts';
import { seedFolder } from './seed.ts';

/** A desk with its bot running. */
export interface OpenDesk {
  app: App;
  /** Address of the board. */
  url: string;
  /** Where everything is kept. */
  folder: string;
  /** Approves a revision as the sandbox's reviewer, through GitLab's API. */
  approve(record: PostRecord, revision: number): Promise<void>;
  close(): Promise<void>;
}

/** Starts the sandbox, makes its project a desk with the command every desk is made with, and starts the bot. */
export async function openDesk(options: StartOptions, progress: Progress): Promise<OpenDesk> {
  const folder = resolve(options.folder);
  if (options.fresh) await rm(folder, { recursive: true, force: true });
  const sandbox = await progress.stage(
    'sandbox',
    async () =>
      createSandbox({
        folder: join(folder, 'sandbox'),
        seed: await seedFolder(resolve('.'), join(folder, 'seed')),
      }),
    ({ project }) => `a stand-in for GitLab with the project ${project.path}`,
  );
  const served = await listen(sandbox, options.port);
  return progress
    .stage(
      'desk',
      () => equip(sandbox, options),
      () => 'machine account, labels, board, branches and hook are in place; the bot runs',
    )
    .then(({ app, stopBot }) => ({
      app,
      url: served.url,
      folder,
      approve: (record, revision) => approve(sandbox, record, revision),
      async close() {
        await stopBot();
        await served.close();
        await sandbox.close();
      },
    }));
}

/** The port asked for, or any that is free when it is taken. */
async function listen(sandbox: Sandbox, port: number) {
  try {
    return await sandbox.listen(port);
  } catch (error) {
    if ((error as { code?: string }).code !== 'EADDRINUSE') throw error;
    return sandbox.listen(0);
  }
}

async function equip(sandbox: Sandbox, options: StartOptions) {
  const where = { url: sandbox.url, project: sandbox.project.path };
  const port = await new Promise<{ hook: string; use(fetch: Fetch): void; close(): void }>(
    (ready) => {
      let answer: Fetch = () => new Response('starting', { status: 503 });
      const server = serve(
        { fetch: (request) => answer(request), hostname: '127.0.0.1', port: 0 },
        (address) =>
          ready({
            hook: `http://127.0.0.1:${address.port}/hooks`,
            use: (fetch) => (answer = fetch),
            close: () => server.close(),
          }),
      );
    },
  );
  const deps = {
    ...where,
    token: sandbox.users.owner.token,
    fetch: globalThis.fetch,
    clock: systemClock,
    hookUrl: port.hook,
  };
  await applyDesk(deps);
  const config = readConfig(
    environmentWith({
      GITLAB_URL: sandbox.url,
      GITLAB_PROJECT: sandbox.project.path,
      ...(await readSecrets(deps)),
      PULSE_WINDOW: `${options.window}ms`,
      LOG_LEVEL: 'error',
    }),
  );
  const log = createLog(config);
  const app = await createApp(config, { log });
  const bot = createBot({
    createApp: () => Promise.resolve(app),
    settings: config,
    clock: systemClock,
    log,
  });
  port.use(bot.server.fetch);
  await bot.start();
  return {
    app,
    stopBot: async () => {
      await bot.stop();
      port.close();
    },
  };
}

type Fetch = (request: Request) => Response | Promise<Response>;

async function approve(sandbox: Sandbox, record: PostRecord, revision: number): Promise<void> {
  const { url, project, users } = sandbox;
  const reviewer = createGitLab({ url, project: project.path, token: users.reviewer.token });
  const thread = { on: 'merge_request' as const, iid: record.mergeRequest ?? 0 };
  await reviewer.addNote(thread, `/pulse approve r${revision}`);
}
