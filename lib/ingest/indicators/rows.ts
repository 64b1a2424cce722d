import type { Indicator } from '../../store/indicator.ts';
import { timeOf } from '../post.ts';

/** A value at a moment. */
export interface Point {
  /** ms UTC; the end of what it sums up. */
  at: number;
  value: number;
  /** Absent for what is not over yet. */
  volume?: number;
}

/** How far ahead of ours a clock may be, ms. */
const ahead = 300_000;

/**
 * Values of an answer or a file as the indicator says where they are, oldest first; `now` in ms UTC. A value that was
 * never said is never made up: throws an Error that says what stands in its place. Rows without a value (a day off) are
 * left out.
 */
export async function pointsOf(text: string, indicator: Indicator, now: number): Promise<Point[]> {
  const rows = indicator.format === 'csv' ? await readTable(text) : readRows(text, indicator);
  const points = rows.flatMap((row, index) => pointOf(row, index, indicator, now) ?? []);
  if (points.length === 0) throw new Error('it holds no values');
  return points.sort((a, b) => a.at - b.at);
}

async function readTable(text: string): Promise<readonly unknown[]> {
  const { parse } = await import('csv-parse/sync');
  return parse(text, { bom: true, columns: true, trim: true, skip_empty_lines: true });
}

function readRows(text: string, { rows }: Indicator): readonly unknown[] {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    throw new Error(`it is no JSON but ${shown(text)}`);
  }
  if (rows === undefined) return [answer];
  const found = at(answer, rows);
  if (Array.isArray(found)) return found;
  throw new Error(`there is no list at ${rows} in ${shown(text)}`);
}

function pointOf(
  row: unknown,
  index: number,
  indicator: Indicator,
  now: number,
): Point | undefined {
  const { time, value, volume, interval = 0 } = indicator;
  const column = (path: string) => (indicator.format === 'csv' ? field(row, path) : at(row, path));
  const where = `row ${String(index + 1)}`;
  const said = column(value);
  if (said === null || said === '') return undefined;
  const number = numberOf(said);
  if (number === undefined || number <= 0)
    throw new Error(`${value} of ${where} is ${shown(said)}, which is no value`);
  const start = time === undefined ? now : timeOf(column(time));
  if (start === undefined)
    throw new Error(`${time ?? ''} of ${where} is ${shown(column(time ?? ''))}, which is no time`);
  if (start > now + ahead) throw new Error(`${where} is of ${iso(start)}, which is yet to come`);
  const over = start + interval <= now;
  const traded = volume === undefined || !over ? undefined : numberOf(column(volume));
  return {
    at: Math.min(start + interval, Math.max(start, now)),
    value: number,
    ...(traded !== undefined && traded >= 0 && { volume: traded }),
  };
}

/** What stands at `result.0.price`; undefined when nothing does. */
function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>(field, value);
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;

function numberOf(value: unknown): number | undefined {
  const number =
    typeof value === 'string' && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value.trim())
      ? Number(value)
      : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

const iso = (time: number) => new Date(time).toISOString();

function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  const text = (typeof value === 'string' ? value : JSON.stringify(value)).replace(/\s+/g, ' ');
  return `"${text.length > 80 ? `${text.slice(0, 77)}...` : text}"`;
}
