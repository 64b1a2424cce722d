import { spawn } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { author, createBare, git } from './bare.ts';

const create = (path: string, content = 'one\n') => ({ action: 'create' as const, path, content });
let bare: Awaited<ReturnType<typeof createBare>>;
beforeEach(async () => {
  bare = await createBare();
});
afterEach(() => bare.close());

/** A hook of the server, which git runs while it takes a push. */
async function serverHook(name: string, ...lines: string[]) {
  const path = join(bare.bare, 'hooks', name);
  await writeFile(path, ['#!/bin/sh', ...lines, ''].join('\n'));
  await chmod(path, 0o755);
}

describe('the state branch in a clone', () => {
  it('begins without a past, and only once when many begin it', async () => {
    const all = await Promise.all(Array.from({ length: 4 }, () => bare.files()));
    await Promise.all(all.map((files, n) => files.commit([create(`${String(n)}.json`)], 'First')));
    expect(await git(bare.bare, 'rev-list', '--max-parents=0', '--count', 'pulse-state')).toBe('1');
    expect(await git(bare.bare, 'ls-tree', '--name-only', 'pulse-state')).toBe(
      '0.json\n1.json\n2.json\n3.json',
    );
    expect(await git(bare.bare, 'merge-base', 'main', 'pulse-state').catch(() => 'none')).toBe(
      'none',
    );
  });

  it('is fetched without its history and leaves the rest of the clone alone', async () => {
    const first = await bare.files();
    for (const n of [1, 2, 3]) await first.commit([create(`${String(n)}.json`)], 'Write');
    const repo = await bare.clone();
    await (await bare.files({ repo })).read('1.json');
    expect(await git(join(repo, 'state/live'), 'rev-list', '--count', 'HEAD')).toBe('1');
    expect(await git(repo, 'rev-parse', '--abbrev-ref', 'HEAD')).toBe('main');
    expect(await git(repo, 'status', '--porcelain', '--untracked-files=no')).toBe('');
  });

  it('is usable again after a writer was killed anywhere', { timeout: 60_000 }, async () => {
    const repo = await bare.clone();
    let said = 0;
    for (let round = 0; round < 5; round += 1) {
      const name = `round-${String(round)}`;
      const child = spawn(process.execPath, [
        join(import.meta.dirname, 'writer.ts'),
        repo,
        bare.bare,
        name,
      ]);
      let written = 0;
      child.stdout.on(
        'data',
        (lines: Buffer) => (written += lines.toString().split('\n').length - 1),
      );
      while (written === 0) await wait(5);
      await wait(29 * round);
      child.kill('SIGKILL');
      await new Promise((resolve) => child.on('close', resolve));
      said += written;
      const files = await bare.files({ repo });
      // What it said it had written is there, and at most one commit more.
      const there = await files.list(name);
      expect(there.length - written).toBeGreaterThanOrEqual(0);
      expect(there.length - written).toBeLessThanOrEqual(1);
      await files.commit([create(`after/${name}.json`)], 'Go on');
      expect(await (await bare.files()).read(`after/${name}.json`)).toBe('one\n');
    }
    expect(said).toBeGreaterThanOrEqual(5);
  });

  it('is usable again with locks, half a commit and foreign files in its folder', async () => {
    const repo = await bare.clone();
    await (await bare.files({ repo })).commit([create('a.json')], 'Write');
    const live = join(repo, 'state/live');
    await writeFile(join(live, 'a.json'), 'half a wri');
    await writeFile(join(live, 'b.json'), 'not committed');
    await git(live, 'add', '--all');
    await git(live, 'commit', '--quiet', '-m', 'Never pushed');
    await writeFile(join(repo, '.git/worktrees/live/index.lock'), '');
    await writeFile(join(repo, '.git/shallow.lock'), '');
    const files = await bare.files({ repo });
    expect(await files.read('a.json')).toBe('one\n');
    expect(await files.read('b.json')).toBeUndefined();
    await files.commit([create('b.json', 'two\n')], 'Write');
    expect(await git(bare.bare, 'show', 'pulse-state:b.json')).toBe('two');
  });

  it('is mounted anew when its folder was removed or left behind by another clone', async () => {
    const repo = await bare.clone();
    await (await bare.files({ repo })).commit([create('a.json')], 'Write');
    const live = join(repo, 'state/live');
    await writeFile(join(live, '.git'), 'gitdir: /nowhere/at/all\n');
    expect(await (await bare.files({ repo })).read('a.json')).toBe('one\n');
    await git(repo, 'clean', '-ffdxq');
    expect(await (await bare.files({ repo })).read('a.json')).toBe('one\n');
  });

  it("does not touch a folder that holds a person's files", async () => {
    const repo = await bare.clone();
    await mkdir(join(repo, 'state/live'), { recursive: true });
    await writeFile(join(repo, 'state/live/mine.txt'), 'mine');
    await expect((await bare.files({ repo })).read('a.json')).rejects.toThrow(
      'holds files that are not',
    );
    expect(await readdir(join(repo, 'state/live'))).toEqual(['mine.txt']);
  });

  it('knows that a push has landed though the answer never came', async () => {
    const files = await bare.files();
    await files.commit([create('a.json')], 'Write');
    await serverHook('post-receive', 'kill -9 $PPID');
    const { commit } = await files.commit([create('claim.json', 'ours\n')], 'Claim');
    expect(await git(bare.bare, 'rev-parse', 'pulse-state')).toBe(commit);
    expect(await files.read('claim.json')).toBe('ours\n');
  });

  it('says who may not push, and keeps nothing of what was refused', async () => {
    const files = await bare.files();
    await files.commit([create('a.json')], 'Write');
    await serverHook(
      'pre-receive',
      'echo "You are not allowed to push code to protected branches"',
      'exit 1',
    );
    await expect(files.commit([create('b.json')], 'Write')).rejects.toMatchObject({
      code: 'GITLAB_REFUSED',
      details: { status: 403 },
    });
    expect(await files.read('b.json')).toBeUndefined();
  });

  it('follows no link out of the branch', async () => {
    await (await bare.files()).commit([create('a.json')], 'Write');
    const repo = await bare.clone();
    await git(repo, 'checkout', '--quiet', 'pulse-state');
    await symlink('/etc/passwd', join(repo, 'posts.json'));
    await git(repo, 'add', 'posts.json');
    await git(repo, 'commit', '--quiet', '-m', 'Link');
    await git(repo, 'push', '--quiet');
    expect(await (await bare.files()).read('posts.json')).toBe('/etc/passwd');
  });

  it('keeps the token out of addresses, files and messages', async () => {
    const repo = await bare.clone();
    const token = 'glpat-very-secret-token';
    const files = await bare.files({ repo, remote: 'http://user:pw@127.0.0.1:9/desk.git', token });
    const error: unknown = await files.read('a.json').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'GITLAB_UNREACHABLE' });
    const base64 = Buffer.from(`oauth2:${token}`).toString('base64');
    for (const secret of [token, base64, 'user:pw'])
      expect(JSON.stringify([String(error), error])).not.toContain(secret);
    const configs = await Promise.all(
      ['config', 'FETCH_HEAD'].map((name) =>
        readFile(join(repo, '.git', name), 'utf8').catch(() => ''),
      ),
    );
    expect(configs.join()).not.toMatch(/secret|extraheader/i);
  });

  it('names the desk as the author', async () => {
    await (await bare.files()).commit([create('a.json')], 'Write a');
    expect(await git(bare.bare, 'log', '-1', '--format=%an <%ae> %cn', 'pulse-state')).toBe(
      `${author.name} <${author.email}> ${author.name}`,
    );
  });
});
