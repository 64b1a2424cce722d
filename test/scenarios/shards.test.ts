import { createServer, type Server } from 'node:http';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cachesOf, knownFile, shardsFolder, sketchFolder } from '../../lib/desk/steps/folders.ts';
import { ingestSources } from '../../lib/desk/steps/ingest.ts';
import { findTrends } from '../../lib/desk/steps/trends.ts';
import { readKnown } from '../../lib/desk/known.ts';
import { createTestDesk, type TestDesk } from './desk.ts';

const hour = 3_600_000;
const towns = ['quay', 'market', 'station', 'bridge', 'school', 'tower', 'mill', 'lock'];
const what = [
  'boats seen at',
  'water covers half of',
  'families leave homes near',
  'rescuers work by',
  'no lessons today at',
  'lights go out around',
  'sandbags are carried to',
  'the river tops',
];

let desk: TestDesk;
let server: Server;
let cacheDir: string;
const feeds = new Map<string, { title: string; at: number }[]>();

/** Each town's feed has an address of its own: who publishes it is its voice. */
const rss = (path: string, items: readonly { title: string; at: number }[]) =>
  `<rss version="2.0"><channel><title>${path}</title><link>http://example.org${path}</link>` +
  items
    .map(
      ({ title, at }, n) =>
        `<item><guid>${path}-${at}-${n}</guid><title>${title}</title>` +
        `<pubDate>${new Date(at).toUTCString()}</pubDate></item>`,
    )
    .join('') +
  '</channel></rss>';

beforeAll(async () => {
  cacheDir = join(await mkdtemp(join(tmpdir(), 'cache-')), 'pulse');
  server = createServer((request, response) => {
    const items = feeds.get(request.url ?? '');
    response.writeHead(items ? 200 : 404, { 'content-type': 'application/rss+xml' });
    response.end(items && rss(request.url ?? '', items));
  }).listen(0, '0.0.0.0');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address() as AddressInfo;
  desk = await createTestDesk();
  const now = desk.app.desk.clock.now();
  towns.forEach((town, n) => {
    const usual = Array.from({ length: 24 }, (_, k) => ({
      title: `Council ${town} meets about ${town} budget item ${k}`,
      at: now - (k + 1) * hour,
    }));
    const title = `Karsund flood: ${what[n]} the ${town}`;
    const news = { title, at: now - 1000 * (n + 1) };
    feeds.set(`/${town}.xml`, [news, ...usual]);
  });
  const content = `name: crypto
title: Towns
description: What happens in town.
voice: Sober.
topics:
  - { name: floods, about: Floods., keywords: [flood] }
accounts:
  - { name: outbox, platform: outbox }
sources:
  feeds: [${towns.map((town, n) => `'http://127.0.0.${n + 1}:${port}/${town}.xml'`).join(', ')}]
`;
  const actions = [
    { action: 'update', file_path: 'profiles/crypto.yaml', content },
    { action: 'delete', file_path: 'profiles/world-news.yaml' },
  ];
  await desk.as('owner').commit('main', actions, 'Read the towns');
});
afterAll(async () => {
  await desk.close();
  server.close();
  await rm(join(cacheDir, '..'), { recursive: true, force: true });
});

it('runners that read a part each find together the story none of them could see', async () => {
  const { desk: whole } = desk.app;
  const profiles = await whole.profiles();
  for (let index = 0; index < 4; index++) {
    const folder = join(shardsFolder(cacheDir), String(index + 1));
    const shard = { only: ['feeds:'], index, of: 4 };
    const read = () => ingestSources(whole, profiles, { cacheDir: folder, listen: 0, shard });
    const { sources, down, counts } = await read();
    expect(down).toEqual([]);
    expect(counts.signals).toBe(sources * 25);
    // What is in the window is known: a second run brings nothing and leaves no second sketch.
    expect((await read()).counts.signals).toBe(0);
    if (sources > 0) expect(await readdir(sketchFolder(folder))).toHaveLength(1);
  }
  const caches = await cachesOf(cacheDir);
  expect(caches).toHaveLength(6);
  const trends = await findTrends(whole, cacheDir);
  const flood = trends.find(({ terms }) => terms.includes('flood'));
  expect(flood).toMatchObject({ posts: 8, phase: 'emerging' });
  expect(flood?.name).toContain('Karsund');
  expect(await findTrends(whole, cacheDir)).toEqual(trends);
});

it('keeps what is usual up to the day before yesterday, and goes on from there', async () => {
  const known = await readKnown(knownFile(cacheDir), (error) => {
    throw error;
  });
  const day = 24 * hour;
  const now = desk.app.desk.clock.now();
  expect(known?.until).toBe(Math.floor((now - day) / day) * day);
});
