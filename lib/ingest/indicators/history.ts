import { z } from 'zod';
import { isError } from '../../errors.ts';
import type { FileAction, Files } from '../../store/files.ts';
import { stateMessage } from '../../store/paths.ts';
import type { Point } from './rows.ts';

/** How far back values are kept and judged against, ms. */
export const kept = 14 * 86_400_000;
/** How long a move is remembered, ms. */
const movesKept = 2 * 86_400_000;

const hour = 3_600_000;
const folder = 'indicators';
const movesPath = `${folder}/moves.json`;
const shardPath = /\/\d{4}-\d\d-\d\d\.json$/;
/** How often a write that another job was in the way of is tried again. */
const attempts = 3;

/** One day: for each indicator `[at, value, volume or null]`, the last one of each hour. */
const shard = z.record(
  z.string(),
  z.array(z.tuple([z.number(), z.number(), z.number().nullable()])),
);
type Shard = z.infer<typeof shard>;

const move = z.object({
  indicator: z.string(),
  title: z.string(),
  about: z.string(),
  kind: z.enum(['value', 'volume']),
  over: z.number(),
  span: z.number(),
  change: z.number(),
  usual: z.number(),
  z: z.number(),
  value: z.number(),
  at: z.number(),
  volume: z.number().optional(),
  /** Signal it was told by, and what that said. */
  signal: z.string(),
  text: z.string(),
  url: z.string().optional(),
});
/** A move as it was told. */
export type ToldMove = z.infer<typeof move>;

export interface IndicatorHistory {
  /** Values of an indicator, oldest first. */
  points(name: string): readonly Point[];
  add(name: string, points: readonly Point[]): void;
  tell(move: ToldMove): void;
  /** Writes what has changed, in one commit. */
  flush(): Promise<void>;
}

/**
 * What indicators showed lately, kept on the state branch in a file a day. `damaged` is told of a file that holds
 * something else; it counts as empty and is written anew. Jobs that read side by side keep each other's values. `now` in
 * ms UTC.
 */
export async function openHistory(
  files: Files,
  now: number,
  damaged: (path: string) => void,
): Promise<IndicatorHistory> {
  const points = new Map<string, Map<number, Point>>();
  const moves = new Map<string, ToldMove>();
  const spoilt = new Set<string>();
  const state = { changed: false };
  const series = (name: string) => {
    const found = points.get(name) ?? new Map<number, Point>();
    points.set(name, found);
    return found;
  };
  const put = (name: string, point: Point) => {
    if (point.at <= now - kept) return;
    // An hour is what leads up to its end, so that a value at full is the last one of the hour before.
    const end = Math.ceil(point.at / hour);
    const before = series(name).get(end);
    if (before === undefined || before.at <= point.at) series(name).set(end, point);
  };
  const sorted = (name: string) => [...series(name).values()].sort((a, b) => a.at - b.at);

  /** Takes in what the files hold now; answers their texts. */
  async function load(): Promise<ReadonlyMap<string, string>> {
    const paths = (await files.list(folder)).filter((path) => shardPath.test(path));
    const texts = new Map<string, string>();
    for (const path of [...paths, movesPath]) {
      const text = await files.read(path);
      if (text === undefined) continue;
      texts.set(path, text);
      if (path === movesPath)
        for (const each of read(z.array(move), path, text, []))
          moves.set(each.signal, moves.get(each.signal) ?? each);
      else
        for (const [name, rows] of Object.entries(read<Shard>(shard, path, text, {})))
          for (const [at, value, volume] of rows)
            put(name, { at, value, ...(volume !== null && { volume }) });
    }
    return texts;
  }

  function read<T>(schema: z.ZodType<T>, path: string, text: string, none: T): T {
    try {
      return schema.parse(JSON.parse(text));
    } catch {
      if (!spoilt.has(path)) damaged(path);
      spoilt.add(path);
      return none;
    }
  }

  /** The files as they should be. */
  function wanted(): Map<string, string> {
    const days = new Map<string, Shard>();
    for (const name of [...points.keys()].sort())
      for (const { at, value, volume } of sorted(name)) {
        const path = `${folder}/${new Date(at).toISOString().slice(0, 10)}.json`;
        const data = days.get(path) ?? {};
        (data[name] ??= []).push([at, value, volume ?? null]);
        days.set(path, data);
      }
    const fresh = [...moves.values()].filter(({ at }) => at > now - movesKept);
    const byTime = fresh.sort(
      (a, b) => a.at - b.at || a.over - b.over || (a.signal < b.signal ? -1 : 1),
    );
    const texts = new Map([...days].map(([path, data]) => [path, lines(data)]));
    return texts.set(movesPath, `${JSON.stringify(byTime, null, 2)}\n`);
  }

  async function write(left: number): Promise<void> {
    const there = await load();
    const texts = wanted();
    const actions = [
      ...[...texts].flatMap(([path, content]): FileAction[] => {
        if (there.get(path) === content) return [];
        return [{ action: there.has(path) ? 'update' : 'create', path, content }];
      }),
      ...[...there.keys()]
        .filter((path) => !texts.has(path))
        .map((path): FileAction => ({ action: 'delete', path })),
    ];
    if (actions.length === 0) return;
    try {
      await files.commit(actions, stateMessage('Write what indicators show'));
    } catch (error) {
      // Another job wrote or cleared a day meanwhile.
      if (left === 0 || !isError(error, 'STORE_CONFLICT')) throw error;
      await write(left - 1);
    }
  }

  await load();
  return {
    points: sorted,
    add(name, values) {
      state.changed = true;
      for (const point of values) put(name, point);
    },
    tell: (told) => void moves.set(told.signal, told),
    async flush() {
      if (!state.changed) return;
      await write(attempts);
      state.changed = false;
    },
  };
}

/** Moves told lately, for the steps that follow; none when the file cannot be read. */
export async function toldMoves(files: Pick<Files, 'read'>): Promise<readonly ToldMove[]> {
  const text = await files.read(movesPath);
  try {
    return text === undefined ? [] : z.array(move).parse(JSON.parse(text));
  } catch {
    return [];
  }
}

/** One line for each value, so that a change of one is a change of one line. */
function lines(data: Shard): string {
  const entries = Object.entries(data).map(
    ([name, rows]) =>
      `${JSON.stringify(name)}: [\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]`,
  );
  return `{\n${entries.join(',\n')}\n}\n`;
}
