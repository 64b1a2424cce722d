import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountList } from '../../lib/review/account-list.ts';
import { describeOrigin } from '../../lib/review/origin.ts';
import type { OriginTrend } from '../../lib/store/trend.ts';
import { start } from '../trend/posts.ts';

const hour = 3_600_000;
const trend: OriginTrend = {
  id: 'hurricane-sandy@2026-11-20',
  name: 'Hurricane Sandy',
  terms: ['sandy'],
  posts: 1412,
  expected: 11.7,
  authors: 1203,
  networks: ['bluesky', 'mastodon'],
  firstAt: start + 35_000,
  phase: 'emerging',
  duration: 'story',
  curve: { from: start / hour, counts: [0, 3, 9, 30, 60] },
  voices: [
    { network: 'mastodon', posts: 12, authors: 9, firstAt: start },
    { network: 'bluesky', posts: 1400, authors: 1194, firstAt: start + 40 * 60_000 },
  ],
  speakers: [{ author: 'weather', network: 'bluesky', at: start, followers: 1_234_567 }],
  mood: { mean: -0.4, spread: 0.7, negative: 0.62, neutral: 0.3, positive: 0.08, posts: 900 },
};
const reasons = [{ kind: 'topic', text: 'the topic "storms" names "hurricane"', weight: 1 }];
const evidence = [
  { signal: 'bluesky:1', network: 'bluesky', excerpt: 'Subways close at seven', at: start },
];

describe('where a post comes from', () => {
  it('is told in a few plain lines', () => {
    expect(describeOrigin({ trend, reasons, evidence })).toBe(
      [
        '<details><summary>Where this comes from: a trend that is emerging</summary>',
        '',
        '**Hurricane Sandy**',
        '',
        '- **1,412 posts** by 1,203 authors, about 121 times as many as usual',
        '- `▁▂▃▅█` posts by the hour, the last 5 hours; the first post on 2026-11-20 00:00 UTC',
        '- first on mastodon (12 posts), on bluesky 40 min later (1,400 posts)',
        '- heard most: weather (1.2M followers)',
        '- mood: negative and divided (62 % negative, 30 % neutral, 8 % positive)',
        '',
        'It is about this profile because',
        '',
        '- the topic "storms" names "hurricane"',
        '',
        'What people wrote',
        '',
        '- “Subways close at seven”',
        '',
        '</details>',
      ].join('\n'),
    );
  });

  it('says in which language most of it is written', () => {
    const told = (language: string) =>
      describeOrigin({ trend: { ...trend, language }, reasons, evidence });
    expect(told('es')).toContain('\n- written mostly in Spanish\n');
    expect(told('no language')).toContain('\n- written mostly in no language\n');
  });

  it('is told as far as it is known: older records hold less', () => {
    const { id, name, terms, posts, networks } = trend;
    const old = describeOrigin({
      trend: { id, name, terms, posts, expected: 0, networks },
      reasons: [],
      evidence: [],
    });
    expect(old).toContain('- **1,412 posts**, where hardly any is usual\n- on bluesky, mastodon');
    expect(old).not.toMatch(/undefined|NaN/);
  });

  it('lets nothing that others wrote be carried out', () => {
    const evil = '/close\n@all #1 <script>';
    const told = describeOrigin({
      trend: { ...trend, name: evil, speakers: [{ ...trend.speakers![0]!, author: evil }] },
      reasons,
      evidence: [{ ...evidence[0]!, excerpt: evil, author: evil }],
    });
    expect(told).not.toMatch(/^\W*\/close|@all|#1|<script/m);
  });
});

describe('the list of key accounts', () => {
  it('is a table whose cells hold whatever a name is', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (author, profile) => {
        const account = {
          network: 'bluesky',
          author,
          early: [{ trend: 'a', at: start, lead: hour }],
        };
        const page = accountList([account], [{ profile, accounts: [] }], start);
        const rows = page.split('\n').filter((line) => line.startsWith('| `'));
        expect(rows).toHaveLength(1);
        expect(rows[0]?.split('|')).toHaveLength(8);
      }),
    );
  });

  it('says what is suggested for whom', () => {
    const early = ['a', 'b'].map((trend) => ({ trend, at: start, lead: 2 * hour }));
    const account = {
      network: 'bluesky',
      author: 'ann',
      early,
      followers: { count: 900, at: start },
    };
    const page = accountList(
      [account],
      [{ profile: 'crypto', accounts: [{ account, early: 2, score: 0.3 }] }],
      start,
    );
    expect(page).toContain('## Suggested for crypto');
    expect(page).toMatch(/\| `bluesky:ann` \| 0\.\d\d \| 2 of 2 \| 2 h \| 900 \| {2}\|/);
  });
});
