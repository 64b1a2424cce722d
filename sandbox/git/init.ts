import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
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
i=0
while [ "$i" -lt "\${GIT_PUSH_OPTION_COUNT:-0}" ]; do
  eval "echo option \\$GIT_PUSH_OPTION_$i" >> "$SANDBOX_REPORT"
  i=$((i + 1))
done
`;

async function configure(git: Git, folder: string, branch: string): Promise<void> {
  const settings = [
    ['gc.auto', '0'],
    ['receive.autogc', 'false'],
    ['http.receivepack', 'true'],
    ['receive.advertisePushOptions', 'true'],
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

/** Never part of a desk, whether or not a `.gitignore` says so. */
const left = ['.git', 'node_modules', '.desk'];

/**
 * A bare repository in `folder`. `seed`: what it starts from, a bare repository or the top of a clone (what it has
 * checked out becomes the default branch), else a folder of files (committed as they are, without what its `.gitignore`
 * names).
 */
export async function initRepo(
  git: Git,
  folder: string,
  branch: string,
  seed?: string,
): Promise<void> {
  await mkdir(join(folder, '..'), { recursive: true });
  const at = ['--git-dir', folder];
  const isClone = (path: string) => existsSync(join(path, '.git'));
  const isBare = (path: string) =>
    existsSync(join(path, 'HEAD')) && existsSync(join(path, 'objects'));
  await git.text(['init', '--quiet', '--bare', folder]);
  await configure(git, folder, branch);
  if (seed !== undefined && (isBare(seed) || isClone(seed))) {
    await git.text([...at, 'fetch', '--quiet', '--no-tags', seed, `HEAD:refs/heads/${branch}`]);
    return;
  }
  const work = seed ?? (await mkdtemp(join(tmpdir(), 'seed-')));
  if (seed === undefined) await writeFile(join(work, 'README.md'), '# Desk\n');
  const tree = [...at, '--work-tree', work, '-c', 'core.bare=false'];
  const words = ['commit', '--quiet', '--allow-empty', '-m', 'Initial commit'];
  try {
    await writeFile(join(folder, 'info/exclude'), left.map((name) => `${name}\n`).join(''));
    await git.text([...tree, 'add', '--all']);
    await git.text([...tree, ...author, ...words]);
  } finally {
    if (seed === undefined) await rm(work, { recursive: true, force: true });
    await rm(join(folder, 'index'), { force: true });
  }
}
