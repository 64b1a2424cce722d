import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { basename, delimiter, join } from 'node:path';
import type { PostRecord } from '../../lib/store/record.ts';
import { createRecords } from '../../lib/store/records.ts';
import { createRemote } from '../publish/branch.ts';
import { approvedPost, scheduled } from '../publish/post.ts';
import { program } from '../shared.ts';
import type { Blow, Orders } from './plan.ts';

/** One approved post in a repository of its own, and publishers to let loose on it. */
export interface Scene {
  /** Starts a publisher; `blow` strikes it. It works in a clone of its own or in the one named. */
  start(blow?: Blow, clone?: string): Promise<Publisher>;
  record(): Promise<PostRecord>;
  /** What the outbox holds, in the order of its keys. */
  outbox(): Promise<{ id: string; text: string }[]>;
  close(): Promise<void>;
}

export interface Publisher {
  /** Resolves when it has ended: how, and what it had asked of the world. */
  ended: Promise<{ signal: string | null; status: number | null; calls: string[]; said: string }>;
  /** Resolves once the blow has halted it. */
  halted(): Promise<void>;
  kill(): void;
  /** Lets a halted one go on. */
  resume(): void;
}

export type Timing = Pick<Orders, 'claim' | 'grace'>;

/** Short, so that a dead publisher's claim is soon over, and longer than a publisher needs. */
const short: Timing = { claim: 3000, grace: 300 };

/**
 * Stands in front of git: a push is an outward call like any other. The store hands git little of our environment, so
 * what it must know is written into it. A process that is halted is halted with whatever it has started; one that is
 * killed leaves that behind.
 */
const shim = (git: string, calls: string, blow?: Blow) => `#!/bin/sh
case " $* " in *" push "*) ;; *) exec "${git}" "$@" ;; esac
echo "git push" >>"${calls}"
n=$(wc -l <"${calls}")
[ "$n" -eq ${String(blow && blow.of === undefined ? blow.at : 0)} ] || exec "${git}" "$@"
strike() { kill -s ${blow?.signal ?? 'CONT'} -- ${blow?.signal === 'STOP' ? '-' : ''}$PPID; }
case ${blow?.phase ?? 'never'} in before) strike ${blow?.signal === 'KILL' ? '&& exit 1' : ''} ;; esac
"${git}" "$@"
status=$?
case ${blow?.phase ?? 'never'} in acted) strike ;; after) (sleep 0.02; strike) & ;; esac
exit $status
`;

export async function setScene(
  target: string,
  parts: Orders['parts'],
  credentials: Orders['credentials'] = {},
  timing: Timing = short,
): Promise<Scene> {
  const folder = await mkdtemp(join(tmpdir(), 'scene-'));
  const remote = await createRemote();
  const post = `post-${randomBytes(4).toString('hex')}`;
  const files = await remote.files();
  const records = createRecords(files);
  await records.save(approvedPost(post, [scheduled(target)]));
  const children: ChildProcess[] = [];
  let started = 0;
  const readCalls = async (path: string) => (await readFile(path, 'utf8')).split('\n').slice(0, -1);
  return {
    async start(blow, clone) {
      started += 1;
      const holder = `publisher-${String(started)}`;
      const calls = join(folder, `${holder}.calls`);
      await writeFile(calls, '');
      const bin = join(folder, `${holder}.bin`);
      await mkdir(bin);
      await writeFile(join(bin, 'git'), shim(program('git'), calls, blow));
      await chmod(join(bin, 'git'), 0o755);
      const orders: Orders = {
        remote: remote.path,
        clone: join(folder, clone ?? holder),
        post,
        parts,
        credentials,
        holder,
        calls,
        ...timing,
      };
      const here = (name: string) => join(import.meta.dirname, name);
      const child = spawn(
        process.execPath,
        ['--import', here('preload.ts'), here('publisher.ts')],
        {
          stdio: ['ignore', 'ignore', 'pipe'],
          detached: true,
          env: {
            ...process.env,
            PUBLISHER: JSON.stringify({ ...orders, ...(blow && { blow }) }),
            PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
            TMPDIR: folder,
            NODE_OPTIONS: '',
            NODE_COMPILE_CACHE: join(tmpdir(), 'socialpulse-compile-cache'),
          },
        },
      );
      children.push(child);
      let said = '';
      child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
      const ended = new Promise<Awaited<Publisher['ended']>>((resolve, reject) => {
        child.on('error', reject);
        child.on('exit', (status, signal) => {
          readCalls(calls).then((made) => resolve({ signal, status, calls: made, said }), reject);
        });
      });
      return {
        ended,
        async halted() {
          const reached = async () =>
            (await readCalls(calls)).filter((call) => call.endsWith(blow?.of ?? '')).length;
          let made = await reached();
          while (made < (blow?.at ?? 0) && child.exitCode === null) {
            await setTimeout(50);
            made = await reached();
          }
          await setTimeout(500);
          if ((await reached()) !== blow?.at) throw new Error(`it was not halted: ${said}`);
        },
        kill: () => void child.kill('SIGKILL'),
        resume: () => void process.kill(-(child.pid ?? 0), 'SIGCONT'),
      };
    },
    async record() {
      const record = await records.load(post);
      if (!record) throw new Error('the record is gone');
      return record;
    },
    async outbox() {
      const paths = await files.list('outbox');
      const contents = await Promise.all(paths.map((path) => files.read(path)));
      return contents.map((content, n) => ({
        id: basename(paths[n] ?? '', '.json'),
        text: (JSON.parse(content ?? '{}') as { text: string }).text,
      }));
    },
    async close() {
      for (const child of children)
        if (child.exitCode === null && child.signalCode === null)
          process.kill(-(child.pid ?? 0), 'SIGKILL');
      await remote.remove();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
