import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { top } from './house/source.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reporter-'));
  await mkdir(join(folder, 'test'));
  await symlink(join(top, 'node_modules'), join(folder, 'node_modules'));
  for (const name of ['vitest.config.ts', 'test/reporter.ts', 'test/shared.ts'])
    await copyFile(join(top, name), join(folder, name));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs vitest with our reporter over one made-up file; the last lines it printed and its exit status. */
async function run(body: string, env: Record<string, string>) {
  const head = `import { expect, it } from 'vitest';\nimport { shared } from './shared.ts';\n`;
  await writeFile(join(folder, 'test/made-up.test.ts'), head + body);
  const inherited = { PATH: process.env.PATH, SOCIALPULSE_SHARED: 'nowhere', NO_COLOR: '1' };
  return new Promise<{ status: number; lines: string[] }>((resolve) => {
    const bin = join(top, 'node_modules/vitest/vitest.mjs');
    const args = [bin, 'run', '--root', folder];
    execFile(process.execPath, args, { cwd: folder, env: { ...inherited, ...env } }, (error, out) =>
      resolve({
        status: typeof error?.code === 'number' ? error.code : 0,
        lines: out.trim().split('\n'),
      }),
    );
  });
}

const fine = `it('is fine', () => expect(1).toBe(1));\n`;

it('counts, and names what was skipped and why', async () => {
  const { status, lines } = await run(`${fine}it('needs data', () => void shared('x'));`, {});
  expect(lines.slice(-2)).toEqual([
    'skipped: test/made-up.test.ts > needs data: needs the test data x; SOCIALPULSE_SHARED says where it lies',
    '1 passed, 0 failed, 1 skipped',
  ]);
  expect(status).toBe(0);
});

it('lets nothing be skipped in CI, whatever the reason', async () => {
  const skipped = await run(`${fine}it.skip('is left out', () => expect(1).toBe(1));`, {
    CI: 'true',
  });
  expect([skipped.status, skipped.lines.at(-1)]).toEqual([1, '1 passed, 0 failed, 1 skipped']);
  const missing = await run(`${fine}it('needs data', () => void shared('x'));`, { CI: 'true' });
  expect([missing.status, missing.lines.at(-1)]).toEqual([1, '1 passed, 1 failed, 0 skipped']);
});

it('counts a file that cannot be loaded', async () => {
  const { status, lines } = await run(`import './nothing.ts';`, {});
  expect([status, lines.at(-1)]).toEqual([1, '0 passed, 1 failed, 0 skipped']);
});
