import { z } from 'zod';
import { fail, isError } from '../../errors.ts';
import type { Files } from '../../store/files.ts';
import type { OutboxEntry, Surroundings } from '../platform.ts';

/** One part as it would have been sent. */
export const outboxEntrySchema: z.ZodType<OutboxEntry> = z.object({
  delivery: z.string(),
  part: z.number().int().nonnegative(),
  account: z.string(),
  text: z.string(),
  media: z.array(z.object({ name: z.string(), alt: z.string() })),
  title: z.string().exactOptional(),
  reply: z.string().exactOptional(),
  poll: z.array(z.string()).exactOptional(),
  link: z.string().exactOptional(),
  at: z.number().int().nonnegative(),
});

/** Path on the state branch of what the outbox keeps under `key`. */
export function outboxPath(key: string): string {
  if (!/^[\w.-]+$/.test(key)) throw fail('INTERNAL', { why: `"${key}" cannot name a file` });
  return `outbox/${key}.json`;
}

/**
 * The outbox as files of the state branch. Creating a file is test-and-set, so one key is one entry, whoever is first.
 * `url` says where people can read the file at a path.
 */
export function keepOutboxIn(
  files: Files,
  url: (path: string) => string,
): NonNullable<Surroundings['outbox']> {
  const get = async (key: string) => {
    const path = outboxPath(key);
    const content = await files.read(path);
    return content === undefined ? undefined : parseEntry(path, content);
  };
  return {
    async put(key, entry) {
      const path = outboxPath(key);
      const content = `${JSON.stringify(entry, null, 2)}\n`;
      try {
        await files.commit([{ action: 'create', path, content }], `Put ${key} into the outbox`);
        return true;
      } catch (error) {
        // A conflict says either that the key is taken or that the branch would not hold still.
        if (isError(error, 'STORE_CONFLICT') && (await get(key))) return false;
        throw error;
      }
    },
    get,
    url: (key) => url(outboxPath(key)),
  };
}

function parseEntry(path: string, content: string): OutboxEntry {
  try {
    return outboxEntrySchema.parse(JSON.parse(content));
  } catch (error) {
    const problems = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw fail('RECORD_INVALID', { path, problems }, error);
  }
}
