import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchTrends } from '../../lib/match/matching.ts';
import { holds, spaced } from '../../lib/match/words.ts';
import { bundledEmbedder } from '../../lib/models/embeddings.ts';
import { mentioned as trend, profile, storm } from './weather.ts';

const scoreOf = async (...given: Parameters<typeof matchTrends>) =>
  (await matchTrends(...given))[0]?.score ?? NaN;
const anyway = { ...profile, threshold: 0 };

describe('matching', () => {
  it('says why, in words a person can check', async () => {
    const [match] = await matchTrends([trend('hurricane ada', storm)], anyway);
    expect(match).toMatchObject({ profile: 'weather', trend: { name: 'hurricane ada' } });
    expect(match?.reasons).toEqual([
      {
        kind: 'topic',
        text: 'the topic "storms" names "hurricane", "storm surge", which 3 of its posts say: “The hurricane makes landfall”',
        weight: 1,
      },
    ]);
  });

  it('adds what posts mean to what they say, with the sentence and the post', async () => {
    const about = trend('landfall', [
      'A big storm makes landfall',
      'The hurricane floods the coast',
      'Hurricane closes schools',
    ]);
    const [both] = await matchTrends([about], anyway, await bundledEmbedder());
    expect(both?.reasons.map(({ kind }) => kind).sort()).toEqual(['meaning', 'topic']);
    expect(both?.reasons.find(({ kind }) => kind === 'meaning')?.text).toMatch(
      /“The hurricane floods the coast” is near “Hurricanes, floods and other storms.”$/,
    );
    expect(both?.reasons.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1);
    const other = trend('concert', [
      'The band plays tonight',
      'Tickets for the concert',
      'Encore!',
    ]);
    expect(await scoreOf([other], anyway, await bundledEmbedder())).toBeLessThan(0.1);
    expect(both?.score).toBeGreaterThan(0.5);
  });

  it('never matches what names a word that is denied, however well it fits', async () => {
    const denied = [
      trend('hurricane video game', storm),
      trend('hurricane', [...storm, 'A video game storm', 'My favourite video game hurricane']),
    ];
    expect(await matchTrends(denied, anyway)).toEqual([]);
    const once = trend('hurricane', [...storm, 'Better than any video game']);
    expect(await matchTrends([once], anyway)).toHaveLength(1);
  });

  it('never matches what is about a topic that is denied, by letter or by meaning', async () => {
    const cocktails = {
      name: 'cocktails',
      about: 'Cocktails, bars and drinks.',
      keywords: ['cocktail', 'rum', 'bartender'],
    };
    const without = { ...anyway, deny_topics: [cocktails] };
    const named = trend('hurricane', [
      'The hurricane cocktail by a bartender: rum and juice',
      'Hurricane: a cocktail with rum from the bartender',
      'Bartender, a hurricane with rum, the cocktail',
    ]);
    expect(await matchTrends([named], anyway)).toHaveLength(1);
    expect(await matchTrends([named], without)).toEqual([]);
    const meant = trend('hurricane', [
      'Mixed drinks at the bar: hurricane, cocktails and more',
      'The hurricane cocktail and other drinks in our bars',
      'Best cocktails and drinks in bars: the hurricane',
    ]);
    const embedder = await bundledEmbedder();
    expect(await matchTrends([meant], without, embedder)).toEqual([]);
    expect(await matchTrends([trend('hurricane', storm)], without, embedder)).toHaveLength(1);
  });

  it('lets one post of many be chance, and never lowers the threshold', async () => {
    const other = trend('concert', ['The band plays', 'What a night', 'Like a hurricane on stage']);
    expect(await matchTrends([other], anyway)).toEqual([]);
    const score = await scoreOf([trend('hurricane', storm)], anyway);
    const at = (threshold: number) =>
      matchTrends([trend('hurricane', storm)], { ...profile, threshold });
    expect(await at(score)).toHaveLength(1);
    expect(await at(score + 1e-9)).toEqual([]);
  });

  it('counts a key account, synonyms and how the topic did before', async () => {
    const given = [trend('hurricane', storm)];
    const score = await scoreOf(given, anyway);
    const [heard] = await matchTrends([trend('hurricane', storm, 'weather.example')], anyway);
    expect(heard?.score).toBeGreaterThan(score);
    expect(heard?.reasons.map(({ kind }) => kind)).toContain('account');
    const [better] = await matchTrends(given, anyway, undefined, new Map(), { prior: () => 1 });
    const odds = (p: number) => Math.log(p / (1 - p));
    expect(odds(better?.score ?? 0)).toBeCloseTo(odds(score) + 1);
    expect(better?.reasons.map(({ kind }) => kind)).toContain('prior');
    const typhoon = [trend('typhoon', ['A typhoon nears', 'The typhoon is here', 'Typhoon!'])];
    const expand = (word: string) => (word === 'hurricane' ? [word, 'typhoon'] : [word]);
    expect(await matchTrends(typhoon, anyway)).toEqual([]);
    expect(await matchTrends(typhoon, anyway, undefined, new Map(), { expand })).toHaveLength(1);
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
