import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Git } from './program.ts';

/** Says no where the server's rules do; told what to refuse by whoever starts it. */
const preReceive = `#!/bin/sh
status=0
while read -r old new ref; do
  case "$SANDBOX_REFUSED" in
    *" $ref "*) echo "GitLab: You are not allowed to push code to protected branches on this project." >&2; status=1 ;;
  esac
  case "$SANDBOX_KEPT" in
    *" $ref "*) echo "GitLab: You can only delete protected branches using the web interface." >&2; status=1 ;;
  esac
  case "$SANDBOX_FORWARD" in
    *" $ref "*)
      if ! git merge-base --is-ancestor "$old" "$new"; then
        echo "GitLab: You are not allowed to force push code to a protected branch on this project." >&2; status=1
      fi ;;
  esac
done
exit $status
`;
const postReceive = `#!/bin/sh
cat >> "$SANDBOX_REPORT"
`;

async function configure(git: Git, folder: string, branch: string): Promise<void> {
  const settings = [
    ['gc.auto', '0'],
    ['receive.autogc', 'false'],
    ['http.receivepack', 'true'],
    ['uploadpack.allowAnySHA1InWant', 'true'],
    ['core.quotePath', 'false'],
    ['transfer.hideRefs', 'refs/kept'],
  ];
  for (const [name = '', value = ''] of settings)
    await git.text(['--git-dir', folder, 'config', name, value]);
  await git.text(['--git-dir', folder, 'symbolic-ref', 'HEAD', `refs/heads/${branch}`]);
  await mkdir(join(folder, 'hooks'), { recursive: true });
  for (const [name, script] of [
    ['pre-receive', preReceive],
    ['post-receive', postReceive],
  ] as const) {
    await writeFile(join(folder, 'hooks', name), script);
    await chmod(join(folder, 'hooks', name), 0o755);
  }
}

const author = ['-c', 'user.name=Administrator', '-c', 'user.email=admin@example.com'];

/**
 * A bare repository in `folder`. `seed`: what it starts from, a bare repository or the top of a clone (cloned with its
 * default branch alone), else a folder of files (committed as they are, without what its `.gitignore` names).
 */
export async function initRepo(git: Git, folder: string, branch: string, seed?: string) {
  await mkdir(join(folder, '..'), { recursive: true });
  const isClone = (path: string) => existsSync(join(path, '.git'));
  const isBare = (path: string) =>
    existsSync(join(path, 'HEAD')) && existsSync(join(path, 'objects'));
  if (seed !== undefined && (isBare(seed) || isClone(seed))) {
    await git.text([
      'clone',
      '--quiet',
      '--bare',
      '--single-branch',
      '--no-hardlinks',
      seed,
      folder,
    ]);
    const head = (await git.text(['--git-dir', folder, 'symbolic-ref', 'HEAD'])).trim();
    if (head !== `refs/heads/${branch}`) {
      await git.text([
        '--git-dir',
        folder,
        'branch',
        '-m',
        head.replace('refs/heads/', ''),
        branch,
      ]);
    }
    await git.run(['--git-dir', folder, 'remote', 'remove', 'origin']);
    return configure(git, folder, branch);
  }
  await git.text(['init', '--quiet', '--bare', folder]);
  await configure(git, folder, branch);
  const work = await mkdtemp(join(tmpdir(), 'seed-'));
  try {
    if (seed === undefined) await writeFile(join(work, 'README.md'), '# Desk\n');
    else for (const name of await readdir(seed)) await copy(join(seed, name), join(work, name));
    const at = ['--git-dir', folder, '--work-tree', work];
    await git.text([...at, '-c', 'core.bare=false', 'add', '--all']);
    await git.text([
      ...at,
      ...author,
      'commit',
      '--quiet',
      '--allow-empty',
      '-m',
      'Initial commit',
    ]);
  } finally {
    await rm(work, { recursive: true, force: true });
    await rm(join(folder, 'index'), { force: true });
  }
}

const copy = (from: string, to: string) =>
  from.endsWith('node_modules') ? Promise.resolve() : cp(from, to, { recursive: true });
