import { fail } from '../errors.ts';
import type { FileAction, Files } from './files.ts';
import { type PostRecord, recordSchema } from './record.ts';

export type Records = ReturnType<typeof createRecords>;

const pathOf = (id: string) => `posts/${id}.json`;
const versionOf = (id: string, version: number) => `versions/${id}.${String(version)}`;

/** Ids become file names. */
const idPattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/**
 * The records of all posts on the state branch. A record is written only on top of the version it was read at: the
 * commit that writes it also creates `versions/<id>.<n+1>` and deletes `versions/<id>.<n>`, which only one can do.
 */
export function createRecords(files: Files) {
  /** Records as they were read last; versions tell which of them are old. */
  const known = new Map<string, PostRecord>();
  return {
    /** Undefined when there is none. Throws RECORD_INVALID with everything that is wrong with it. */
    async load(id: string): Promise<PostRecord | undefined> {
      if (!idPattern.test(id)) return undefined;
      const text = await files.read(pathOf(id));
      return text === undefined ? undefined : parse(id, text);
    },

    /**
     * Writes the record and returns it with its new version. `why` says in the history what changed.
     * Throws STORE_CONFLICT when somebody else wrote it since it was read, RECORD_INVALID when it is none.
     */
    async save(record: PostRecord, why?: string): Promise<PostRecord> {
      const { id, version } = record;
      const next = check(id, { ...record, version: version + 1 });
      const actions: FileAction[] = [
        {
          action: version === 0 ? 'create' : 'update',
          path: pathOf(id),
          content: `${JSON.stringify(next, null, 2)}\n`,
        },
        {
          action: 'create',
          path: versionOf(id, next.version),
          content: `${String(next.version)}\n`,
        },
      ];
      if (version > 0) actions.push({ action: 'delete', path: versionOf(id, version) });
      await files.commit(actions, `Record ${id} v${String(next.version)}: ${why ?? next.status}`);
      return next;
    },

    /**
     * All records. Reads only those written since it was last asked: the names in `versions/` say which. `spoilt` is
     * told of a record that cannot be read, which is then left out.
     */
    async all(spoilt: (id: string, error: unknown) => void): Promise<readonly PostRecord[]> {
      const paths = await files.list('versions');
      const records = await Promise.all(
        paths.map(async (path) => {
          const [, id, version] = /^versions\/([^/]+)\.(\d+)$/.exec(path) ?? [];
          if (id === undefined) return undefined;
          const old = known.get(id);
          if (old?.version === Number(version)) return old;
          try {
            const text = await files.read(pathOf(id));
            const record = text === undefined ? undefined : parse(id, text);
            if (record !== undefined) known.set(id, record);
            return record;
          } catch (error) {
            spoilt(id, error);
            return undefined;
          }
        }),
      );
      return records.filter((record) => record !== undefined);
    },

    /** Ids of all records, sorted. */
    async ids(): Promise<readonly string[]> {
      const paths = await files.list('posts');
      return paths.flatMap((path) => /^posts\/([^/]+)\.json$/.exec(path)?.[1] ?? []);
    },
  };
}

function parse(id: string, text: string): PostRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const problems = `- it is no JSON: ${error instanceof Error ? error.message : ''}`;
    throw fail('RECORD_INVALID', { path: pathOf(id), problems }, error);
  }
  return check(id, value);
}

function check(id: string, value: unknown): PostRecord {
  const found = recordSchema.safeParse(value);
  const problems = (found.error?.issues ?? []).map(
    ({ path, message }) => `- ${path.map(String).join('.') || 'the record'}: ${message}`,
  );
  if (found.success && found.data.id !== id)
    problems.push(`- id: is "${found.data.id}", not "${id}"`);
  if (!idPattern.test(id)) problems.push('- id: lower-case letters, digits and single hyphens');
  if (found.success && problems.length === 0) return found.data;
  throw fail('RECORD_INVALID', { path: pathOf(id), problems: problems.join('\n') });
}
