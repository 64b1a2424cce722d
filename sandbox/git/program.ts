import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { join } from 'node:path';
import { fail } from '../../lib/errors.ts';

/** The machine's git, with no settings of the machine or its user. */
export interface Git {
  start(args: readonly string[], options?: Start): ChildProcessWithoutNullStreams;
  run(args: readonly string[], options?: Start & { input?: string | Buffer }): Promise<Ran>;
  /** As `run`; throws INTERNAL with git's words when it fails. */
  text(args: readonly string[], options?: Start & { input?: string | Buffer }): Promise<string>;
}
interface Start {
  cwd?: string;
  env?: Readonly<Record<string, string>>;
}
export interface Ran {
  code: number;
  out: Buffer;
  err: string;
}

/** Throws INTERNAL when there is no git. */
export function findGit(): Git {
  let folder: string;
  try {
    folder = execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim();
  } catch (error) {
    throw fail('INTERNAL', { why: 'the sandbox needs git, which this machine lacks' }, error);
  }
  const settings = {
    PATH: [folder, '/usr/local/bin', '/usr/bin', '/bin'].join(':'),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_EXEC_PATH: folder,
    LC_ALL: 'C',
  };
  const start: Git['start'] = (args, { cwd, env } = {}) =>
    spawn(join(folder, 'git'), args, {
      ...(cwd !== undefined && { cwd }),
      env: { ...settings, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
  const run: Git['run'] = (args, { input, ...options } = {}) =>
    new Promise((resolve, reject) => {
      const child = start(args, options);
      const out: Buffer[] = [];
      const err: Buffer[] = [];
      child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
      child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
      child.stdin.on('error', () => undefined);
      child.on('error', reject);
      child.on('close', (code) =>
        resolve({
          code: code ?? 1,
          out: Buffer.concat(out),
          err: Buffer.concat(err).toString('utf8').trim(),
        }),
      );
      child.stdin.end(input);
    });
  return {
    start,
    run,
    async text(args, options) {
      const { code, out, err } = await run(args, options);
      if (code !== 0) throw fail('INTERNAL', { why: `git ${args[0] ?? ''} failed: ${err}` });
      return out.toString('utf8');
    },
  };
}
