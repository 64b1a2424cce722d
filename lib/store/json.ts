import { type Adapter, Low } from 'lowdb';
import type { z } from 'zod';
import { fail, isError } from '../errors.ts';
import type { Files } from './files.ts';
import { checkPath } from './paths.ts';

/** A small file of state: cursors, budgets, rate limits. */
export interface Json<T> {
  /** As read, or as last written. */
  readonly data: T;
  /** Replaces it; the last who writes wins. What is the same already is not written. */
  write(next: T): Promise<void>;
}

/**
 * Reads a JSON file of the state branch; `fallback` when there is none. It holds no test-and-set: what two may not both
 * do belongs in a claim. Throws FILE_INVALID with every problem when it does not fit `schema`.
 */
export async function openJson<T>(
  files: Files,
  path: string,
  schema: z.ZodType<T>,
  fallback: T,
): Promise<Json<T>> {
  checkPath(path);
  const low = new Low(adapter(files, path, schema), fallback);
  await low.read();
  return {
    get data() {
      return low.data;
    },
    async write(next) {
      low.data = schema.parse(next);
      await low.write();
    },
  };
}

/** lowdb over a branch. */
function adapter<T>(files: Files, path: string, schema: z.ZodType<T>): Adapter<T> {
  let there: string | undefined;
  return {
    async read() {
      there = await files.read(path);
      return there === undefined ? null : parse(path, there, schema);
    },
    async write(data) {
      const content = `${JSON.stringify(data, null, 2)}\n`;
      if (content === there) return;
      const put = (action: 'create' | 'update') =>
        files.commit([{ action, path, content }], `Write ${path}`);
      const first = there === undefined ? 'create' : 'update';
      try {
        await put(first);
      } catch (error) {
        if (!isError(error, 'STORE_CONFLICT')) throw error;
        // Somebody created or removed it meanwhile.
        await put(first === 'create' ? 'update' : 'create');
      }
      there = content;
    },
  };
}

function parse<T>(file: string, text: string, schema: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'it is no JSON';
    throw fail('FILE_INVALID', { file, problems: `- ${why}` }, error);
  }
  const found = schema.safeParse(value);
  if (found.success) return found.data;
  const problems = found.error.issues.map(
    ({ path, message }) => `- ${path.map(String).join('.') || 'the file'}: ${message}`,
  );
  throw fail('FILE_INVALID', { file, problems: problems.join('\n') });
}
