import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fail } from '../lib/errors.ts';
import { createLog, formatError } from '../lib/log.ts';
import { readConfig } from '../lib/config.ts';
import { createRedactor } from '../lib/redact.ts';
import { secret } from '../lib/secret.ts';
import type { LogLevel } from '../lib/config.ts';

function record(secrets: readonly string[], options: Options = {}) {
  const lines: string[] = [];
  const write = (line: string) => lines.push(line);
  const { level = 'info', isTTY = false } = options;
  const log = createLog({ log: { level }, secrets: secret(secrets) }, { write, isTTY });
  return { log, lines, text: () => lines.join('') };
}

describe('the log of a server', () => {
  it('is one JSON object a line, with the level by name and the time in UTC', () => {
    const { log, lines } = record([]);
    log.info({ post: 'p1' }, 'reconciled');
    expect(JSON.parse(lines[0]!)).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      post: 'p1',
      msg: 'reconciled',
    });
  });

  it('shows an error as code, message and remedy, its stack only when debugging', () => {
    const error = fail('GITLAB_BUSY', { call: 'GET /x', status: 429 }, new Error('the cause'));
    const plain = record([]);
    plain.log.error({ err: error }, 'sweep');
    expect(JSON.parse(plain.lines[0]!)).toMatchObject({
      err: { code: 'GITLAB_BUSY', message: expect.stringContaining('429') as string },
    });
    expect(plain.text()).not.toContain('log.test.ts');

    const debug = record([], { level: 'debug' });
    debug.log.error({ err: error }, 'sweep');
    expect(debug.text()).toContain('log.test.ts');
    expect(debug.text()).toContain('caused by Error: the cause');
  });

  it('takes anything that was thrown', () => {
    const { log, text } = record([]);
    log.error({ err: 'a string' }, 'odd');
    log.error({ err: undefined }, 'odder');
    expect(text()).toContain('This should not happen: a string.');
  });
});

describe('secrets', () => {
  it.each([
    ['in the message', (log: Recorded, s: string) => log.info(`token=${s}`)],
    ['in a field', (log: Recorded, s: string) => log.info({ header: { authorization: s } }, 'x')],
    ['as a key', (log: Recorded, s: string) => log.info({ [s]: 1 }, 'x')],
    ['in an error', (log: Recorded, s: string) => log.info({ err: new Error(`no ${s}`) }, 'x')],
    ['in an address', (log: Recorded, s: string) => log.info({ url: encodeURIComponent(s) }, 'x')],
    ['in base64', (log: Recorded, s: string) => log.info(Buffer.from(s).toString('base64'))],
    ['in a child', (log: Recorded, s: string) => log.child({ s }).info('x')],
  ])('are hidden %s', (_, write) => {
    fc.assert(
      fc.property(fc.string({ minLength: 4, unit: 'grapheme' }), (value) => {
        const { log, lines } = record([value]);
        write(log, value);
        expect(lines[0]).toContain('[secret]');
        expect(strings(JSON.parse(lines[0]!)).filter((text) => text.includes(value))).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it('that are learnt on the way are hidden from then on', () => {
    const config = readConfig({
      GITLAB_URL: 'https://host',
      GITLAB_PROJECT: 'a/b',
      GITLAB_TOKEN: 'token-of-the-machine',
      LOG_LEVEL: 'info',
    });
    const lines: string[] = [];
    const log = createLog(config, { write: (line: string) => lines.push(line) });
    config.hide('token-that-was-renewed');
    log.info('token-of-the-machine and token-that-was-renewed');
    expect(lines.join('')).toContain('[secret] and [secret]');
  });

  it('that look like numbers leave the line valid', () => {
    const { log, lines } = record(['2026', '1234']);
    log.info({ count: 512345 }, 'x');
    expect(JSON.parse(lines[0]!)).toMatchObject({ count: '[secret]', msg: 'x' });
  });

  it('are replaced whole where one holds another', () => {
    expect(createRedactor(['abcd', 'abcdefgh'])('x abcdefgh y abcd')).toBe('x [secret] y [secret]');
  });
});

describe('the log on a terminal', () => {
  it('is short', () => {
    const { log, text } = record([], { isTTY: true });
    log.warn({ post: 'p1', n: 2 }, 'held');
    log.error({ err: fail('GITLAB_BUSY', { call: 'GET /x', status: 429 }) }, 'sweep');
    const plain = text()
      .replaceAll(/\u001B\[\d+m/g, '')
      .replaceAll(/\d\d:\d\d:\d\d/g, 'T');
    expect(plain).toBe(
      'T warn  held post=p1 n=2\nT error sweep\n' +
        '  GITLAB_BUSY: GitLab is overloaded or limits us (429) at GET /x. ' +
        'Nothing to do: the next run tries again.\n',
    );
  });

  it('cannot be steered by what others wrote', () => {
    const { log, text } = record([], { isTTY: true });
    log.info({ text: 'a\u001B[2Jb' }, 'title \u001B]0;owned\u0007');
    expect(text().replaceAll(/\u001B\[\d+m/g, '')).not.toContain('\u001B');
    expect(formatError(new Error('x\u001B[2J'))).not.toContain('\u001B');
  });
});

describe('formatError', () => {
  it('says what happened and what to do, without a stack', () => {
    expect(formatError(fail('PROFILE_UNKNOWN', { name: 'x', known: 'crypto' }))).toBe(
      'PROFILE_UNKNOWN: There is no profile called "x". ' +
        'Choose one of: crypto. A profile is a file profiles/<name>.yaml.',
    );
  });
});

type Recorded = ReturnType<typeof record>['log'];
interface Options {
  level?: LogLevel;
  isTTY?: boolean;
}

/** Every string and key in a JSON value. */
function strings(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => [key, ...strings(each)]);
}
