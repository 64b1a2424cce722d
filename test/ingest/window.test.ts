import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isMalformed } from '../../lib/ingest/archive.ts';
import type { Signal } from '../../lib/ingest/signal.ts';
import { readWindow, writeWindow } from '../../lib/ingest/window.ts';

const hour = 3_600_000;
const now = Date.parse('2026-11-21T12:30:00Z');
const signal = (id: number, at: number): Signal => ({
  id: `bluesky:${id}`,
  network: 'bluesky',
  text: `wörds\u2028${id}`,
  at,
  author: 'did:plc:a',
  tags: ['news'],
  language: 'en',
  url: 'https://example.org/1',
});

let folder = '';
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'window-')), 'deep');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

async function read(at: number) {
  const items = [];
  for await (const item of readWindow(folder, at)) items.push(item);
  return items;
}

describe('the rolling window', () => {
  it('gives back what was put in, in the order of time', async () => {
    const signals = [3, 1, 2].map((n) => signal(n, now - n * hour));
    await writeWindow(folder, signals.slice(0, 2), now);
    await writeWindow(folder, signals.slice(2), now + 1);
    expect(await read(now)).toEqual([signals[0], signals[2], signals[1]]);
  });

  it('drops what is older than the window, shard and post', async () => {
    const late = now - 47.5 * hour;
    expect(await writeWindow(folder, [signal(1, late), signal(2, now - 50 * hour)], now)).toBe(1);
    expect(await read(now)).toHaveLength(1);
    expect(await read(now + hour)).toEqual([]);
    expect(readdirSync(folder)).toHaveLength(1);
    await read(now + 3 * hour);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is empty where there is none, and survives a damaged shard', async () => {
    expect(await read(now)).toEqual([]);
    await writeWindow(folder, [signal(1, now)], now);
    writeFileSync(join(folder, '2026-11-21T11.1.ndjson.gz'), Buffer.from([0x1f, 0x8b, 8, 0]));
    writeFileSync(join(folder, 'notes.txt'), 'not ours');
    const items = await read(now);
    expect(items.filter((item) => !isMalformed(item))).toEqual([signal(1, now)]);
    expect(items).toHaveLength(2);
    expect(readdirSync(folder)).toContain('notes.txt');
  });
});
