import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ArchiveItem, isMalformed, parseLine, readArchive } from '../../lib/ingest/archive.ts';
import { shared } from '../shared.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'archive-'));
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

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const post = (id: number, text = `post ${id}`) =>
  `${JSON.stringify({ id: String(id), t: 1_351_382_403_396 + id, x: text, h: [] })}\n`;
const posts = (count: number) => Array.from({ length: count }, (_, id) => post(id)).join('');

describe('archives', () => {
  it('are read plain and zipped, told apart by their bytes and not by their names', async () => {
    for (const path of [
      file('a.ndjson', posts(3)),
      file('b.ndjson.gz', gzipSync(posts(3))),
      file('c.gz', posts(3)),
      file('d.txt', gzipSync(posts(3))),
      file('e.gz', Buffer.concat([gzipSync(post(0)), gzipSync(post(1) + post(2))])),
    ]) {
      const { signals, malformed } = await read(path);
      expect(signals.map(({ id }) => id)).toEqual(['archive:0', 'archive:1', 'archive:2']);
      expect(malformed).toEqual([]);
    }
  });

  it('keep other ends of lines within a text', async () => {
    const { signals } = await read(file('u2028', post(1, 'one\u2028two') + post(2)));
    expect(signals.map(({ text }) => text)).toEqual(['one\u2028two', 'post 2']);
  });

  it('go on after what is wrong, and say where it stood and why', async () => {
    const lines = [
      post(1),
      'not json\n',
      '\n',
      '{"id":"2","x":"no time"}\n',
      `{"id":"3","t":1,"x":"${'long '.repeat(2_000_000)}"}\n`,
      '[1]\n',
      '{"t":1,"x":"no id"}\n',
      '{"id":"4","t":1,"x":" "}\n',
      post(5).trimEnd(),
    ];
    const { signals, malformed } = await read(file('wrong', lines.join('')));
    expect(signals.map(({ id }) => id)).toEqual(['archive:1', 'archive:5']);
    expect(malformed.map(({ line }) => line)).toEqual([2, 4, 5, 6, 7, 8]);
    expect(malformed[2]?.why).toContain('longer than 8388608 bytes');
  });

  it('that end too early or are damaged give what they have', async () => {
    const zipped = gzipSync(Array.from({ length: 20_000 }, (_, n) => post(n)).join(''));
    const short = await read(file('short.gz', zipped.subarray(0, zipped.length >> 1)));
    expect(short.signals.length).toBeGreaterThan(5_000);
    expect(short.malformed.at(-1)?.why).toContain('ends too early');
    const damaged = Buffer.from(zipped);
    damaged[zipped.length - 6]! ^= 255;
    const broken = await read(file('damaged.gz', damaged));
    expect(broken.signals.length).toBeGreaterThan(15_000);
    expect(broken.malformed.at(-1)?.why).toContain('damaged');
  });

  it('that are empty say so', async () => {
    for (const path of [file('empty', ''), file('empty.gz', gzipSync(''))])
      expect(await read(path)).toEqual({
        signals: [],
        malformed: [{ malformed: true, line: 1, why: 'the file is empty' }],
      });
  });

  it('that are not there, or are folders, are an error a person can act on', async () => {
    await expect(read(join(folder, 'none'))).rejects.toMatchObject({
      code: 'INPUT_UNREADABLE',
      message: expect.stringContaining('there is no such file') as string,
    });
    await expect(read(folder)).rejects.toMatchObject({
      code: 'INPUT_UNREADABLE',
      message: expect.stringMatching(/^[^:]+ cannot be read: it is a folder\.$/) as string,
    });
  });

  it('of real posts hold nothing that is malformed', async () => {
    const { signals, malformed } = await read(shared('data/trends/crisislex_t6.ndjson.gz'));
    expect([signals.length, malformed.length]).toEqual([60_031, 0]);
  });
});

describe('a post of an archive', () => {
  const parse = (value: unknown) => parseLine(JSON.stringify(value), 1);

  it.each([
    [1_351_382_403_396, 1_351_382_403_396],
    [1_351_382_403, 1_351_382_403_000],
    [1_351_382_403_396_000, 1_351_382_403_396],
    ['1351382403', 1_351_382_403_000],
    ['2012-10-28T00:00:03.396Z', 1_351_382_403_396],
    ['2012-10-28T02:00:03+02:00', 1_351_382_403_000],
  ])('may say its time as %s', (t, at) => {
    expect(parse({ id: 1, t, x: 'a' })).toMatchObject({ id: 'archive:1', at });
    expect(parse({ id: 1, at: t, text: 'a' })).toMatchObject({ at });
  });

  it.each([[''], ['soon'], [-1], [1e300], [null]])('may not say its time as %j', (t) => {
    expect(parse({ id: 1, t, x: 'a' })).toMatchObject({ malformed: true });
  });

  it('is normalised: entities, composed letters, tags in lower case', () => {
    expect(
      parse({ id: 'a', t: 1, x: 'cafe\u0301 &lt;3 &amp;', h: ['#News', 'news'], sub: 'pics' }),
    ).toEqual({
      id: 'archive:a',
      network: 'archive',
      text: 'café <3 &',
      at: 1000,
      tags: ['news'],
      channel: 'pics',
    });
    expect(parse({ id: 'a', t: 1, x: 'In #Sandy and #2 and a#b' })).toMatchObject({
      tags: ['sandy'],
    });
  });
});
