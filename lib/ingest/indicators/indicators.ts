import { fail } from '../../errors.ts';
import type { Indicator } from '../../store/indicator.ts';
import type { IndicatorHistory } from './history.ts';
import { movesOf } from './moves.ts';
import { type Point, pointsOf } from './rows.ts';
import { indicatorNetwork, signalOfMove } from './signal.ts';
import type { Reading, Source } from '../source.ts';

/** Where indicators are read from. */
export interface IndicatorReading extends Pick<Reading, 'fetch' | 'clock'> {
  history: IndicatorHistory;
  /** Text of a file of the desk. */
  readFile: (path: string) => Promise<string | undefined>;
}

/** Largest answer that is read, characters, and longest wait, ms. */
const bodyLimit = 5 * 1024 * 1024;
const patience = 20_000;
/** A value this many times the one before, or that part of it, may be a mistake of the source. */
const doubtful = 2;
/** Two readings say the same when they differ by no more than this share. */
const alike = 0.25;

/** Every indicator once, the first of a name; an address that several read from is asked once. */
export function indicatorSources(
  indicators: readonly Indicator[],
  reading: IndicatorReading,
): readonly Source[] {
  const answers = new Map<string, Promise<string>>();
  const named = new Map(indicators.toReversed().map((each) => [each.name, each]));
  return [...named.values()].reverse().map((indicator) => sourceOf(indicator, reading, answers));
}

/**
 * What is unusual in an indicator comes as a signal, each move once. Throws SOURCE_FAILED when the source is down, says
 * something that is no value, has no value newer than `stale`, or jumps so far that a second reading has to confirm it: such
 * a value is neither kept nor told.
 */
function sourceOf(
  indicator: Indicator,
  { history, ...around }: IndicatorReading,
  answers: Map<string, Promise<string>>,
): Source {
  const { name, stale, unit = '' } = indicator;
  const source = `${indicatorNetwork}:${name}`;
  return {
    name: source,
    async *read(cursor, keep, signal) {
      const now = around.clock.now();
      const broken = (why: string, cause?: unknown) =>
        fail('SOURCE_FAILED', { source, why }, cause);
      let points: Point[];
      try {
        points = await pointsOf(await answerOf(indicator, around, answers, signal), indicator, now);
      } catch (error) {
        throw broken(reasonOf(error), error);
      }
      const newest = points.at(-1);
      if (newest === undefined || newest.at < now - stale) {
        const when = newest === undefined ? 'nothing' : new Date(newest.at).toISOString();
        throw broken(`its newest value is of ${when}, too old to be news`);
      }
      if (newest.at <= (cursor.at ?? -1)) return;
      const before = points.at(-2) ?? history.points(name).findLast(({ at }) => at < newest.at);
      if (before && jumps(before.value, newest.value) && !confirmed(cursor.resume, newest.value)) {
        keep({ ...cursor, resume: String(newest.value) });
        const change = `it jumped from ${String(before.value)} to ${String(newest.value)} ${unit}`;
        throw broken(`${change.trim()}, which the next reading has to confirm`);
      }
      history.add(name, points);
      for (const move of movesOf(history.points(name), indicator)) {
        const told = signalOfMove(move, indicator);
        if (cursor.seen?.includes(told.id)) continue;
        history.tell({ ...move, signal: told.id, text: told.text, url: told.url });
        cursor = { ...cursor, seen: [...(cursor.seen ?? []), told.id].slice(-50) };
        yield told;
      }
      const { resume: _doubted, ...rest } = cursor;
      keep({ ...rest, at: newest.at });
    },
  };
}

async function answerOf(
  { url, file }: Indicator,
  { fetch, readFile }: Pick<IndicatorReading, 'fetch' | 'readFile'>,
  answers: Map<string, Promise<string>>,
  signal: AbortSignal | undefined,
): Promise<string> {
  if (url !== undefined) {
    const answer = answers.get(url) ?? ask(fetch, url, signal);
    answers.set(url, answer);
    return answer;
  }
  const text = await readFile(file ?? '');
  if (text === undefined) throw new Error(`there is no file ${file ?? ''}`);
  return text;
}

async function ask(
  fetch: Reading['fetch'],
  url: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  const limits = [AbortSignal.timeout(patience), ...(signal ? [signal] : [])];
  const response = await fetch(url, {
    headers: { accept: 'application/json, text/csv;q=0.9, */*;q=0.5', 'user-agent': 'SocialPulse' },
    signal: AbortSignal.any(limits),
  });
  if (!response.ok) throw new Error(`it answered ${String(response.status)}`);
  let text = '';
  const body: AsyncIterable<string> | Iterable<string> =
    response.body?.pipeThrough(new TextDecoderStream()) ?? [];
  for await (const part of body) {
    text += part;
    if (text.length > bodyLimit)
      throw new Error(`it is larger than ${String(bodyLimit)} characters`);
  }
  return text;
}

const jumps = (before: number, after: number) =>
  after / before > doubtful || before / after > doubtful;

const confirmed = (doubted: string | undefined, value: number) =>
  doubted !== undefined && Math.abs(value / Number(doubted) - 1) <= alike;

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}
