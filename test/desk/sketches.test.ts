import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSketch, writeSketch } from '../../lib/desk/sketches.ts';
import { createSketchReader, sketchLines } from '../../lib/trend/sketch/lines.ts';
import type { HourTally } from '../../lib/trend/sketch/tallies.ts';
import { hoursOf, posts, zipf } from '../trend/sketch/streams.ts';

const written = (hours: readonly HourTally[]) => [...sketchLines(hours)].join('');
const place = async () => join(await mkdtemp(join(tmpdir(), 'sketch-')), 'shard.ndjson.gz');

function read(text: string): HourTally[] {
  const reader = createSketchReader('shard');
  for (const line of text.split('\n').slice(0, -1)) reader.take(line);
  return reader.end();
}

describe('a sketch on disk', () => {
  it('comes back as it was, with terms that people can read', async () => {
    const hours = hoursOf(zipf(500, 5));
    const path = await place();
    await writeSketch(path, hours);
    expect(written(await readSketch(path))).toBe(written(hours));
    expect(gunzipSync(await readFile(path)).toString()).toContain('["wordxxx0q",0,');
    expect(await readdir(join(path, '..'))).toEqual(['shard.ndjson.gz']);
  });

  it('comes back whatever was counted', () => {
    fc.assert(
      fc.property(posts, (signals) => {
        const text = written(hoursOf(signals));
        expect(written(read(text))).toBe(text);
      }),
    );
  });

  it('is refused when any part of it is missing', async () => {
    const path = await place();
    await writeSketch(path, hoursOf(zipf(50, 6)));
    const whole = await readFile(path);
    await expect(readSketch(`${path}.none`)).rejects.toMatchObject({ code: 'SKETCH_UNREADABLE' });
    for (const share of [0, 0.1, 0.5, 0.99]) {
      await writeFile(path, whole.subarray(0, Math.floor(share * whole.length)));
      await expect(readSketch(path), `${share}`).rejects.toMatchObject({
        code: 'SKETCH_UNREADABLE',
      });
    }
    const lines = gunzipSync(whole).toString().split('\n');
    await writeFile(path, gzipSync(`${lines.slice(0, -5).join('\n')}\n`));
    await expect(readSketch(path)).rejects.toThrow(/missing/);
  });

  it.each([
    ['["a",0,"0123456789abcdef",1,1,1]', 'no term of a sketch'],
    ['["a",0,"0123456789abcde",1,1,1,""]', 'no term of a sketch'],
    ['["a",0,"0123456789abcdef",-1,1,1,""]', 'no term of a sketch'],
    ['["a",0,"0123456789abcdef",1,1,1,"*00"]', 'no term of a sketch'],
    ['{"a":1}', 'no term of a sketch'],
    ['nothing', 'no term of a sketch'],
  ])('is refused when %s stands for a term', (line, why) => {
    const head =
      '{"sketch":1,"tallies":1}\n{"network":"x","hour":0,"posts":1,"known":0,"error":0,"terms":1}';
    expect(read(`${head}\n["a",0,"0123456789abcdef",1,1,1,"00ff"]\n`)).toHaveLength(1);
    expect(() => read(`${head}\n${line}\n`)).toThrow(why);
  });

  it.each(['', 'x\n', '{"sketch":2,"tallies":0}\n', '{"id":"1","text":"a post"}\n'])(
    'is not what %j holds',
    (text) => {
      expect(() => read(text)).toThrow(/shard cannot be used/);
    },
  );
});
