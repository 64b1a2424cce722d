import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsOf } from '../../sandbox/pages/board/columns.ts';
import { factsOf } from '../../sandbox/pages/board/facts.ts';
import { parseEntry, postsOf } from '../../sandbox/pages/outbox/entries.ts';
import type { Issue } from '../../sandbox/pages/rest.ts';
import { diffLines } from '../../sandbox/pages/thread/diff.ts';
import { labelChanges } from '../../sandbox/pages/thread/timeline.ts';
import { labelChip, labelStyles } from '../../sandbox/pages/view/label.ts';
import { ago, span } from '../../sandbox/pages/view/time.ts';

const someone = { id: 1, username: 'ann', name: 'Ann' };
const issue = (iid: number, labels: string[], state = 'opened'): Issue => ({
  iid,
  title: `Post ${String(iid)}`,
  description: '',
  state,
  labels,
  author: someone,
  created_at: `2026-11-2${String(iid)}T00:00:00Z`,
  updated_at: `2026-11-2${String(iid)}T00:00:00Z`,
  user_notes_count: 0,
});

describe('what the board reads', () => {
  it('takes from a card its accounts, first words, window and links', () => {
    const card = [
      '<!-- pulse:card x -->',
      '### r2 · **Thinking** until 2026-11-21 14:05 UTC. Edit, comment, or write `/pulse refine shorter`.',
      '**outbox** · 42 / 10000 characters',
      '> First line.\n> \n> ---\n> \n> Second part.',
      '**main-account** (bluesky) · :warning: 320 / 300 graphemes',
      '> Other words.',
      '| account | | revision | |\n|---|---|---|---|\n| outbox | :white_check_mark: published | r2 | [part 1](http://127.0.0.1:1/a/-/blob/pulse-state/outbox/k.json) |',
    ].join('\n\n');
    expect(factsOf(card)).toEqual({
      targets: ['outbox', 'main-account'],
      excerpt: 'First line. Second part.',
      closes: Date.UTC(2026, 10, 21, 14, 5),
      published: [
        { target: 'outbox', url: 'http://127.0.0.1:1/a/-/blob/pulse-state/outbox/k.json' },
      ],
    });
  });

  it('takes from descriptions the profile and the other half', () => {
    expect(factsOf('A post for **world-news**. Related to #12.')).toMatchObject({
      profile: 'world-news',
      issue: 12,
    });
    expect(factsOf('See https://g.example/a/b/-/merge_requests/7').mergeRequest).toBe(7);
    expect(factsOf('').closes).toBeUndefined();
  });

  it('puts issues in columns, keeps the four of every post, adds others only when used', () => {
    const columns = columnsOf(
      ['pulse::thinking', 'pulse::held', 'pulse::odd', 'urgent'],
      [
        issue(3, ['pulse::review']),
        issue(1, ['pulse::review', 'urgent']),
        issue(2, ['pulse::published'], 'closed'),
        issue(4, ['pulse::published'], 'closed'),
        issue(5, []),
        issue(6, [], 'closed'),
      ],
    );
    expect(columns.map(({ title, issues }) => [title, ...issues.map(({ iid }) => iid)])).toEqual([
      ['thinking'],
      ['review', 1, 3],
      ['approved'],
      ['published', 4, 2],
      ['other issues', 5],
    ]);
  });
});

describe('what the thread reads', () => {
  it('numbers the lines of a diff as both files do', () => {
    const diff = '@@ -3,3 +3,3 @@ head\n same\n-old\n+new\n end\n\\ No newline at end of file\n';
    expect(diffLines(diff)).toEqual([
      { kind: 'hunk', text: '@@ -3,3 +3,3 @@ head' },
      { kind: 'same', old: 3, new: 3, text: 'same' },
      { kind: 'removed', old: 4, text: 'old' },
      { kind: 'added', new: 4, text: 'new' },
      { kind: 'same', old: 5, new: 5, text: 'end' },
    ]);
    expect(diffLines('')).toEqual([]);
  });

  it('joins labels that one person changed at once', () => {
    const at = '2026-11-21T10:00:00Z';
    const event = (id: number, action: string, name: string, user = someone) => {
      return { id, action, user, created_at: at, label: { name } };
    };
    const other = { id: 2, username: 'bob', name: 'Bob' };
    expect(
      labelChanges([event(2, 'remove', 'b'), event(1, 'add', 'a'), event(3, 'add', 'c', other)]),
    ).toEqual([
      { by: someone, at, added: ['a'], removed: ['b'] },
      { by: other, at, added: ['c'], removed: [] },
    ]);
  });
});

describe('what the outbox reads', () => {
  const entry = (delivery: string, part: number, at: number) =>
    JSON.stringify({ delivery, part, account: 'outbox', text: 'x', media: [], at });

  it('joins the parts of a thread and puts the newest post first', () => {
    const kept = [
      parseEntry('outbox/a.outbox-2.json', entry('a.outbox', 1, 20)),
      parseEntry('outbox/b.outbox-1.json', entry('b.outbox', 0, 30)),
      parseEntry('outbox/a.outbox-1.json', entry('a.outbox', 0, 10)),
    ].filter((one) => one !== undefined);
    expect(
      postsOf(kept).map(({ delivery, parts }) => [delivery, ...parts.map(({ key }) => key)]),
    ).toEqual([
      ['b.outbox', 'b.outbox-1'],
      ['a.outbox', 'a.outbox-1', 'a.outbox-2'],
    ]);
  });

  it('passes over files that are no entries, whatever is in them', () => {
    expect(parseEntry('outbox/a.json', '{"delivery": 3}')).toBeUndefined();
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseEntry('outbox/a.json', text)).toBeUndefined();
      }),
    );
  });
});

describe('small parts', () => {
  it('tell times in words', () => {
    expect([span(3_900_000), span(192_000), span(42_000), span(0)]).toEqual([
      '1 h 5 min',
      '3 min 12 s',
      '42 s',
      '0 s',
    ]);
    expect([ago(1000, 40_000), ago(0, 60_000), ago(0, 7_300_000), ago(86_400_000, 0)]).toEqual([
      'just now',
      '1 min ago',
      '2 h ago',
      'in 1 d',
    ]);
  });

  it('draw scoped labels in two halves and take only colours as colours', async () => {
    expect(String(await labelChip('pulse::review'))).toMatch(/>pulse<.*>review</s);
    expect(String(await labelChip('<b>'))).not.toContain('<b>');
    const evil = { name: 'a', color: 'red}*{x:y', text_color: '#FFFFFF', description: '' };
    expect(labelStyles([evil])).toBe('');
    expect(labelStyles([{ ...evil, color: '#FF0000' }])).toContain('--label:#FF0000');
  });
});
