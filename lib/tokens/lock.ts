import { z } from 'zod';
import { asPulseError, isError } from '../errors.ts';
import type { Clock } from '../clock.ts';
import type { FileAction, Files } from '../store/files.ts';

/** The right to do something alone, among all processes of a desk, until it expires. */
export interface Lease<N> {
  /** After this another may hold it, ms UTC. */
  expires: number;
  /** What the last holder left. */
  note: N | undefined;
  /** Ends it and leaves a note. False when it had expired and another holds it: the note is dropped then. */
  release(note: N | undefined): Promise<boolean>;
}

/** A lock over processes, and a note that goes with it from holder to holder. */
export interface Lock<N> {
  /** Undefined while another holds it. Throws what the store throws. */
  take(): Promise<Lease<N> | undefined>;
  /** The note as it stands, without taking the lock. */
  peek(): Promise<N | undefined>;
}

/** How often a commit is made again whose fate the answer leaves open. */
const tries = 4;

/**
 * A lock made of numbered files in `folder`. It is taken by one commit that creates the next number and deletes the last
 * one, which only one can make; number 0 is never deleted, so that nobody can begin again. A holder that died is followed
 * when its time, `lasts` ms, is over. `schema` is of the note; one that does not fit is dropped.
 */
export function createLock<N>(
  files: Files,
  folder: string,
  schema: z.ZodType<N>,
  { clock, holder, lasts }: { clock: Clock; holder: string; lasts: number },
): Lock<N> {
  const lockSchema = z.object({
    nonce: z.string(),
    holder: z.string(),
    at: z.number(),
    expires: z.number(),
    released: z.boolean(),
    note: schema.optional().catch(undefined),
  });
  type Held = z.infer<typeof lockSchema>;
  const pathOf = (number: number) => `${folder}/${String(number)}.json`;

  /** The highest number there is, -1 when there is none. */
  const newest = async (): Promise<{ number: number; held: Held | undefined }> => {
    const names = (await files.list(folder)).map((path) => /\/(\d+)\.json$/.exec(path)?.[1]);
    const number = Math.max(-1, ...names.map((each) => Number(each ?? -1)));
    return { number, held: number < 1 ? undefined : await readAt(number) };
  };
  const readAt = async (number: number): Promise<Held | undefined> => {
    const text = await files.read(pathOf(number));
    try {
      return lockSchema.safeParse(JSON.parse(text ?? 'null')).data;
    } catch {
      // Spoilt by hand: as good as expired.
      return undefined;
    }
  };
  /** Commits; false when a precondition says that another was first. */
  const put = async (actions: FileAction[], message: string, number: number, mine: Held) => {
    for (let n = 1; ; n += 1) {
      try {
        await files.commit(actions, message);
        return true;
      } catch (error) {
        const there = await readAt(number);
        if (there?.nonce === mine.nonce && there.released === mine.released) return true;
        if (isError(error, 'STORE_CONFLICT')) return false;
        if (!asPulseError(error).retryable || n === tries) throw error;
        await clock.sleep(100 * 2 ** n);
      }
    }
  };
  const contentOf = (held: Held) => `${JSON.stringify(held, null, 2)}\n`;

  return {
    async peek() {
      return (await newest()).held?.note;
    },
    async take() {
      const { number: last, held } = await newest();
      const now = clock.now();
      if (held && !held.released && now < held.expires) return undefined;
      const number = Math.max(1, last + 1);
      const mine: Held = {
        nonce: Buffer.from(clock.random(12)).toString('hex'),
        holder,
        at: now,
        expires: now + lasts,
        released: false,
        ...(held?.note !== undefined && { note: held.note }),
      };
      const create = (at: number, content: string) =>
        ({ action: 'create', path: pathOf(at), content }) as const;
      const actions: FileAction[] = [
        create(number, contentOf(mine)),
        ...(last < 0 ? [create(0, '{}\n')] : []),
        ...(last > 0 ? [{ action: 'delete' as const, path: pathOf(last) }] : []),
      ];
      if (!(await put(actions, `Lock ${folder}`, number, mine))) return undefined;
      return {
        expires: mine.expires,
        note: held?.note,
        async release(note) {
          const { note: _, ...rest } = mine;
          const done: Held = { ...rest, released: true, ...(note !== undefined && { note }) };
          if (clock.now() >= mine.expires && (await newest()).number !== number) return false;
          const update = {
            action: 'update' as const,
            path: pathOf(number),
            content: contentOf(done),
          };
          return put([update], `Unlock ${folder}`, number, done);
        },
      };
    },
  };
}
