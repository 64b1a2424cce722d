import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { deskWith, tokenOf } from './desk.ts';
import type { Result } from './result.ts';

const top = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);
const posts = 1_000;

/**
 * Requests at GitLab, REST and git, of one `jobs/sweep.ts` in a clone, over 1,000 open posts that nobody has touched
 * since the sweep before. The sandbox counts them.
 */
export async function bench(count = posts): Promise<Result[]> {
  const { desk } = await deskWith(count);
  const clone = await mkdtemp(join(tmpdir(), 'pulse-bench-'));
  const { url, close } = await desk.sandbox.listen();
  try {
    const { project, requests } = desk.sandbox;
    const token = await tokenOf(desk, url);
    const remote = new URL(`${project.path}.git`, `${url}/`);
    remote.username = 'oauth2';
    remote.password = token;
    await run('git', ['clone', '-q', remote.href, clone]);
    const sweep = () =>
      run(process.execPath, [join(top, 'jobs/sweep.ts')], {
        cwd: clone,
        env: {
          PATH: process.env.PATH,
          GITLAB_URL: url,
          GITLAB_PROJECT: project.path,
          GITLAB_TOKEN: token,
        },
      });
    // An hour after they were opened somebody says something about one of them; two sweeps take note of it.
    desk.clock.advance(3_600_000);
    await desk.as('reviewer').commentOnIssue(1, 'Seen.');
    await sweep();
    await sweep();
    requests.length = 0;
    const { stderr } = await sweep();
    const looked = /"reconciled":(\d+)/.exec(stderr)?.[1] ?? '?';
    return [
      {
        name: 'requests of a sweep',
        ratio: requests.length,
        aim: 12,
        want: 'at most',
        details: `${count.toLocaleString('en')} open posts, ${looked} looked at: ${namesOf(requests)}`,
      },
    ];
  } finally {
    await close();
    await desk.close();
    await rm(clone, { recursive: true, force: true });
  }
}

/** The first of them, without query and project. */
const namesOf = (requests: readonly { method: string; path: string }[]) =>
  requests
    .slice(0, 15)
    .map(({ method, path }) => `${method} ${path.replace(/^.*?(projects\/[^/]+|\.git|v4)/, '')}`)
    .join(', ');
