import type { Trend } from '../../lib/trend/trend.ts';

/** A profile and trends that tests of matching share. */
export const profile = {
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

export const storm = [
  'The hurricane makes landfall',
  'Hurricane closes schools',
  'A storm surge is near',
];

export function mentioned(name: string, excerpts: readonly string[], author?: string): Trend {
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
