import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import type { Kind } from './objects.ts';
import type { Git } from './program.ts';

export interface GitObject {
  sha: string;
  kind: Kind;
  body: Buffer;
}
interface Waiting {
  spec: string;
  resolve: (found: GitObject | undefined) => void;
  reject: (error: Error) => void;
}

/** Reads objects through one `git cat-file --batch` that is kept running; started again should it end. */
export function createBatch(git: Git, folder: string) {
  let child: ChildProcessWithoutNullStreams | undefined;
  let waiting: Waiting[] = [];
  let chunks: Buffer[] = [];
  let size = 0;
  /** How much has to be there before it is worth looking. */
  let wanted = 1;

  function take(): boolean {
    const all = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
    chunks = [all];
    const end = all.indexOf(0x0a);
    if (end < 0) return false;
    const line = all.toString('utf8', 0, end);
    const [first] = waiting;
    if (first === undefined) throw new Error(`git cat-file said ${line} without being asked`);
    const header = /^([0-9a-f]{40}) (blob|tree|commit|tag) (\d+)$/.exec(line);
    let used = end + 1;
    let found: GitObject | undefined;
    if (header) {
      const length = Number(header[3]);
      if (all.length < used + length + 1) {
        wanted = used + length + 1;
        return false;
      }
      const body = Buffer.from(all.subarray(used, used + length));
      found = { sha: header[1] ?? '', kind: header[2] as Kind, body };
      used += length + 1;
    }
    waiting.shift();
    chunks = used === all.length ? [] : [all.subarray(used)];
    size = all.length - used;
    wanted = 1;
    first.resolve(found);
    return size > 0;
  }

  function start(): ChildProcessWithoutNullStreams {
    const started = git.start(['--git-dir', folder, 'cat-file', '--batch']);
    started.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      while (size >= wanted && take());
    });
    started.stdin.on('error', () => undefined);
    started.on('close', () => {
      if (child !== started) return;
      child = undefined;
      chunks = [];
      size = 0;
      wanted = 1;
      const left = waiting;
      waiting = [];
      for (const each of left) each.reject(new Error(`git cat-file ended at ${each.spec}`));
    });
    return started;
  }

  return {
    /** `spec` as git writes it: a name, `<commit>:<path>`, `<ref>^{commit}`. undefined when there is none. */
    read(spec: string): Promise<GitObject | undefined> {
      if (/[\n\0]/.test(spec)) return Promise.resolve(undefined);
      const running = (child ??= start());
      return new Promise((resolve, reject) => {
        waiting.push({ spec, resolve, reject });
        running.stdin.write(`${spec}\n`);
      });
    },
    async close(): Promise<void> {
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
export type Batch = ReturnType<typeof createBatch>;
