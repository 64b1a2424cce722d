import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { median, type Result, short } from './result.ts';

const top = resolve(import.meta.dirname, '../..');
const rounds = 31;

/**
 * A job's start, from `spawn` to its first request at GitLab, against an empty program, from `spawn` to its end. Both
 * alternate; medians; the compile cache is filled by a run that does not count.
 */
export async function bench(): Promise<Result[]> {
  const cache = mkdtempSync(join(tmpdir(), 'pulse-bench-'));
  // Refused, so that the job ends by itself: only then is its compile cache written.
  const server = createServer((_, response) => {
    arrived(performance.now());
    response.writeHead(401, { 'content-type': 'application/json' });
    response.end('{"message":"401 Unauthorized"}');
  });
  let arrived: (at: number) => void = () => undefined;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const env = {
    PATH: process.env.PATH,
    NODE_COMPILE_CACHE: cache,
    GITLAB_URL: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    GITLAB_PROJECT: 'team/desk',
    GITLAB_TOKEN: 'glpat-bench',
  };

  async function job(): Promise<number> {
    let asked: number | undefined;
    arrived = (at) => (asked ??= at);
    const began = performance.now();
    await once(
      spawn(process.execPath, ['jobs/sweep.ts'], { cwd: top, env, stdio: 'ignore' }),
      'exit',
    );
    if (asked === undefined) throw new Error('jobs/sweep.ts ended before it asked GitLab');
    return asked - began;
  }

  async function empty(): Promise<number> {
    const began = performance.now();
    await once(spawn(process.execPath, ['-e', '0'], { env, stdio: 'ignore' }), 'exit');
    return performance.now() - began;
  }

  try {
    const asks: number[] = [];
    const empties: number[] = [];
    // The first two fill the compile cache: what was compiled is written when a program ends by itself.
    for (let n = 0; n < rounds + 2; n++) {
      const [a, b] = [await job(), await empty()];
      if (n < 2) continue;
      asks.push(a);
      empties.push(b);
    }
    const [a, b] = [median(asks), median(empties)];
    return [
      {
        name: 'start of a job',
        ratio: a / b,
        aim: 3.5,
        want: 'at most',
        details: `${short(a)} ms to the first request at GitLab, ${short(b)} ms for node -e 0, ${String(rounds)} times each`,
      },
    ];
  } finally {
    server.closeAllConnections();
    server.close();
    rmSync(cache, { recursive: true, force: true });
  }
}
