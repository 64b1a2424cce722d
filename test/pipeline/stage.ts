import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { systemClock } from '../../lib/clock.ts';
import { applyDesk, readSecrets } from '../../lib/desk/setup/index.ts';
import { createGitLab, type GitLab } from '../../lib/gitlab/index.ts';
import { createSandbox } from '../../sandbox/index.ts';
import { files, top } from '../house/source.ts';
import { program } from '../shared.ts';

const run = promisify(execFile);

export interface Stage {
  folder: string;
  /** A clone made over http, as a runner makes one. */
  clone: string;
  /** GitLab, as the owner of the project. */
  owner: GitLab;
  /** Of the machine account. */
  token: string;
  /** Runs `.gitlab-ci.yml` in the clone and resolves with what it printed; `passed` is whether all jobs did. */
  pipeline(variables: Record<string, string>): Promise<{ text: string; passed: boolean }>;
  close(): Promise<void>;
}

/** A sandbox that holds this very project, made a desk, listening on loopback, and a clone of it. */
export async function createStage(): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'pipeline-'));
  // Node looks for packages in the folders above, as on a runner whose image has them.
  await symlink(join(top, 'node_modules'), join(folder, 'node_modules'));
  // What stands here now, committed or not.
  const seed = join(folder, 'seed');
  for (const path of files) await cp(join(top, path), join(seed, path));
  const sandbox = await createSandbox({ seed });
  const { url } = await sandbox.listen();
  const { project, users } = sandbox;
  const where = { url, project: project.path, token: users.owner.token, clock: systemClock };
  await applyDesk(where);
  const { GITLAB_TOKEN: token = '' } = await readSecrets(where);

  const address = new URL(`${project.path}.git`, `${url}/`);
  address.username = 'oauth2';
  address.password = token;
  const clone = join(folder, 'clone');
  await run('git', ['clone', '-q', address.href, clone]);

  return {
    folder,
    clone,
    owner: createGitLab(where),
    token,
    async pipeline(variables) {
      program('rsync');
      const args = [
        ...['--force-shell-executor', '--shell-isolation'],
        ...['--ignore-predefined-vars', Object.keys(variables).join()],
        ...Object.entries({ ...variables, GITLAB_TOKEN: token }).flatMap(([name, value]) => [
          '--variable',
          `${name}=${value}`,
        ]),
      ];
      const path = [join(top, 'node_modules/.bin'), process.env.PATH].join(delimiter);
      const options = { cwd: clone, env: { PATH: path, HOME: folder } };
      return new Promise((resolve) => {
        execFile('gitlab-ci-local', args, options, (error, stdout, stderr) =>
          resolve({ text: `${stdout}\n${stderr}`, passed: error === null }),
        );
      });
    },
    async close() {
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
