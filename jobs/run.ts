import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { App } from '../lib/app.ts';
import { type Config, isDebugging, readConfig } from '../lib/config.ts';
import type { StepName, StepOptions } from '../lib/desk/tick.ts';
import { parseDuration } from '../lib/duration.ts';
import { fail } from '../lib/errors.ts';
import { createGitLab } from '../lib/gitlab/index.ts';
import { written } from '../lib/gitlab/written.ts';
import { beThrifty } from './thrifty.ts';

/** How long `ingest` listens to streams unless `--listen` says otherwise, ms. */
const listenMs = 60_000;

/** Runs one step of the desk as a job. */
export async function runStepJob(name: StepName): Promise<void> {
  await runJob(name, async ({ desk }, options) => {
    const { runStep } = await import('../lib/desk/tick.ts');
    return runStep(desk, name, options);
  });
}

/** Runs whatever is due. */
export async function runTickJob(): Promise<void> {
  await runJob('tick', async ({ desk }, options) => {
    const { tick } = await import('../lib/desk/tick.ts');
    return tick(desk, options);
  });
}

/** Listens to streams alone, for as long as `--for` says; what it hears is in the window for the steps that follow. */
export async function runListenJob(): Promise<void> {
  await runJob('listen', async ({ desk }, options) => {
    const { listenToStreams } = await import('../lib/desk/tick.ts');
    return listenToStreams(desk, options);
  });
}

/**
 * Runs one job: reads the configuration, asks GitLab who we are while the rest of the program loads, calls `work`, logs
 * what it did and sets the exit status, 1 when it throws or a post failed. Errors are printed with what to do.
 */
async function runJob(
  name: string,
  work: (app: App, options: StepOptions) => Promise<object>,
): Promise<void> {
  beThrifty();
  try {
    const config = readConfig();
    const options = readOptions(config);
    const { url, project, token } = config.gitlab;
    const gitlab = createGitLab({ url, project, token: token.reveal() });
    const me = gitlab.me();
    // Awaited below; must not count as unhandled meanwhile.
    me.catch(() => undefined);
    await Promise.race([me, written]);
    const { createApp } = await import('../lib/app.ts');
    const state = existsSync('.git') ? 'git' : 'api';
    const app = await createApp(config, { gitlab, me, state });
    const started = performance.now();
    const outcome = await work(app, options);
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    app.desk.log.info({ job: name, seconds, outcome }, 'done');
    if ('failed' in outcome && outcome.failed !== 0) process.exitCode = 1;
  } catch (error) {
    const { formatError } = await import('../lib/log.ts');
    process.stderr.write(`${formatError(error, isDebugging())}\n`);
    process.exitCode = 1;
  }
}

/** `--input FILE` (repeatable), `--listen 30s`, which the job `listen` calls `--for`. Throws OPTION_INVALID. */
function readOptions(config: Config): StepOptions {
  const values = parseOptions();
  const listen = values.for ?? values.listen;
  const duration = listen === undefined ? listenMs : parseDuration(listen);
  if (Number.isNaN(duration)) {
    const option = values.for === undefined ? '--listen' : '--for';
    const problem = `${option} is "${listen ?? ''}"`;
    throw fail('OPTION_INVALID', { problem, expected: 'a number and one of s, m, h, e.g. 14m' });
  }
  return {
    cacheDir: config.cacheDir,
    inputs: values.input,
    listen: duration,
    ...(config.profile === undefined ? {} : { profile: config.profile }),
    ...shardOf(values),
  };
}

/** `--only feeds:,reddit/` and `--shard 2/4`: the part of the sources to read. Throws OPTION_INVALID. */
function shardOf({ only = '', shard = '1/1' }: { only?: string; shard?: string }) {
  const names = only.split(',').flatMap((name) => name.trim() || []);
  const [, index = 0, of = 0] = (/^(\d{1,3})\/(\d{1,3})$/.exec(shard) ?? []).map(Number);
  if (index < 1 || index > of) {
    const problem = `--shard is "${shard}"`;
    throw fail('OPTION_INVALID', { problem, expected: 'a part and how many there are, e.g. 2/4' });
  }
  if (names.length === 0 && of === 1) return {};
  return { shard: { only: names, index: index - 1, of } };
}

function parseOptions() {
  try {
    return parseArgs({
      options: {
        input: { type: 'string', multiple: true, default: [] },
        listen: { type: 'string' },
        for: { type: 'string' },
        only: { type: 'string' },
        shard: { type: 'string' },
      },
    }).values;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const problem = (why.split('. ')[0] ?? why).replace(/\.$/, '');
    const expected = '--input FILE, --listen 30s, --for 14m, --only feeds: or --shard 2/4';
    throw fail('OPTION_INVALID', { problem, expected }, error);
  }
}
