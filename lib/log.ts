import { type Logger, pino, stdTimeFunctions } from 'pino';
import type { Settings } from './config.ts';
import { asPulseError } from './errors.ts';
import { createRedactor, redactValue } from './redact.ts';

export type Log = Logger;

/** Where lines go; a terminal gets short lines, everything else one JSON object a line. */
export interface Destination {
  write(text: string): unknown;
  isTTY?: boolean;
}

/**
 * The log of a process. No secret of the configuration appears in it, whatever is logged. An error is given as
 * `log.error({ err }, 'what was being done')` and appears as code, message and remedy; its stack only with
 * LOG_LEVEL=debug.
 */
export function createLog(
  settings: Pick<Settings, 'log' | 'secrets'>,
  destination: Destination = process.stderr,
): Log {
  const debug = settings.log.level === 'debug';
  let known = settings.secrets.reveal();
  let redact = createRedactor(known);
  const write = (line: string) => {
    if (known !== settings.secrets.reveal()) {
      known = settings.secrets.reveal();
      redact = createRedactor(known);
    }
    const safe = redact(line) === line ? line : redactLine(line, redact);
    destination.write(destination.isTTY === true ? formatLine(safe) : safe);
  };
  return pino(
    {
      level: settings.log.level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
      serializers: { err: (thrown: unknown) => plainError(thrown, debug) },
    },
    { write },
  );
}

/** An error for people: `CODE: what happened. What to do.`; with its stack and causes only when `debug`. */
export function formatError(thrown: unknown, debug = false): string {
  const error = asPulseError(thrown);
  const first = visible(`${error.code}: ${error.message} ${error.remedy}`);
  return debug ? `${first}\n${stackOf(error)}` : first;
}

function plainError(thrown: unknown, debug: boolean) {
  const error = asPulseError(thrown);
  const { code, message, remedy, retryable } = error;
  return { code, message, remedy, retryable, ...(debug && { stack: stackOf(error) }) };
}

function stackOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const cause = thrown.cause === undefined ? '' : `\ncaused by ${stackOf(thrown.cause)}`;
  return `${thrown.stack ?? thrown.message}${cause}`;
}

function redactLine(line: string, redact: (text: string) => string): string {
  return `${JSON.stringify(redactValue(JSON.parse(line), redact))}\n`;
}

const colours: Readonly<Record<string, number>> = { debug: 90, info: 36, warn: 33, error: 31 };

interface Line {
  level: string;
  time: string;
  msg?: string;
  err?: { code: string; message: string; remedy: string; stack?: string };
}

/** One JSON line as a short line for a terminal: `12:03:09 warn  message  key=value`. */
function formatLine(line: string): string {
  const { level, time, msg = '', err, ...rest } = JSON.parse(line) as Line;
  const mark = `\u001B[${String(colours[level] ?? 35)}m${level.padEnd(5)}\u001B[0m`;
  const fields = Object.entries(rest).map(([key, value]) => `${key}=${short(value)}`);
  const words = [time.slice(11, 19), mark, visible(msg), ...fields].join(' ');
  if (err === undefined) return `${words}\n`;
  const below = err.stack ?? `  ${err.code}: ${err.message} ${err.remedy}`;
  return `${words}\n${visible(below)}\n`;
}

const short = (value: unknown) =>
  typeof value === 'string' ? visible(value) : JSON.stringify(value);

/** Without what could steer a terminal; line breaks stay. */
const visible = (text: string) => text.replace(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/g, ' ');
