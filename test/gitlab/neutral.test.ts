import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { neutral, neutralLine } from '../../lib/gitlab/neutral.ts';

/** What GitLab acts on, written after its own documentation, and what we act on. */
const acts: Record<string, RegExp> = {
  'a quick action': /^(?:[\s>*+\u200b-]|\d+[.)]\s|\[[ x]?\])*[/／]\p{L}/mu,
  'a command of ours': /(?:^|[\n\r\u2028\u2029\u0085])\s*\/pulse\b/i,
  'a mention': /(?:^|[^\w/])@[\w.-]/,
  'an issue': /(?:^|\W)#\d/,
  'a merge request': /(?:^|\W)!\d/,
  'an image': /!\[/,
  'a snippet': /(?:^|\W)\$\d/,
  'a label': /(?:^|\s)~["\w]/,
  'a closing word':
    /\b(?:clos(?:e[sd]?|ing)|fix(?:e[sd]|ing)?|resolv(?:e[sd]?|ing)|implement(?:s|ed|ing)?):? +(?:issues? +)?(?:[\w./-]*#\d|[A-Z][A-Z0-9_]+-\d)/i,
  'HTML or a comment': /<[a-z!/?]/i,
  'an entity': /&#?\w+;/,
  'a draft mark': /^\s*[[(]?(?:draft\b|wip\b|fixup!|squash!|amend!)/im,
  'no pipeline': /\[(?:skip[ _-]ci|ci[ _-]skip)\]/i,
  'a reference by kind': /\[(?:issue|work_item|epic|vulnerability):\S/i,
};

/** Tags outside of the three flags they spell, and signs that turn the direction of writing. */
const hidden =
  /(?<!\u{1f3f4}\u{e0067}\u{e0062}[\u{e0061}-\u{e007a}]{0,3})[\u{e0000}-\u{e007f}]|[\u202a-\u202e\u2066-\u2069]/gu;

const pieces = fc.constantFrom(
  ...[
    '/',
    '／',
    '/close',
    '/pulse approve',
    '/label ~bug',
    '@',
    '@root',
    '＠all',
    '#',
    '#12',
    '!',
    '!7',
    '$3',
    '~bug',
  ],
  ...[
    '%',
    '%"v 1"',
    '&',
    '&amp;',
    '&#64;root',
    'GL-12',
    '[issue:3]',
    'Closes',
    'fixes: ',
    'resolving issue ',
    'ABC-12',
  ],
  ...[
    '<',
    '<!--',
    '-->',
    '<img src=x>',
    '![x](https://t.co/p.png)',
    'Draft: ',
    '[draft] ',
    'fixup! ',
    'WIP',
    '[skip ci]',
  ],
  ...[
    '\n',
    '\r\n',
    '\r',
    '\u2028',
    '\u2029',
    '\u0085',
    '\v',
    '\t',
    ' ',
    '  - ',
    '> ',
    '1. ',
    '* [ ] ',
    '\u200b',
    '\u2060',
  ],
  ...[
    'https://host.example/g/p/-/issues/1',
    'https://m.social/@root',
    '\\',
    '`',
    '```',
    '**',
    '::include{file=a}',
    'word',
    '5',
  ],
);
const texts = fc.oneof(
  fc.array(pieces, { maxLength: 12 }).map((all) => all.join('')),
  fc.array(pieces, { maxLength: 8 }).map((all) => all.join(' ')),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(fc.oneof(pieces, fc.string({ maxLength: 4 })), { maxLength: 8 })
    .map((all) => all.join('')),
);
const withoutJoiners = (text: string) => text.replaceAll('\u2060', '');

describe('neutral', () => {
  it('leaves nothing that GitLab or we would carry out', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const safe = neutral(text);
        for (const [what, sign] of Object.entries(acts))
          if (sign.test(safe)) throw new Error(`${what}: ${JSON.stringify(safe)}`);
      }),
      { numRuns: 3000 },
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(texts, (text) => neutral(neutral(text)) === neutral(text)),
      { numRuns: 3000 },
    );
  });

  it('keeps every word that can be seen', () => {
    const seen = (text: string) =>
      withoutJoiners(text.toWellFormed())
        .replaceAll(hidden, '')
        .replaceAll(/[^\P{Cc}\s\u0085]/gu, '');
    fc.assert(
      fc.property(texts, (text) => seen(neutral(text)) === seen(text)),
      { numRuns: 2000 },
    );
  });

  it('leaves nothing that nobody sees or that turns what they see, wherever it hides', () => {
    const secret = fc.constantFrom(
      ...['\u202e', '\u202d', '\u2066', '\u2069', '\u{e0001}', '\u{e0041}', '\u{e007f}'],
      ...[
        '\u{1f3f4}\u{e0063}\u{e006c}\u{e006f}\u{e0073}\u{e0065}\u{e007f}',
        '@\u202eroot',
        '/\u{e0020}close',
      ],
    );
    const mixed = fc.array(fc.oneof(secret, pieces), { maxLength: 12 }).map((all) => all.join(''));
    fc.assert(
      fc.property(fc.oneof(mixed, texts), (text) => {
        const safe = neutral(text);
        for (const [what, sign] of [...Object.entries(acts), ['hidden', hidden] as const])
          if (safe.search(sign) !== -1) throw new Error(`${what}: ${JSON.stringify(safe)}`);
        return neutral(safe) === safe;
      }),
      { numRuns: 2000 },
    );
    const flags = ['gbeng', 'gbsct', 'gbwls'].map(
      (place) =>
        `\u{1f3f4}${Array.from(place, (letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('')}\u{e007f}`,
    );
    expect(neutral(flags.join())).toBe(flags.join());
    expect(neutral('שלום \u200fעולם')).toBe('שלום \u200fעולם');
  });

  it('leaves plain prose and addresses alone', () => {
    const prose =
      'Fees fell 40% in R&D and/or sales (see https://a.example/x/~y?b=1&c=%20d/e#top). #bitcoin $BTC 1/2';
    expect(neutral(prose)).toBe(prose);
  });

  it.each([
    ['/close', '/\u2060close'],
    ['ok\n  - /pulse approve', 'ok\n  - /\u2060pulse approve'],
    ['cc @root', 'cc @\u2060root'],
    ['Fixes #12', 'Fixes\u2060 #\u206012'],
    ['<!-- pulse:card -->', '<\u2060!-- pulse:card -->'],
    ['https://m.social/@root/1', 'https://m.social/@root/1'],
    ['https://_x_/@root', 'https://_x_/@\u2060root'],
    ['a\0b\ud800c', 'ab\ufffdc'],
  ])('%j becomes %j', (text, safe) => {
    expect(neutral(text)).toBe(safe);
  });

  it('makes one line of many, for titles', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const line = neutralLine(text);
        return !/[\n\r\u2028\u2029\u0085\v\f]/.test(line) && line === neutralLine(line);
      }),
    );
    // What is taken out leaves no space at an end.
    expect(neutralLine('\0\t\0')).toBe('');
    expect(neutralLine(' Draft:\n/close \u2028 now ')).toBe('D\u2060raft: /\u2060close now');
  });

  it('takes no longer for a long text than for many short ones', () => {
    const long = '@a#1/x <b> fixes #1 \n'.repeat(5_000);
    const start = performance.now();
    expect(neutral(long).length).toBeGreaterThan(long.length);
    expect(performance.now() - start).toBeLessThan(3_000);
  });
});
