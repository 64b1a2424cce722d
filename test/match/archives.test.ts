import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readArchive } from '../../lib/ingest/archive.ts';
import { readSample } from '../../lib/ingest/sample.ts';
import { matchTrends } from '../../lib/match/matching.ts';
import { bundledEmbedder } from '../../lib/models/embeddings.ts';
import { profileSchema } from '../../lib/store/profile.ts';
import { replay, type Replayed } from '../../lib/trend/replay.ts';
import { hasShared, sharedPath } from '../shared.ts';

const profileNamed = (name: string) =>
  profileSchema.parse(
    parse(readFileSync(join(import.meta.dirname, `../../profiles/${name}.yaml`), 'utf8')),
  );

const cache = new Map<string, Float32Array>();
const match = async (trends: Replayed['trends'], name: string) =>
  matchTrends(trends, profileNamed(name), await bundledEmbedder(), cache);

const archive = 'data/trends/crisislex_t6.ndjson.gz';

describe.skipIf(!hasShared(archive))('60,031 tweets on six disasters', () => {
  let found: Replayed;
  beforeAll(async () => {
    found = await replay(readArchive(sharedPath(archive)));
  });

  it('are counted to the last', () => {
    expect(found.counts).toMatchObject({ signals: 60_031, malformed: 0, duplicates: 0 });
    expect(found.counts.nearDuplicates).toBeGreaterThan(4695);
  });

  it.each([
    ['2012-10-28', '2012-10-30', /sandy|hurricane/],
    ['2013-01-27', '2013-01-29', /queensland|flood/],
    ['2013-04-15', '2013-04-16', /boston|marathon|explosion/],
    ['2013-04-17', '2013-04-19', /texas|fertilizer|waco|plant/],
    ['2013-05-20', '2013-05-21', /oklahoma|tornado/],
    ['2013-06-21', '2013-06-23', /calgary|alberta|yyc/],
  ])('from %s to %s show what happened above all', (from, to, expected) => {
    const then = found.trends.filter(({ id }) => {
      const day = /@(.{10})/.exec(id)?.[1] ?? '';
      return day >= from && day <= to;
    });
    const [first] = then.map(({ name, terms }) => [name, ...terms].join(' '));
    expect(first).toMatch(expected);
  });

  it('say nothing to a profile on cryptocurrencies', async () => {
    expect(await match(found.trends, 'crypto')).toEqual([]);
  });

  it('say much to a profile on world news', async () => {
    const matches = await match(found.trends, 'world-news');
    expect(matches.length).toBeGreaterThan(10);
    const said = matches.map(({ trend }) => `${trend.name} ${trend.terms.join(' ')}`).join(' ');
    for (const event of [/hurricane/, /queensland|flood/, /texas|waco/, /tornado/, /canad|calgary/])
      expect(said).toMatch(event);
  }, 120_000);
});

describe('the sample', () => {
  // The day ends at another hour for everybody who tries it.
  it.each([0, 5, 14])('has a story for both profiles at %i:30 UTC', async (hour) => {
    const now = Date.parse('2026-11-21T00:30:00Z') + hour * 3_600_000;
    const { trends } = await replay(readSample(now));
    const [crypto] = await match(trends, 'crypto');
    expect(JSON.stringify(crypto?.trend.evidence)).toMatch(/Norvault|Marenna|Lantern/);
    const [news] = await match(trends, 'world-news');
    expect(news?.trend.name).toMatch(/karsund|belmora|tavira/i);
  });
});
