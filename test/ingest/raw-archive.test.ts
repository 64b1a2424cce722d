import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ArchiveItem, isMalformed, readArchive } from '../../lib/ingest/archive.ts';
import { shared } from '../shared.ts';
import { raws } from './payloads/raws.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'raw-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function read(path: string) {
  const items: ArchiveItem[] = [];
  for await (const item of readArchive(path)) items.push(item);
  return {
    signals: items.flatMap((item) => (isMalformed(item) ? [] : [item])),
    malformed: items.filter(isMalformed),
  };
}

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('an archive of raw objects', () => {
  it.each([
    ['x_v11_stocknet_6000.ndjson.gz', 7380, 'x'],
    ['reddit_listings.ndjson.gz', 3196, 'reddit'],
    ['jetstream_v1_150frames.jsonl', 17, 'bluesky'],
    ['telegram_updates.ndjson', 4, 'telegram'],
    ['discord_gateway_events.ndjson.gz', 4, 'discord'],
  ])('%s gives its posts; what holds none is not malformed', async (name, count, network) => {
    const { signals, malformed } = await read(shared(join('data/payloads', name)));
    expect([signals.length, malformed]).toEqual([count, []]);
    expect(new Set(signals.map((each) => each.network))).toEqual(new Set([network]));
  });

  it('may hold those of several networks, and posts of our own shape', async () => {
    const own = { id: '1', t: 1_351_382_403_396, x: 'Ours' };
    const lines = [own, ...raws, { something: 'else' }, own].map((raw) => JSON.stringify(raw));
    const { signals, malformed } = await read(file('mixed', lines.join('\n')));
    expect(signals).toHaveLength(raws.length + 2);
    expect(malformed).toEqual([]);
    expect(new Set(signals.map(({ network }) => network)).size).toBe(7);
  });

  it('may be one value spread over lines, or the script that X hands out', async () => {
    const pretty = await read(file('pretty', JSON.stringify({ posts: raws.slice(0, 1) }, null, 2)));
    expect(pretty.signals.map(({ id }) => id)).toEqual(['x:1050118621198921728']);
    const script = `window.YTD.tweets.part0 = ${JSON.stringify([{ tweet: raws[0] }], null, 1)}`;
    expect((await read(file('tweets.js', script))).signals).toHaveLength(1);
    const flat = [
      { id: '1', t: 1, x: 'a' },
      { id: '2', x: 'no time' },
    ];
    const { signals, malformed } = await read(file('flat.json', JSON.stringify(flat, null, 2)));
    expect([signals.length, malformed.map(({ line }) => line)]).toEqual([1, [2]]);
    expect((await read(file('broken.json', '{\n"a": '))).malformed).toMatchObject([
      { why: 'it is not JSON' },
    ]);
  });

  it('may be a feed in any encoding', async () => {
    const { signals } = await read(shared('data/payloads/rss/encoding.rss'));
    expect(signals).toHaveLength(40);
    expect(signals[0]?.text).toBe('Mãe de utente é a nova presidente da Raríssimas');
    const { malformed } = await read(shared('data/payloads/rss/unrecognized.rss'));
    expect(malformed).toMatchObject([{ why: 'it is no feed, or one without items' }]);
  });

  it('gives back what was written of it, to the last count', async () => {
    const lines = raws.map((raw) => JSON.stringify(raw)).join('\n');
    const { signals } = await read(file('first', lines));
    const marked = signals.map((signal, index) =>
      index === 0 ? { ...signal, marks: ['spam'], copy: true as const } : signal,
    );
    const own = marked.map((signal) => JSON.stringify(signal)).join('\n');
    expect((await read(file('own', own))).signals).toEqual(marked);
  });
});
