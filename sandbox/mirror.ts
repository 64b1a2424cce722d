import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../lib/errors.ts';
import type { State } from './model.ts';

const file = (folder: string) => join(folder, 'sandbox.json');
/** How long changes are gathered before they are written, ms; longer when writing takes long. */
const least = 100;

/**
 * What was written by an earlier sandbox; undefined when the folder is new. Throws FILE_INVALID when it is damaged, or
 * when there are repositories but no state: nothing is begun anew over them.
 */
export async function readMirror(folder: string): Promise<State | undefined> {
  const path = file(folder);
  const bad = (problems: string, cause?: unknown) =>
    fail('FILE_INVALID', { file: path, problems }, cause);
  if (!existsSync(path)) {
    if (!existsSync(join(folder, 'repositories'))) return undefined;
    throw bad('It is missing though its repositories are there. Begin anew with an empty folder.');
  }
  let read: unknown;
  try {
    read = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw bad('It is no JSON, perhaps cut short. Begin anew with an empty folder.', error);
  }
  const { version, users, projects, tokens, last } = (read ?? {}) as Partial<State>;
  const whole = [users, projects, tokens, last].every((part) => typeof part === 'object');
  if (version !== 1 || !whole) throw bad('It was not written by this version of the sandbox.');
  return read as State;
}

/** Writes the state to a folder, soon after it changed, and never half. */
export function createMirror(folder: string, state: State) {
  let dirty = false;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  let took = 0;

  async function write(): Promise<void> {
    if (!dirty) return;
    dirty = false;
    const started = performance.now();
    const draft = `${file(folder)}.new`;
    await mkdir(folder, { recursive: true });
    const handle = await open(draft, 'w', 0o600);
    try {
      await handle.writeFile(JSON.stringify(state));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file(folder));
    took = performance.now() - started;
  }
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(write);
    return writing;
  };

  return {
    changed(): void {
      dirty = true;
      timer ??= setTimeout(
        () => {
          flush().catch((error: unknown) => {
            process.stderr.write(`sandbox: its state could not be written: ${String(error)}\n`);
          });
        },
        Math.max(least, took * 10),
      );
    },
    /** Writes what has not been written. */
    flush,
  };
}
