import { type ChildProcess, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import autocannon, { type Result as Load } from 'autocannon';
import { signedHeaders, signingToken } from '../bot/signed.ts';
import type { BenchDesk } from './desk.ts';
import { median, type Result, short } from './result.ts';

const top = resolve(import.meta.dirname, '../..');
const connections = 20;
const rounds = 3;
const seconds = 4;
/** Posts that the webhooks are about, all in review or thinking, so that every look is a real one. */
const posts = 10;

/**
 * Webhooks a second and their 99th percentile: the bot, its sandbox in another process and `reconcile` running, against
 * a bare Hono handler that only checks the HMAC. Both are real processes, take the same signed bodies with distinct
 * ids over 20 connections, and take turns.
 */
export async function bench(): Promise<Result[]> {
  const started: ChildProcess[] = [];
  const start = async <T>(pattern: RegExp, file: string, env = {}, ...args: string[]) => {
    const child = spawn(process.execPath, [join(top, file), ...args], {
      cwd: top,
      env: { PATH: process.env.PATH, PULSE_HOOK_SIGNING_TOKEN: signingToken, ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    started.push(child);
    return firstLine<T>(child, pattern);
  };

  try {
    const desk = await start<BenchDesk>(/"mergeRequests"/, 'test/bench/desk.ts', {}, String(posts));
    const bare = await start<{ port: number }>(/"port"/, 'test/bench/bare.ts');
    const bot = await start<{ port: number }>(/"port"/, 'bot/main.ts', {
      GITLAB_URL: desk.url,
      GITLAB_PROJECT: desk.project.path,
      GITLAB_TOKEN: desk.token,
      PULSE_PORT: '0',
    });
    const asking: number[] = [];
    const loads: Record<'bare' | 'bot', Load[]> = { bare: [], bot: [] };
    // The first round warms both up and does not count.
    for (let round = 0; round <= rounds; round++)
      for (const [name, { port }] of Object.entries({ bare, bot })) {
        const load = await fire(port, desk, `${name}-${String(round)}`);
        const asked = await askedOf(started[0]!);
        // Proof that the bot was at work: what it asked GitLab meanwhile.
        if (name === 'bot' && round > 0) asking.push(asked / seconds);
        if (load.non2xx > 0 || load.errors > 0)
          throw new Error(`${name}: ${String(load.non2xx)} refused, ${String(load.errors)} failed`);
        if (round > 0) loads[name as 'bare' | 'bot'].push(load);
      }
    return compare(loads.bare, loads.bot, median(asking));
  } finally {
    for (const child of started) child.kill('SIGKILL');
  }
}

function compare(bare: readonly Load[], bot: readonly Load[], asking: number): Result[] {
  const rate = (loads: readonly Load[]) => median(loads.map((load) => load.requests.average));
  const slow = (loads: readonly Load[]) => median(loads.map((load) => load.latency.p99));
  return [
    {
      name: 'webhooks a second',
      ratio: rate(bot) / rate(bare),
      aim: 0.6,
      details: `${short(rate(bot))} a second, bare handler ${short(rate(bare))}, ${String(connections)} connections, ${String(posts)} posts; meanwhile ${short(asking)} requests a second at GitLab`,
    },
    {
      name: 'webhooks, 99th percentile',
      ratio: slow(bare) / slow(bot),
      aim: 0.6,
      details: `${short(slow(bot))} ms, bare handler ${short(slow(bare))} ms`,
    },
  ];
}

/** Sends webhooks about the posts in turn, as another user's edits, each with an id of its own. */
function fire(port: number, { project, mergeRequests }: BenchDesk, run: string): Promise<Load> {
  let n = 0;
  const bodies = mergeRequests.map((iid) => body(project.id, iid));
  return autocannon({
    url: `http://127.0.0.1:${String(port)}`,
    connections,
    duration: seconds,
    requests: [
      {
        method: 'POST',
        path: '/hooks',
        setupRequest: (request) => {
          const text = bodies[n++ % bodies.length]!;
          const headers = signedHeaders(text, { id: `${run}-${String(n)}` });
          return { ...request, body: text, headers };
        },
      },
    ],
  });
}

/** As long as a merge request's event is with a description of usual length. */
function body(project: number, iid: number): string {
  return JSON.stringify({
    object_kind: 'merge_request',
    event_type: 'merge_request',
    user: { id: 4711, name: 'Editor', username: 'editor' },
    project: { id: project, name: 'desk', path_with_namespace: 'team/desk' },
    object_attributes: {
      iid,
      action: 'update',
      source_branch: `post/topic-${String(iid)}`,
      target_branch: 'main',
      description: 'What it is about and where it came from. '.repeat(60),
    },
    labels: [{ id: 1, title: 'pulse::thinking' }],
    changes: { updated_at: { previous: null, current: '2026-11-21 09:00:00 UTC' } },
  });
}

/** How many requests the sandbox has had since it was last asked. */
const askedOf = (sandbox: ChildProcess) =>
  new Promise<number>((resolve) => {
    sandbox.once('message', (count) => resolve(Number(count)));
    sandbox.send('count');
  });

/** The first line a process prints that matches, as JSON. */
function firstLine<T>(child: ChildProcess, pattern: RegExp): Promise<T> {
  return new Promise((found, reject) => {
    let text = '';
    const read = (chunk: Buffer) => {
      text += chunk.toString();
      const line = text.split('\n').find((each) => pattern.test(each) && each.endsWith('}'));
      if (line !== undefined) found(JSON.parse(line) as T);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.on('exit', (code) => reject(new Error(`ended with ${String(code)}: ${text}`)));
  });
}
