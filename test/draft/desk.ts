import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Match } from '../../lib/match/match.ts';
import { createModel } from '../../lib/models/index.ts';
import { platforms } from '../../lib/platforms/index.ts';
import { type Profile, profileSchema } from '../../lib/store/profile.ts';
import type { Evidence, Trend } from '../../lib/trend/trend.ts';

const root = join(import.meta.dirname, '../..');
/** A file of this repository, as the desk would read it from its default branch. */
export const readPrompt = (path: string) => readFile(join(root, path), 'utf8');

/** Templates alone. */
export const templates = createModel({ budget: 0 }, { clock: { now: () => 0 } });

/** A profile that publishes to the outbox and to Bluesky, whose limit is 300. */
export function profileWith(more: Partial<Profile> = {}): Profile {
  const profile = profileSchema.parse({
    name: 'news',
    title: 'News Desk',
    description: 'What happens in the world.',
    voice: 'Calm and plain.',
    topics: [
      { name: 'storms', about: 'Hurricanes and floods.', keywords: ['hurricane', '#sandy'] },
    ],
    accounts: [
      { name: 'outbox', platform: 'outbox' },
      { name: 'bluesky', platform: 'bluesky' },
    ],
    brand: { banned: ['shocking', "you won't believe"], hashtags: 2 },
  });
  return { ...profile, ...more };
}

export const evidence = (excerpt: string, more: Partial<Evidence> = {}): Evidence => ({
  signal: `archive:${excerpt.slice(0, 8)}`,
  network: 'archive',
  excerpt,
  at: 0,
  ...more,
});

export const lead = evidence('Subways in New York to close at 7 p.m. ahead of Hurricane Sandy', {
  network: 'feeds',
  url: 'https://news.example/subway?id=4&x=y',
});

export function matchWith(entries: readonly Evidence[] = [lead], more: Partial<Trend> = {}): Match {
  return {
    trend: {
      id: 'hurricane-sandy@2012-10-28',
      name: 'hurricane sandy',
      terms: ['hurricane sandy', '#sandy'],
      score: 9,
      posts: 1412,
      expected: 11.7,
      authors: 1203,
      firstAt: 0,
      lastAt: 1,
      networks: ['archive'],
      evidence: entries,
      ...more,
    },
    profile: 'news',
    score: 0.8,
    reasons: [{ kind: 'topic', text: 'the topic "storms" names "hurricane"', weight: 1 }],
  };
}

export const path = 'content/posts/2026/11/post.md';
export const context = (profile: Profile) => ({ profile, platforms, exists: () => true, now: 0 });
