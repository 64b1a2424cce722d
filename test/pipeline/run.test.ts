import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../lib/clock.ts';
import { applyDesk, readSecrets } from '../../lib/desk/setup/index.ts';
import { createGitLab, type GitLab } from '../../lib/gitlab/index.ts';
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';
import { files, read, top } from '../house/source.ts';
import { program } from '../shared.ts';

const run = promisify(execFile);
const bin = join(top, 'node_modules/.bin');

let sandbox: Sandbox;
let owner: GitLab;
let token: string;
let folder: string;
let archive: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pipeline-'));
  // Node looks for packages in the folders above, as on a runner whose image has them.
  await symlink(join(top, 'node_modules'), join(folder, 'node_modules'));
  // What stands here now, committed or not.
  const seed = join(folder, 'seed');
  for (const path of files) await cp(join(top, path), join(seed, path));
  sandbox = await createSandbox({ seed });
  archive = await writeArchive(join(folder, 'archive.ndjson'));
  const { url } = await sandbox.listen();
  const { project, users } = sandbox;
  const where = { url, project: project.path, token: users.owner.token, clock: systemClock };
  owner = createGitLab(where);
  await applyDesk(where);
  token = (await readSecrets(where)).GITLAB_TOKEN ?? '';
});
afterAll(async () => {
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
});

/** The bundled posts as an archive of the last day; there they are kept as seconds before its end. */
async function writeArchive(path: string): Promise<string> {
  const posts = read('content/sample/posts.ndjson')
    .split('\n')
    .filter((line) => line.includes('"ago"'))
    .map((line) => JSON.parse(line) as { ago: number });
  const lines = posts.map(({ ago, ...post }) =>
    JSON.stringify({ ...post, t: Date.now() - 1000 * ago }),
  );
  await writeFile(path, `${lines.join('\n')}\n`);
  return path;
}

/** Clones the project over http, as a runner does, and runs its `.gitlab-ci.yml` there. */
async function pipeline(name: string, variables: Record<string, string>): Promise<string> {
  program('rsync');
  const clone = join(folder, name);
  const address = new URL(`${sandbox.project.path}.git`, `${sandbox.url}/`);
  address.username = 'oauth2';
  address.password = token;
  await run('git', ['clone', '-q', address.href, clone]);
  const { stdout, stderr } = await run(
    'gitlab-ci-local',
    [
      ...['--force-shell-executor', '--shell-isolation'],
      ...Object.entries({ ...variables, GITLAB_TOKEN: token }).flatMap(([key, value]) => [
        '--variable',
        `${key}=${value}`,
      ]),
      ...['--ignore-predefined-vars', 'CI_PIPELINE_SOURCE'],
    ],
    {
      cwd: clone,
      env: { PATH: [bin, process.env.PATH].join(delimiter), HOME: folder },
    },
  );
  return `${stdout}\n${stderr}`;
}

describe('a scheduled pipeline', () => {
  it('listens, drafts, and ends with a merge request that people can review', async () => {
    const text = await pipeline('tick', {
      CI_PIPELINE_SOURCE: 'schedule',
      PULSE_INPUT: archive,
    });
    expect(text).toMatch(/PASS\s+tick/);
    expect(text).not.toContain(token);

    const [mergeRequest] = await owner.mergeRequestsUpdatedSince(0);
    expect(mergeRequest).toMatchObject({ state: 'opened', draft: true, targetBranch: 'main' });
    expect(mergeRequest?.sourceBranch).toMatch(/^post\//);
    expect(mergeRequest?.labels).toContain('pulse::thinking');
    const paths = await owner.changedPaths(mergeRequest!.iid);
    expect(paths).toEqual([expect.stringMatching(/^content\/posts\/\d{4}\/\d\d\/.*\.md$/)]);
    const [card] = await owner.notes({ on: 'merge_request', iid: mergeRequest!.iid });
    expect(card?.author.username).toMatch(/_bot_/);
  });

  it('with PULSE_JOB runs that one job', async () => {
    const text = await pipeline('sweep', { CI_PIPELINE_SOURCE: 'schedule', PULSE_JOB: 'sweep' });
    expect(text).toMatch(/PASS\s+sweep/);
    expect(text).not.toMatch(/PASS\s+tick/);
  });
});
