import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { tick } from '../../lib/desk/tick.ts';
import { createTestDesk, type TestDesk } from './desk.ts';

const hour = 3_600_000;
let desk: TestDesk;
let server: Server;
let cacheDir: string;

/** Candles of an exchange: small moves for two weeks, then one of 9 per cent. */
function candles(now: number): string {
  const last = Math.floor(now / hour) * hour;
  const rows = Array.from({ length: 340 }, (_, n) => {
    const close = n === 339 ? 109_000 : 100_000 + 150 * Math.sin(n * 12.9898);
    return [(last - (339 - n) * hour) / 1000, '0', '0', '0', String(close), '0', '10', 3];
  });
  return JSON.stringify({ error: [], result: { XAU: rows } });
}

beforeAll(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), 'cache-'));
  server = createServer((request, response) => {
    if (request.url === '/embeddings') response.writeHead(500).end('out of order');
    else response.end(candles(desk.clock.now()));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  // Its embeddings fail: the bundled ones stand in.
  desk = await createTestDesk({ EMBEDDINGS: 'openai', EMBEDDINGS_BASE_URL: url });
  const profile = `name: metals
title: Metals
description: What happens to gold and silver.
voice: Sober.
domain: metals
topics:
  - { name: gold, about: Gold and its price., keywords: [gold] }
accounts:
  - { name: outbox, platform: outbox }
threshold: 0.3
`;
  const pack = `name: metals
title: Metals
entities:
  - { name: gold, kind: metal, also: [bullion], tickers: [XAU] }
indicators:
  - name: gold-price
    title: Gold price
    about: gold
    unit: USD
    url: ${url}/ohlc
    page: https://metals.example/gold
    rows: result.XAU
    time: '0'
    value: '4'
    interval: 1h
`;
  const file = (file_path: string, content: string) => ({ action: 'create', file_path, content });
  await desk
    .as('owner')
    .commit(
      'main',
      [
        file('profiles/metals.yaml', profile),
        file('profiles/domains/metals.yaml', pack),
        { action: 'delete', file_path: 'profiles/crypto.yaml' },
        { action: 'delete', file_path: 'profiles/world-news.yaml' },
      ],
      'Speak about metals',
    );
});
afterAll(async () => {
  server.close();
  await desk.close();
  await rm(cacheDir, { recursive: true, force: true });
});

it('a price that moves becomes a post with the number, its source and its time', async () => {
  const done = await tick(desk.app.desk, { cacheDir, listen: 0, inputs: [] });
  expect(done).toMatchObject({
    ingest: { down: 0, signals: 2 },
    trend: { trends: 1 },
    match: { matches: 1 },
    draft: { posts: [expect.stringContaining('gold-price')] },
  });
  const [id = ''] = await desk.app.desk.records.ids();
  const record = await desk.record(id);
  expect(record.origin).toMatchObject({
    topic: 'gold',
    embedder: 'bundled/minilm-l6-v2',
    trend: { name: 'Gold price', networks: ['indicator'] },
  });
  const { gitlab } = desk.app.desk;
  const post = await gitlab.readFile(record.path, record.branch);
  expect(post?.content).toMatch(
    /Gold price up (9|8\.9|9\.\d) % in .* to 109,000 USD \(\d\d:\d\d UTC on/,
  );
  expect(post?.content).toContain('Source: metals.example');
  expect(post?.content).toContain('https://metals.example/gold');
  expect(post?.content).not.toMatch(/posts? by|in numbers/);
});

it('the same move is told once, and is over when it is old', async () => {
  desk.clock.advance(15 * 60_000);
  const again = await tick(desk.app.desk, { cacheDir, listen: 0, inputs: [] });
  expect(again).toMatchObject({ draft: { posts: [] } });
  expect(await desk.app.desk.files.list('indicators')).toContain('indicators/moves.json');
  server.close();
  server.closeAllConnections();
  desk.clock.advance(8 * hour);
  const down = await tick(desk.app.desk, { cacheDir, listen: 0, inputs: [] });
  expect(down).toMatchObject({ ingest: { down: 1, signals: 0 }, trend: { trends: 0 } });
});
