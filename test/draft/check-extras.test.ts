import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../lib/draft/check.ts';
import type { Verdict } from '../../lib/draft/media/judge.ts';
import { parseDocument } from '../../lib/draft/parse.ts';
import { formatProblem } from '../../lib/problem.ts';
import { path, profileWith } from './desk.ts';
import { bare, full } from './networks.ts';

const profile = profileWith({
  accounts: [
    { name: 'bare', platform: 'bare' },
    { name: 'mine', platform: 'full' },
  ],
});
profile.brand.alt_text = false;

const problemsOf = (
  targets: string,
  front: string,
  body: string,
  verdicts: Record<string, Verdict> = {},
) => {
  const text = `---\nid: p\nprofile: news\ntargets: [${targets}]\n${front}---\n\n## a\n\n${body}\n`;
  const { document, problems } = parseDocument(text, path);
  if (!document) throw new Error(problems.map(formatProblem).join('\n'));
  return checkDocument(document, text, path, {
    profile,
    platforms: { bare, full },
    exists: () => true,
    verdicts: (platform, file) => verdicts[`${platform} ${file}`],
    now: 0,
  });
};
const seen = (...given: Parameters<typeof problemsOf>) =>
  problemsOf(...given).map(({ line, rule, message }) => `${String(line)} ${rule}: ${message}`);

const media = 'media:\n  - file: content/a.png\n    alt: x\n';

describe('what a post has beside its words is checked', () => {
  it('and passes where each network takes it', () => {
    const front = `title: Fünf\nreply:\n  full: https://x.example/1\n${media}poll:\n  options: [Up, Down]\n  open: 7d\n  part: 2\nlink:\n  url: https://a.example/\n`;
    expect(seen('mine', front, 'Words\n\n---\n\nUp?')).toEqual([]);
    expect(seen('bare', '', 'Words')).toEqual([]);
  });

  it.each<[string, string, string, string, readonly string[]]>([
    [
      'a title that is missing',
      'mine',
      media,
      'x',
      ['2 title: mine takes no post without a title'],
    ],
    [
      'a title too long, in bytes',
      'mine',
      `title: Fünfe\n${media}`,
      'x',
      ['5 title: the title has 6 bytes for mine'],
    ],
    [
      'media that are needed',
      'mine',
      'title: T\n',
      'x',
      ['4 media-needed: mine takes no post without an image or a video'],
    ],
    [
      'too many parts',
      'bare, mine',
      `title: T\nmedia:\n  - {file: content/a.png, alt: x}\n`,
      'x\n\n---\n\ny\n\n---\n\nz\n\n### bare\n\nx\n\n---\n\ny',
      [
        '4 parts-too-many: the post has 2 parts for bare',
        '4 parts-too-many: the post has 3 parts for mine',
        '7 media-too-many: part 1 has 1 images for bare',
      ],
    ],
    [
      'a poll nobody has',
      'bare',
      'poll:\n  options: [a, b]\n',
      'x',
      ['5 poll: Bare has no polls (bare)'],
    ],
    [
      'too many options, a long one, too short a time',
      'mine',
      `title: T\n${media}poll:\n  open: 10s\n  options:\n    - a\n    - b\n    - longer\n    - d\n`,
      'x',
      [
        '9 poll: the poll has files or a link card beside it for mine',
        '9 poll: the poll has 4 options for mine',
        '10 poll: the poll is open for 10s at mine',
        '14 poll: “longer” has 6 characters for mine',
      ],
    ],
    [
      'a title nobody reads',
      'bare',
      'title: T\n',
      'x',
      ['5 title: nobody will read the title: no network this goes to has one'],
    ],
    [
      'a poll of many choices',
      'mine',
      `title: T\n${media}poll: {options: [a, b], multiple: true, part: 2}\n`,
      'x\n\n---\n\ny',
      ['9 poll: everybody has one choice in a poll at mine'],
    ],
    [
      'a card nobody shows',
      'bare',
      'link: {url: https://a.example/b}\n',
      'x',
      ['5 link: Bare shows no card of its own for a link (bare)'],
    ],
    [
      'no card where the address is in the text',
      'bare',
      'link: {url: https://a.example/b}\n',
      'See https://a.example/b.',
      [],
    ],
    [
      'one answer for two networks',
      'bare, mine',
      `title: T\nreply: https://x.example/1\nmedia:\n  - {file: content/a.png, alt: x}\n`,
      'x\n\n### bare\n\nx',
      [
        '6 reply: a post at one network is answered, and there are several targets',
        '8 media-too-many: part 1 has 1 images for bare',
      ],
    ],
    [
      'an answer for nobody',
      'bare',
      'reply:\n  bear: https://x.example/1\n',
      'x',
      ['6 reply: "bear" is no account or network of news'],
    ],
    [
      'parts that are not there',
      'mine',
      `title: T\n${media}poll: {options: [a, b], part: 3}\nlink: {url: https://a.example, part: 2}\n`,
      'x',
      [
        '9 media-part: the poll goes with part 3, and there are 1',
        '9 poll: the poll has files or a link card beside it for mine',
        '10 media-part: the link goes with part 2, and there are 1',
      ],
    ],
    [
      'an image for a card that lies elsewhere',
      'mine',
      `title: T\n${media}link:\n  url: https://a.example\n  image: ../x.png\n`,
      'x',
      ['11 media-path: ../x.png has a step that begins with a dot'],
    ],
    [
      'words too long below an image',
      'mine',
      `title: T\n${media}`,
      'more than twenty characters',
      ['13 text-too-long: part 1 has 27 characters for mine, where files are with it'],
    ],
    [
      'images and a video, and a long alt text',
      'mine',
      'title: T\nmedia:\n  - {file: content/a.png, alt: longer}\n  - {file: content/b.mp4, alt: x}\n',
      'x',
      [
        '7 alt-too-long: the alt text of content/a.png has 6 characters for mine',
        '8 media-mixed: part 1 has images and a video for mine',
      ],
    ],
  ])('%s', (_what, targets, front, body, wanted) =>
    expect(seen(targets, front, body)).toEqual(wanted),
  );

  it('files that cannot be sent are named on their line, with what may be there', () => {
    const unfit = { message: 'is 12 seconds long', expected: '0 to 1 seconds' };
    const front = `title: T\n${media}link: {url: https://a.example, image: content/c.png}\n`;
    const found = problemsOf('mine', front, 'x', {
      'full content/a.png': { unfit },
      'full content/c.png': { unfit },
    });
    expect(found).toMatchObject([
      {
        line: 7,
        rule: 'media-does-not-fit',
        message: 'content/a.png cannot go to mine: it is 12 seconds long',
        expected: '0 to 1 seconds',
      },
      { line: 9, rule: 'media-does-not-fit' },
    ]);
    const notes: Verdict = { notes: ['cropped', 'still'] };
    expect(problemsOf('mine', front, 'x', { 'full content/a.png': notes })).toMatchObject([
      { line: 7, rule: 'media-still', severity: 'warning' },
      { line: 7, rule: 'media-cropped', severity: 'warning' },
    ]);
    const gif: Verdict = { notes: ['moving'] };
    const two =
      'title: T\nmedia:\n  - {file: content/a.gif, alt: x}\n  - {file: content/b.png, alt: x}\n';
    expect(seen('mine', two, 'x', { 'full content/a.gif': gif })).toEqual([
      '7 media-mixed: part 1 has other files beside a GIF that moves for mine',
    ]);
    const focused = front.replace('alt: x\n', 'alt: x\n    focus: 0.5 0.2\n');
    expect(
      problemsOf('mine', focused, 'x', { 'full content/a.png': { notes: ['cropped'] } }),
    ).toEqual([]);
  });
});
