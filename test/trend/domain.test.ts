import { describe, expect, it } from 'vitest';
import type { ToldMove } from '../../lib/ingest/indicators/history.ts';
import { wordsOfDomains } from '../../lib/store/domain-words.ts';
import { parseDomain } from '../../lib/store/domains.ts';
import { createDetector } from '../../lib/trend/detector.ts';
import { withDomain } from '../../lib/trend/domain.ts';
import { withMoves } from '../../lib/trend/indicators.ts';
import { continueTrends } from '../../lib/trend/story/open.ts';
import { spelledBy } from '../../lib/trend/story/spelling.ts';
import type { Trend } from '../../lib/trend/trend.ts';
import { uniteTrends } from '../../lib/trend/story/unite.ts';
import { football } from '../store/football.ts';
import { everyday, hour, signal, start } from './posts.ts';
import { aStory } from './stories.ts';

const last = start + 48 * hour;
const now = Date.UTC(2026, 10, 21, 12);
const pack = football.replace('club, also: [bvb,', 'club, tickers: [BVB], also: [bvb,');
const { domain } = parseDomain(pack, 'profiles/domains/football.yaml');
const words = wordsOfDomains([domain!]);

const trend = (name: string, terms: readonly string[], more: Partial<Trend> = {}): Trend => ({
  id: `${name}@2026-11-21`,
  name,
  terms,
  score: 5,
  posts: 20,
  expected: 1,
  firstAt: now - hour,
  lastAt: now,
  networks: ['bluesky'],
  evidence: [{ signal: `bluesky:${name}`, network: 'bluesky', excerpt: name, at: now }],
  ...more,
});

describe('trends of a field', () => {
  it('are one for all names of a thing, each post counted once', () => {
    const say = (text: string, n: number) =>
      signal(`${text}${n}`, `${text} ${n}x`, last + n * 1000);
    const posts = [
      ...Array.from({ length: 49 }, (_, n) => everyday(start + n * hour)).flat(),
      ...Array.from({ length: 12 }, (_, n) => say(`$BVB ${'abcdefghijkl'[n]}1`, n)),
      ...Array.from({ length: 12 }, (_, n) => say(`#BVB ${'abcdefghijkl'[n]}2`, 20 + n)),
      ...Array.from({ length: 12 }, (_, n) => say(`Borussia Dortmund ${'abcdefghijkl'[n]}3`, n)),
      ...Array.from({ length: 12 }, (_, n) => say(`storm ${'abcdefghijkl'[n]}4`, 40 + n)),
    ].sort((a, b) => a.at - b.at);
    const found = (canonical?: (term: string) => string) => {
      const detector = createDetector(canonical && { canonical });
      for (const each of posts) detector.add(each);
      return detector.tick(last + hour);
    };
    const [apart, together] = [found(), found(words.canonical)];
    expect(apart.length).toBeGreaterThan(2);
    expect(together.map(({ posts: count }) => count).sort()).toEqual([12, 36]);
    expect(together.find(({ posts: count }) => count === 36)?.terms).toEqual(
      expect.arrayContaining(['$bvb', 'borussia dortmund']),
    );
  });

  it('are no others for what a ticker is called without its sign', () => {
    const { domain: gold } = parseDomain(
      'name: gold\ntitle: Gold\nentities: [{ name: barrick, kind: company, tickers: [GOLD] }]\n',
      'profiles/domains/gold.yaml',
    );
    const { canonical } = wordsOfDomains([gold!]);
    expect(['$gold', 'gold', '#gold'].map(canonical)).toEqual(['barrick', 'gold', '#gold']);
  });

  it('of several networks are one where they name one thing, and go on as one', () => {
    const story = (network: string, ...terms: string[]) =>
      aStory({ networks: [network], terms, name: terms.join(' ') });
    const two = [[story('x', '$bvb')], [story('bluesky', 'borussia dortmund')]];
    const spelled = spelledBy(words.canonical);
    expect(uniteTrends(two)).toHaveLength(2);
    expect(uniteTrends(two, spelled)).toHaveLength(1);
    const first = continueTrends(two[0]!, [], start, 24 * hour, spelled);
    const later = continueTrends(two[1]!, first.open, start + hour, 24 * hour, spelled);
    expect(later.trends.map(({ id }) => id)).toEqual(first.trends.map(({ id }) => id));
  });

  it('are not what is said there every day', () => {
    const noise = [
      trend('match', ['match', '#football']),
      trend('#football', ['#football', 'var']),
    ];
    expect(withDomain(noise, words).map(({ terms }) => terms[1])).toEqual(['var']);
    expect(withDomain(noise, wordsOfDomains([]))).toEqual(noise);
  });
});

const move = (more: Partial<ToldMove> = {}): ToldMove => ({
  indicator: 'bvb-share',
  title: 'BVB share',
  about: 'borussia dortmund',
  kind: 'value',
  over: hour,
  span: hour,
  change: 0.09,
  usual: 0.004,
  z: 12,
  value: 4.2,
  at: now - hour,
  signal: 'indicator:bvb-share:1h:1:up',
  text: 'BVB share up 9 % in 1 hour to 4.2 EUR (11:00 UTC on 21 Nov 2026). Source: example.org',
  url: 'https://example.org/bvb',
  ...more,
});

describe('moves of indicators', () => {
  it('are the first evidence of a trend that names what moved', () => {
    const about = trend('Dortmund win the cup', ['#BVB', 'cup']);
    const other = trend('storm', ['storm']);
    const [first, second, ...rest] = withMoves([about, other], [move()], words.entity, now);
    expect(rest).toEqual([]);
    expect(second).toEqual(other);
    expect(first).toMatchObject({ score: 5, posts: 20, networks: ['bluesky', 'indicator'] });
    expect(first?.evidence.map(({ network, url }) => [network, url])).toEqual([
      ['indicator', 'https://example.org/bvb'],
      ['bluesky', undefined],
    ]);
    expect(first?.evidence[0]?.excerpt).toBe(move().text);
    // Said again, it is still there once.
    expect(withMoves([first!], [move()], words.entity, now)).toEqual([first]);
  });

  it('are a trend by themselves where nobody posts about it', () => {
    const later = move({ at: now, signal: 'indicator:bvb-share:1d:1:up', z: -50 });
    const [alone, ...rest] = withMoves([], [move(), later], words.entity, now);
    expect(rest).toEqual([]);
    expect(alone).toMatchObject({
      id: 'bvb-share@2026-11-21',
      name: 'BVB share',
      terms: ['bvb share', 'borussia dortmund', '$bvb'],
      score: 20,
      posts: 2,
      networks: ['indicator'],
      lastAt: now,
    });
    expect(alone?.evidence[0]?.signal).toBe(later.signal);
  });

  it('are no news for long, and none of the future', () => {
    const old = [move({ at: now - 7 * hour }), move({ at: now + hour })];
    const about = trend('#bvb', ['#bvb']);
    expect(withMoves([about], old, words.entity, now)).toEqual([about]);
  });
});
