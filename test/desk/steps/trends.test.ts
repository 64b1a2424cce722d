import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../lib/clock.ts';
import { keepAccounts, keyAccounts, noteMatches } from '../../../lib/desk/steps/key-accounts.ts';
import { keepTrends, lastTrends, trendsThatLast } from '../../../lib/desk/steps/trends.ts';
import type { Signal } from '../../../lib/ingest/signal.ts';
import { profileSchema } from '../../../lib/store/profile.ts';
import type { KeyAccount } from '../../../lib/trend/account.ts';
import type { Trend } from '../../../lib/trend/trend.ts';
import { createBare } from '../../store/bare.ts';
import { hour, start } from '../../trend/posts.ts';
import { aPost } from '../../trend/stories.ts';

const profile = profileSchema.parse({
  name: 'floods',
  title: 'Floods',
  description: 'd',
  voice: 'v',
  topics: [{ name: 't', about: 'a', keywords: ['flood'] }],
  accounts: [{ name: 'outbox', platform: 'outbox' }],
  trends: { ttl: { flash: '1h' } },
});

const trend = (id: string, more: Partial<Trend> = {}): Trend => ({
  id,
  name: id,
  terms: ['flood'],
  score: 5,
  posts: 20,
  expected: 1,
  firstAt: start,
  lastAt: start,
  networks: ['test'],
  evidence: [],
  ...more,
});

const full = trend('flood@2026-11-20', {
  authors: 9,
  evidence: [{ signal: 'test:1', network: 'test', excerpt: 'Water', at: start }],
  voices: [{ network: 'test', posts: 20, authors: 9, firstAt: start }],
  curve: { from: start / hour, counts: [20] },
  phase: 'emerging',
  duration: 'flash',
  speakers: [{ author: 'ann', network: 'test', at: start, followers: 9 }],
  mood: { mean: 0, spread: 1, negative: 0.4, neutral: 0.2, positive: 0.4, posts: 20 },
});

describe('the time to live of a trend', () => {
  it('is that of its kind, the longest that a profile gives it', () => {
    const trends = (['flash', 'story', 'lasting'] as const).map((duration) =>
      trend(duration, { duration }),
    );
    const alive = (hours: number, profiles = [profile]) =>
      trendsThatLast(trends, profiles, start + hours * hour).map(({ id }) => id);
    expect(alive(0.5)).toEqual(['flash', 'story', 'lasting']);
    expect(alive(2)).toEqual(['story', 'lasting']);
    expect(
      alive(2, [
        profile,
        { ...profile, trends: { ttl: { ...profile.trends.ttl, flash: 4 * hour } } },
      ]),
    ).toEqual(['flash', 'story', 'lasting']);
    expect(alive(13)).toEqual(['lasting']);
    expect(alive(25, [])).toEqual([]);
  });
});

describe('what the state branch keeps', () => {
  let bare: Awaited<ReturnType<typeof createBare>>;
  beforeEach(async () => {
    bare = await createBare();
  });
  afterEach(() => bare.close());
  const deskAt = async (now = start) => ({
    files: await bare.files(),
    clock: { ...systemClock, now: () => now },
  });

  it('is every field of a trend, and trends of older files are read without the new ones', async () => {
    const desk = await deskAt();
    await keepTrends(desk, [full, trend('old@2026-11-20')]);
    expect(await lastTrends(await deskAt())).toEqual([full, trend('old@2026-11-20')]);
  });

  it('is each key account once, whatever is seen again, with a list for people', async () => {
    const early = ['flood@1', 'dam@2'].map((id) => ({ trend: id, at: start, lead: 2 * hour }));
    const found: KeyAccount[] = [{ network: 'test', author: 'ann', early }];
    const posts = Array.from({ length: 12 }, (_, n) =>
      aPost(`${n}`, {
        author: 'ann',
        text: n % 2 === 0 ? 'The flood rises' : 'Good morning',
        counts: { likes: n % 2 === 0 ? 15 : 3 },
      }),
    );
    const read = async function* (): AsyncGenerator<Signal> {
      for (const post of posts) yield await Promise.resolve(post);
    };
    const desk = await deskAt();
    await keepAccounts(desk, found, [full], read());
    const once = await keyAccounts(desk);
    await keepAccounts(desk, found, [full], read());
    expect(await keyAccounts(desk)).toEqual(once);
    expect(once[0]?.days).toMatchObject([{ posts: 12, onTrends: 6 }]);

    const matches = ['flood@1', 'dam@2'].map((id) => ({
      trend: trend(id),
      profile: 'floods',
      score: 1,
      reasons: [],
    }));
    await noteMatches(desk, matches, [profile]);
    const page = await desk.files.read('key-accounts.md');
    expect(page).toMatch(/## Suggested for floods\n\n.*\n.*\n\| `test:ann` \|/);
    const commits = (await bare.messages()).length;
    await noteMatches(await deskAt(start + hour), matches, [profile]);
    expect((await bare.messages()).length).toBe(commits);
  });
});
