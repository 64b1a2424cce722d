import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchTrends } from '../../lib/match/matching.ts';
import { holds, spaced } from '../../lib/match/words.ts';
import { bundledEmbedder } from '../../lib/models/embeddings.ts';
import type { Trend } from '../../lib/trend/trend.ts';

const profile = {
  name: 'weather',
  topics: [
    {
      name: 'storms',
      about: 'Hurricanes, floods and other storms.',
      keywords: ['hurricane', 'storm surge', '#sandy'],
    },
    { name: 'heat', about: 'Heat waves and drought.', keywords: ['heatwave'] },
  ],
  deny: ['video game'],
  key_accounts: ['bluesky:weather.example'],
  threshold: 0.5,
};

function trend(name: string, excerpts: readonly string[], author?: string): Trend {
  return {
    id: `${name}@2026-11-21`,
    name,
    terms: [name],
    score: 5,
    posts: 20,
    expected: 1,
    firstAt: 0,
    lastAt: 0,
    networks: ['bluesky'],
    evidence: excerpts.map((excerpt, n) => ({
      signal: `bluesky:${n}`,
      network: 'bluesky',
      excerpt,
      at: n,
      ...(author !== undefined && { author }),
    })),
  };
}

const storm = ['The hurricane makes landfall', 'Hurricane closes schools', 'A storm surge is near'];

describe('matching', () => {
  it('says why, in words a person can check', async () => {
    const [match] = await matchTrends([trend('hurricane ada', storm)], profile);
    expect(match).toMatchObject({ profile: 'weather', trend: { name: 'hurricane ada' } });
    expect(match?.score).toBeCloseTo(0.7);
    expect(match?.reasons).toEqual([
      {
        kind: 'topic',
        text: 'the topic "storms" names "hurricane", "storm surge", which 3 of its posts say',
        weight: 1,
      },
    ]);
  });

  it('adds what posts mean to what they say', async () => {
    const about = trend('landfall', [
      'The hurricane makes landfall',
      'Landfall of the hurricane',
      'Wind',
    ]);
    const [byLetter] = await matchTrends([about], { ...profile, threshold: 0 });
    const [both] = await matchTrends([about], profile, await bundledEmbedder());
    expect(both?.score).toBeGreaterThan(byLetter?.score ?? 1);
    expect(both?.reasons.map(({ kind }) => kind).sort()).toEqual(['meaning', 'topic']);
    expect(both?.reasons.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1);
  });

  it('never matches what names a word that is denied, however well it fits', async () => {
    const denied = [
      trend('hurricane video game', storm),
      trend('hurricane', [...storm, 'A video game storm', 'My favourite video game hurricane']),
    ];
    expect(await matchTrends(denied, { ...profile, threshold: 0 })).toEqual([]);
    const once = trend('hurricane', [...storm, 'Better than any video game']);
    expect(await matchTrends([once], profile)).toHaveLength(1);
  });

  it('lets one post of many be chance, and never lowers the threshold', async () => {
    const other = trend('concert', ['The band plays', 'What a night', 'Like a hurricane on stage']);
    expect(await matchTrends([other], profile)).toEqual([]);
    const [weak] = await matchTrends([other], { ...profile, threshold: 0 });
    expect(weak?.score).toBe(0);
    expect(await matchTrends([trend('hurricane', storm)], { ...profile, threshold: 0.71 })).toEqual(
      [],
    );
  });

  it('counts a key account', async () => {
    const [without] = await matchTrends([trend('hurricane', storm)], profile);
    const [heard] = await matchTrends([trend('hurricane', storm, 'weather.example')], profile);
    expect(heard?.score).toBeCloseTo((without?.score ?? 0) + 0.1);
    expect(heard?.reasons.map(({ kind }) => kind)).toContain('account');
  });

  it('is the same whatever the order of the trends, and asks for each text once', async () => {
    const asked: string[] = [];
    const embedder = {
      name: 'counting',
      embed: (texts: readonly string[]) => {
        asked.push(...texts);
        return Promise.resolve(texts.map(() => Float32Array.of(0.6, 0.8)));
      },
    };
    const trends = [trend('hurricane', storm), trend('heatwave', ['Heatwave', 'A heatwave'])];
    const cache = new Map<string, Float32Array>();
    const first = await matchTrends(trends, profile, embedder, cache);
    expect(await matchTrends(trends.toReversed(), profile, embedder, cache)).toEqual(first);
    expect(asked).toHaveLength(4);
    expect(new Set(asked).size).toBe(4);
  });
});

describe('looking words up', () => {
  it.each([
    ['Flooding in Cork', 'flood', false],
    ['Floods in Cork', 'flood', true],
    ['#StormSurge now', 'storm surge', true],
    ['sandy beach', '#sandy', false],
    ['see #Sandy', '#sandy', true],
    ['Bitcoin!', 'bitcoin', true],
    ['東京で地震がありました', '地震', true],
    ['anything', '', false],
  ])('%s: %s', (text, keyword, found) => expect(holds(spaced(text), keyword)).toBe(found));

  it('finds every word of a text in it', () => {
    const words = fc.array(fc.stringMatching(/^[a-zäöü]{1,8}$/), { minLength: 1 });
    fc.assert(
      fc.property(words, (all) => {
        for (const word of all) expect(holds(spaced(all.join(', ')), word)).toBe(true);
      }),
    );
  });
});
