import { describe, expect, it } from 'vitest';
import type { ToldMove } from '../../lib/ingest/indicator-history.ts';
import { wordsOfDomains } from '../../lib/store/domain-words.ts';
import { parseDomain } from '../../lib/store/domains.ts';
import { withDomain } from '../../lib/trend/domain.ts';
import { withMoves } from '../../lib/trend/indicators.ts';
import type { Trend } from '../../lib/trend/trend.ts';
import { football } from '../store/football.ts';

const hour = 3_600_000;
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
  it('are one for all names of a thing, with counts that are true', () => {
    const [one, ...others] = withDomain(
      [
        trend('Dortmund win the cup', ['bvb', 'cup'], { posts: 50, score: 9 }),
        trend('$BVB', ['$bvb', 'shares'], { posts: 80, networks: ['x'] }),
        trend('#ynwa', ['#ynwa']),
      ],
      words,
    );
    expect(others.map(({ name }) => name)).toEqual(['#ynwa']);
    expect(one).toMatchObject({
      id: 'Dortmund win the cup@2026-11-21',
      name: 'Dortmund win the cup',
      posts: 80,
      networks: ['bluesky', 'x'],
    });
    expect(one?.evidence.map(({ excerpt }) => excerpt)).toEqual(['Dortmund win the cup', '$BVB']);
    expect(one?.terms).toContain('$bvb');
  });

  it('stay two where they tell two stories about one thing', () => {
    const two = [
      trend('Dortmund win the cup', ['bvb', 'cup']),
      trend('fire at the stadium', ['borussia dortmund', 'fire']),
    ];
    expect(withDomain(two, words)).toEqual(two);
    const elsewhere = [trend('storm', ['storm']), trend('#storm', ['#storm'])];
    expect(withDomain(elsewhere, words)).toEqual(elsewhere);
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
