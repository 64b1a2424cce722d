import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  asDraft,
  closedIn,
  isDraftCommit,
  isDraftTitle,
  mentionsIn,
  referencesIn,
  takeCommands,
  withoutCode,
  withoutDraft,
} from '../../sandbox/acts/text.ts';
import { countLines } from '../../sandbox/git/compare.ts';
import { parseUpdates } from '../../sandbox/git/receive.ts';
import { isRefName } from '../../sandbox/git/repo.ts';
import { matches } from '../../sandbox/permissions.ts';

describe('what GitLab reads out of a text', () => {
  it.each([
    ['Fixes #12', [12]],
    ['closes #1, #2 and #3', [1, 2, 3]],
    ['Resolve issue #4: done. Implements: #5', [4, 5]],
    ['this fixed #6\nnot #7', [6]],
    ['`fixes #8` and\n```\ncloses #9\n```', []],
    ['prefixes #10, unfixed #11', []],
  ])('%j closes %j', (text, expected) => {
    expect(closedIn(text)).toEqual(expected);
  });

  it('mentions and references, outside of code and addresses', () => {
    expect(mentionsIn('@a hi @b.c. me@host.org `@d` @a')).toEqual(['a', 'b.c']);
    expect(referencesIn('#1 !2 #1 &#39; x#3 `#4` (!5)')).toEqual([
      { on: 'issue', iid: 1 },
      { on: 'merge_request', iid: 2 },
      { on: 'merge_request', iid: 5 },
    ]);
  });

  it('takes quick actions from the beginning of lines, and leaves unknown ones', () => {
    expect(takeCommands('a\n/close\n/label ~"b c" ~d \n/pulse now\nx /close')).toEqual({
      text: 'a\n/pulse now\nx /close',
      commands: [
        { name: 'close', argument: '' },
        { name: 'label', argument: '~"b c" ~d' },
      ],
    });
    expect(takeCommands('/Close').commands).toEqual([{ name: 'close', argument: '' }]);
    expect(takeCommands('>>>\n/close\n>>>').commands).toEqual([]);
    expect(takeCommands('~~~\n/close').commands).toEqual([]);
  });

  it('never changes a text without quick actions, nor its number of lines when blanking code', () => {
    const text = fc.string({
      unit: fc.constantFrom('`', '~', '\n', '/', 'c', ' ', '<!--', '-->', '>'),
    });
    fc.assert(
      fc.property(text, (value) => {
        expect(withoutCode(value).split('\n')).toHaveLength(value.split('\n').length);
        const taken = takeCommands(value);
        if (taken.commands.length === 0) expect(taken.text).toBe(value);
      }),
    );
  });

  it('knows drafts by their titles', () => {
    expect(['Draft: x', '[draft] x', '(Draft) x', ' draft:x'].every(isDraftTitle)).toBe(true);
    expect(['Drafting x', 'x Draft: y', 'WIP: x'].some(isDraftTitle)).toBe(false);
    expect(
      isDraftCommit('fixup! x') && isDraftCommit('squash! x') && isDraftCommit('draft: x'),
    ).toBe(true);
    expect(isDraftCommit('fixup x')).toBe(false);
    fc.assert(
      fc.property(fc.string(), (title) => {
        expect(isDraftTitle(withoutDraft(title))).toBe(false);
        expect(isDraftTitle(asDraft(title))).toBe(true);
      }),
    );
  });
});

describe('git', () => {
  it('counts lines as a comparison does', () => {
    expect(countLines('a\nb\nc\n', 'a\nx\nc\n')).toEqual({ additions: 1, deletions: 1 });
    expect(countLines('', 'a\nb\n')).toEqual({ additions: 2, deletions: 0 });
    expect(countLines('a\nb\nc\nd\n', 'b\nd\ne\n')).toEqual({ additions: 1, deletions: 2 });
    const lines = fc
      .array(fc.constantFrom('a', 'b', 'c'))
      .map((all) => all.map((l) => `${l}\n`).join(''));
    fc.assert(
      fc.property(lines, lines, (one, other) => {
        const { additions, deletions } = countLines(one, other);
        expect((other.length - one.length) / 2).toBe(additions - deletions);
        expect(countLines(one, one)).toEqual({ additions: 0, deletions: 0 });
      }),
    );
  });

  it('says which refs a push wants to move as soon as it is known', () => {
    const line = (text: string) => (text.length + 4).toString(16).padStart(4, '0') + text;
    const [a, b] = ['a'.repeat(40), 'b'.repeat(40)];
    const whole = Buffer.from(
      `${line(`${a} ${b} refs/heads/x\0 report-status`)}${line(`${b} ${a} refs/heads/y\n`)}0000PACK`,
    );
    expect(parseUpdates(whole.subarray(0, 80))).toBeUndefined();
    expect(parseUpdates(whole)).toEqual([
      { before: a, after: b, ref: 'refs/heads/x' },
      { before: b, after: a, ref: 'refs/heads/y' },
    ]);
  });

  it('takes no name of a branch that means something else', () => {
    const bad = [
      '',
      '-x',
      'a..b',
      'a:b',
      'a b',
      'a~1',
      'a^',
      '@',
      'a@{1}',
      'x.lock',
      '.x',
      'a//b',
      'a/',
      'a/.b',
    ];
    expect(bad.filter(isRefName)).toEqual([]);
    expect(['main', 'post/a-b_1', 'pulse-state', 'ü'].every(isRefName)).toBe(true);
    expect(matches('release/*', 'release/a/b') && !matches('release/*', 'xrelease/a')).toBe(true);
    expect(matches('a.b*', 'aXb')).toBe(false);
  });
});
