import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import type { Git } from './program.ts';

export const zero = '0'.repeat(40);

/** A ref was not where the caller believed it to be; nothing was changed. */
export class Moved extends Error {
  readonly ref: string;
  constructor(ref: string, why: string) {
    super(why);
    this.name = 'Moved';
    this.ref = ref;
  }
}

/** Moves refs through one `git update-ref --stdin` that is kept running, one after the other. */
export function createRefs(git: Git, folder: string) {
  let child: ChildProcessWithoutNullStreams | undefined;
  let before: Promise<unknown> = Promise.resolve();

  function start(): ChildProcessWithoutNullStreams {
    const started = git.start(['--git-dir', folder, 'update-ref', '--stdin']);
    started.stdin.on('error', () => undefined);
    started.on('close', () => {
      if (child === started) child = undefined;
    });
    return started;
  }

  function transact(ref: string, line: string): Promise<void> {
    const running = (child ??= start());
    return new Promise((resolve, reject) => {
      let out = '';
      let err = '';
      const onOut = (chunk: Buffer) => {
        out += chunk.toString();
        if (out.includes('commit: ok')) settle();
      };
      const onErr = (chunk: Buffer) => (err += chunk.toString());
      const onClose = () => settle(new Moved(ref, err.trim()));
      const settle = (error?: Error) => {
        running.stdout.off('data', onOut);
        running.stderr.off('data', onErr);
        running.off('close', onClose);
        if (error === undefined) resolve();
        else reject(error);
      };
      running.stdout.on('data', onOut);
      running.stderr.on('data', onErr);
      running.on('close', onClose);
      running.stdin.write(`start\n${line}\ncommit\n`);
    });
  }

  return {
    /** Moves `ref` from `from` to `to`; `zero` stands for none. Throws Moved when it was elsewhere. */
    move(ref: string, to: string, from: string): Promise<void> {
      const line = to === zero ? `delete ${ref} ${from}` : `update ${ref} ${to} ${from}`;
      const done = before.then(() => transact(ref, line));
      before = done.catch(() => undefined);
      return done;
    },
    async close(): Promise<void> {
      await before;
      const running = child;
      child = undefined;
      if (running === undefined) return;
      await new Promise((resolve) => {
        running.on('close', resolve);
        running.stdin.end();
      });
    },
  };
}
