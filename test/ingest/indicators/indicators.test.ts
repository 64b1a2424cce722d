import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Cursors } from '../../../lib/ingest/cursors.ts';
import { openHistory, toldMoves } from '../../../lib/ingest/indicators/history.ts';
import { indicatorSources } from '../../../lib/ingest/indicators/indicators.ts';
import { ingest } from '../../../lib/ingest/ingest.ts';
import type { Signal } from '../../../lib/ingest/signal.ts';
import type { Files } from '../../../lib/store/files.ts';
import { type Indicator, indicatorSchema } from '../../../lib/store/indicator.ts';
import { createBare } from '../../store/bare.ts';

const hour = 3_600_000;
const noon = Date.UTC(2026, 10, 21, 12);
let now = noon;
let answer: { status?: number; body: string };
let asked = 0;
let server: Server;
let url = '';
let files: Files;
const made: Awaited<ReturnType<typeof createBare>>[] = [];
let cursors: Cursors;

/** Begins with an empty state branch; each takes a second. */
async function begin() {
  const bare = await createBare();
  made.push(bare);
  // Nobody else writes, so that there is no need to ask for news each time.
  files = await bare.files({ fresh: hour });
}

beforeAll(async () => {
  await begin();
  server = createServer((_, response) => {
    asked += 1;
    response.writeHead(answer.status ?? 200).end(answer.body);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/ohlc`;
});
afterAll(async () => {
  server.close();
  await Promise.all(made.map((bare) => bare.close()));
});
beforeEach(() => {
  cursors = {};
  now = noon;
  asked = 0;
});

const indicator = (more: object): Indicator =>
  indicatorSchema.parse({ name: 'gold', title: 'Gold price', about: 'gold', value: '4', ...more });
const candles = () =>
  indicator({ url, rows: 'result.XAU', time: '0', volume: '6', interval: '1h', unit: 'USD' });

/** Hourly rows as exchanges give them, up to the hour that is not over yet, which ends at `last`. */
const rows = (last: number, hours = 300) =>
  Array.from({ length: hours }, (_, n) => {
    const time = Math.floor(now / hour) * hour - (hours - 1 - n) * hour;
    const close = n === hours - 1 ? last : 2000 + 3 * Math.sin(n * 12.9);
    return [time / 1000, '0', '0', '0', close.toFixed(2), '0', '12.5', 7];
  });
const series = (last: number) => JSON.stringify({ error: [], result: { XAU: rows(last) } });

async function run(indicators: readonly Indicator[], content?: string) {
  const damaged: string[] = [];
  const history = await openHistory(files, now, (path) => damaged.push(path));
  const sources = indicatorSources(indicators, {
    fetch: globalThis.fetch,
    clock: { now: () => now, sleep: () => Promise.resolve() },
    readFile: () => Promise.resolve(content),
    history,
  });
  const intake = ingest(sources, { cursors, now: () => now });
  const signals: Signal[] = [];
  for await (const signal of intake) signals.push(signal);
  await history.flush();
  cursors = intake.cursors;
  return { signals, why: intake.failures.map(({ error }) => error.message), damaged };
}

describe('an indicator read from an address', () => {
  it.each([
    ['is down', 503, 'busy', /answered 503/],
    ['answers with a page', 200, '<html>', /it is no JSON but "<html>"/],
    ['answers with an error', 200, '{"error":["EQuery"]}', /no list at result\.XAU in .*EQuery/],
    ['holds nothing', 200, '{"result":{"XAU":[]}}', /holds no values/],
    ['says no number', 200, `{"result":{"XAU":[[${String(noon / 1000)},0,0,0,"n/a"]]}}`, /"n\/a"/],
    ['says less than nothing', 200, `{"result":{"XAU":[[${String(noon / 1000)},0,0,0,-3]]}}`, /-3/],
    ['says no time', 200, '{"result":{"XAU":[["soon",0,0,0,5]]}}', /"soon", which is no time/],
    ['is of tomorrow', 200, '{"result":{"XAU":[[1900000000,0,0,0,5]]}}', /yet to come/],
    ['is of yesterday', 200, '{"result":{"XAU":[[1795170000,0,0,0,5]]}}', /too old to be news/],
  ])('that %s is named and left for the next run', async (_what, status, body, message) => {
    answer = { status, body };
    const { signals, why } = await run([candles()]);
    expect(signals).toEqual([]);
    expect(why).toEqual([expect.stringMatching(message)]);
    expect(await files.list('indicators')).toEqual([]);
  });

  it('tells a move once, with number, time and source, and remembers it', async () => {
    await begin();
    now = noon + hour / 3;
    answer = { body: series(2140) };
    const { signals, why } = await run([candles()]);
    expect(why).toEqual([]);
    expect(signals.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^Gold price up [67]\.\d % in 80 minutes to 2,140 USD \(12:20 UTC/),
      expect.stringContaining('in 24 hours'),
    ]);
    expect(signals[0]).toMatchObject({ network: 'indicator', at: now, url });
    expect((await toldMoves(files)).map(({ signal }) => signal)).toEqual(
      signals.map(({ id }) => id),
    );
    now += hour / 6;
    answer = { body: series(2150) };
    expect((await run([candles()])).signals).toEqual([]);
    now += hour;
    expect((await run([candles()])).signals).toHaveLength(1);
  });

  it('keeps its past in small files, two weeks of it, and judges what has none by it', async () => {
    await begin();
    const ticker = indicator({ url, time: 'updated', value: 'usd' });
    const past = await openHistory(files, now, () => undefined);
    const at = (n: number) => noon - (40 - n) * hour;
    past.add(
      'gold',
      Array.from({ length: 40 }, (_, n) => ({ at: at(n), value: 1 + (n % 3) / 1000 })),
    );
    await past.flush();
    answer = { body: `{"usd":1.09,"updated":"${new Date(now).toISOString()}"}` };
    expect((await run([ticker])).signals.map(({ text }) => text)).toEqual([
      expect.stringContaining('Gold price up 9 % in 1 hour to 1.09 ('),
    ]);
    expect(await files.list('indicators')).toEqual([
      'indicators/2026-11-19.json',
      'indicators/2026-11-20.json',
      'indicators/2026-11-21.json',
      'indicators/moves.json',
    ]);
    now += 15 * 24 * hour;
    answer = { body: `{"usd":1.09,"updated":${String(now)}}` };
    expect((await run([ticker])).signals).toEqual([]);
    expect(await files.list('indicators')).toEqual([
      'indicators/2026-12-06.json',
      'indicators/moves.json',
    ]);
    expect(await toldMoves(files)).toEqual([]);
  });

  it('that jumps beyond belief is believed when the next reading says it too', async () => {
    await begin();
    answer = { body: series(2000) };
    await run([candles()]);
    now += hour / 3;
    answer = { body: series(200) };
    expect((await run([candles()])).why[0]).toMatch(/jumped from \d+\.\d+ to 200 USD, which/);
    expect(JSON.stringify(await files.read('indicators/2026-11-21.json'))).not.toContain(',200,');
    now += hour / 3;
    answer = { body: series(2001) };
    expect(await run([candles()])).toMatchObject({ signals: [], why: [] });
    now += hour / 3;
    answer = { body: series(190) };
    expect((await run([candles()])).why).toHaveLength(1);
    now += hour / 3;
    answer = { body: series(180) };
    expect((await run([candles()])).signals[0]?.text).toMatch(/^Gold price down 91 % /);
  });

  it('is asked once for all that read from it', async () => {
    answer = { body: JSON.stringify({ a: 1, b: 2 }) };
    const two = ['a', 'b'].map((name) => indicator({ name, url, value: name }));
    expect((await run([...two, two[0]!])).why).toEqual([]);
    expect(asked).toBe(1);
  });
});

describe('an indicator read from a file', () => {
  const table = (last: number) =>
    [
      'day;open,close,when',
      ...rows(last).map((row) => `x,"${String(row[4])}",${String(row[0])}`),
    ].join('\r\n');
  const file = () =>
    indicator({
      file: 'content/knowledge/gold.csv',
      format: 'csv',
      value: 'close',
      time: 'when',
      interval: '1h',
    });

  it('finds its columns by their names', async () => {
    await begin();
    const { signals, why } = await run([file()], `\uFEFF${table(2140)}`);
    expect(why).toEqual([]);
    expect(signals[0]?.text).toMatch(/^Gold price up .* Source: content\/knowledge\/gold\.csv$/);
    expect(signals[0]?.url).toBeUndefined();
  });

  it.each([
    [undefined, /there is no file content\/knowledge\/gold\.csv/],
    ['when,price\n1,2', /close of row 1 is missing/],
    ['when,close\n"1,2', /quote/i],
    ['', /no values/],
  ])('that is %j says what is wrong', async (content, message) => {
    expect((await run([file()], content)).why).toEqual([expect.stringMatching(message)]);
  });
});

it('a damaged file of the past is said once and written anew', async () => {
  await begin();
  const content = '{"gold": [[1,2';
  await files.commit([{ action: 'create', path: 'indicators/2026-11-21.json', content }], 'Damage');
  answer = { body: series(2001) };
  expect((await run([candles()])).damaged).toEqual(['indicators/2026-11-21.json']);
  expect((await run([candles()])).damaged).toEqual([]);
});

it('jobs that read at the same time keep each other’s values', async () => {
  await begin();
  const [bare] = made.slice(-1);
  const other = await bare!.files();
  const none = () => undefined;
  const [one, two] = await Promise.all([
    openHistory(files, now, none),
    openHistory(other, now, none),
  ]);
  one.add('gold', [{ at: now, value: 1 }]);
  two.add('silver', [{ at: now, value: 2 }]);
  await Promise.all([one.flush(), two.flush()]);
  two.add('silver', [{ at: now - hour, value: 3 }]);
  await two.flush();
  const read = await openHistory(await bare!.files(), now, none);
  expect(read.points('gold')).toEqual([{ at: now, value: 1 }]);
  expect(read.points('silver').map(({ value }) => value)).toEqual([3, 2]);
});
