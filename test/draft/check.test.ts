import { describe, expect, it } from 'vitest';
import { type CheckContext, checkDocument } from '../../lib/draft/check.ts';
import { parseDocument } from '../../lib/draft/parse.ts';
import { formatProblem } from '../../lib/problem.ts';
import { context, path, profileWith } from './desk.ts';

const check = (text: string, more: Partial<CheckContext> = {}, file = path) => {
  const { document, problems } = parseDocument(text, file);
  if (!document) throw new Error(problems.map(formatProblem).join('\n'));
  return checkDocument(document, text, file, { ...context(profileWith()), ...more });
};
const seen = (...given: Parameters<typeof check>) =>
  check(...given).map(({ line, rule, severity }) => `${String(line)} ${rule} ${severity}`);

const post = (front: string, body: string) =>
  `---\nid: p\nprofile: news\ntargets: [outbox, bluesky]\n${front}---\n\n${body}\n`;

describe('a post is checked', () => {
  it('and passes when it is right', () => {
    const media = 'media:\n  - file: content/media/a.png\n    alt: A map\n';
    const body =
      '## a\n\nFine. #one #two\n\n---\n\nMore.\n\n### bluesky\n\nShort.\n\n## b\n\nOther.';
    expect(check(post(media, body))).toEqual([]);
  });

  it('everything at once, each on its line', () => {
    const front =
      'use: z\nschedule: 2026-11-20T09:00:00Z\nmedia:\n' +
      '  - file: content/media/a.png\n  - file: content/../.gitlab-ci.yml\n    alt: x\n';
    const body = [
      '## a', // 13
      '',
      'Fine.',
      'This is SHOCKING,', // 16
      'you won’t #a #b', // 17
      '#c', // 18
      '',
      '---',
      '',
      '### blusky', // 22
      'x'.repeat(301), // 23
    ].join('\n');
    const text = post(front, body).replace('[outbox, bluesky]', '[outbox, outbox, mastodon]');
    const found = seen(text, { now: Date.UTC(2026, 10, 21), twin: () => 'content/posts/x.md' });
    expect(found).toEqual([
      '2 id-taken error',
      '4 target-twice error',
      '4 target-unknown error',
      '5 use-unknown error',
      '6 schedule-past warning',
      '8 alt-missing error',
      '9 media-path error',
      '13 text-empty error',
      '16 banned-word error',
      '18 hashtags error',
      '22 override-unknown error',
    ]);
  });

  it('for the exact length at each network, in each part', () => {
    const long = 'é'.repeat(301);
    const problems = check(post('', `## a\n\nok\n\n---\n\n${long}\n\n## b\n\n${long}`));
    expect(problems).toMatchObject([
      {
        line: 13,
        rule: 'text-too-long',
        severity: 'error',
        message: 'part 2 of a has 301 characters for bluesky, 1 too many',
        expected:
          'at most 300, words of its own below ### bluesky, --- to split it, or split: true at the top for a thread of 3',
      },
      // Does not go out.
      { line: 17, rule: 'text-too-long', severity: 'warning' },
    ]);
    expect(check(post('', `## a\n\n${long}\n\n### bluesky\n\n${long.slice(1)}`))).toEqual([]);
    const own = check(post('', `## a\n\n${long}\n\n### bluesky\n\n${long}x`));
    expect(own).toMatchObject([
      { line: 13, message: 'a has 302 characters for bluesky, 2 too many' },
    ]);
  });

  it('for images: how many, of which type, whether they are there', () => {
    const entry = (file: string, part = 1) =>
      `  - {file: content/media/${file}, alt: x, part: ${String(part)}}\n`;
    const five = ['1.png', '2.jpg', '3.JPEG', '4.webp', '5.gif']
      .map((file) => entry(file))
      .join('');
    expect(seen(post(`media:\n${five}`, '## a\n\nx'))).toEqual(['10 media-too-many error']);
    expect(seen(post(`media:\n${entry('1.png', 2)}`, '## a\n\nx'))).toEqual(['6 media-part error']);
    const gone = { exists: (file: string) => !file.endsWith('1.png') };
    expect(seen(post(`media:\n${entry('1.png')}`, '## a\n\nx'), gone)).toEqual([
      '6 media-missing error',
    ]);
    expect(seen(post(`media:\n${entry('1.svg')}`, '## a\n\nx'))).toEqual(['6 media-path error']);
  });

  it('for its profile', () => {
    const none = { profile: undefined, profiles: ['news', 'crypto'] };
    const [problem] = check(post('', '## a\n\nx').replace('news', 'crpto'), none);
    expect(problem).toMatchObject({ line: 3, rule: 'profile-unknown' });
    expect(problem?.expected).toContain('did you mean "crypto"');
  });

  it('for where it lies', () => {
    const text = post('', '## a\n\nx');
    for (const file of [
      'content/posts/x.md',
      'content/posts/2026/13/x.md',
      'content/posts/2026/11/X y.md',
    ])
      expect(seen(text, {}, file)).toEqual(['1 post-path error']);
  });

  it('for banned words as whole words only', () => {
    expect(seen(post('', '## a\n\nShockingly, you won’t\n believe'))).toEqual([
      '9 banned-word error',
    ]);
  });

  it('for targets on networks where nothing can be published', () => {
    const profile = profileWith({ accounts: [{ name: 'news', platform: 'feeds' }] });
    const text = post('', '## a\n\nx').replace('[outbox, bluesky]', '[news]');
    expect(seen(text, { profile })).toEqual(['4 target-network error']);
  });
});
