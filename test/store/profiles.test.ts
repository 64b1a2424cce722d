import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { usableTargets } from '../../lib/draft/targets.ts';
import { platforms } from '../../lib/platforms/index.ts';
import { nearest } from '../../lib/store/nearest.ts';
import { loadProfiles, parseProfile } from '../../lib/store/profiles.ts';

const root = join(import.meta.dirname, '../..');
const { bluesky, feeds, outbox } = platforms;
/** A few, so that a new one is no news here. */
const names = { bluesky: bluesky!, feeds: feeds!, outbox: outbox! };
const right = `name: news
title: News
description: What happens.
voice: Calm.
topics:
  - name: storms
    about: Storms.
    keywords: [hurricane]
accounts:
  - name: outbox
    platform: outbox
`;
const file = 'profiles/news.yaml';
const parse = (text: string) => parseProfile(text, file, names);
const seen = (text: string) =>
  parse(text).problems.map(
    ({ line, message, expected }) => `${String(line)}: ${message} | ${expected ?? ''}`,
  );

describe('the profiles that come with the product', () => {
  it.each(['crypto', 'world-news'])(
    '%s is right and publishes to the outbox alone',
    async (name) => {
      const path = `profiles/${name}.yaml`;
      const { profile, problems } = parseProfile(
        await readFile(join(root, path), 'utf8'),
        path,
        names,
      );
      expect(problems).toEqual([]);
      expect(usableTargets(profile!, () => ({}))).toEqual([{ name: 'outbox', platform: 'outbox' }]);
      expect(profile!.sources.jetstream).toBe(true);
      expect(profile!.sources.feeds.length).toBeGreaterThan(3);
    },
  );

  it('are loaded together, without the files beside them', async () => {
    const list = async (folder: string) => [
      ...(await readdir(join(root, folder), { recursive: true })).map(
        (each) => `${folder}/${each}`,
      ),
      'profiles/README.md',
    ];
    const read = (path: string) => readFile(join(root, path), 'utf8');
    const { profiles, problems } = await loadProfiles(read, list, names);
    expect(profiles.map(({ name }) => name)).toEqual(['crypto', 'world-news']);
    expect(problems).toEqual([]);
  });
});

describe('a profile', () => {
  it('needs little, and has the rest by default', () => {
    const { profile, problems } = parse(`\uFEFF${right.replaceAll('\n', '\r\n')}`);
    expect(problems).toEqual([]);
    expect(profile).toMatchObject({
      language: 'en',
      window: 7_200_000,
      posting: { zone: 'UTC', windows: [] },
      approval: { role: 'developer', authors: true },
    });
  });

  it('is told everything that is wrong with it at once', () => {
    const text = right
      .replace('title: News', 'titel: News\nlanguage: english please')
      .replace('voice: Calm.', 'voice: [calm]\nvoice: b\nwindow: 2 hours')
      .replace('keywords: [hurricane]', 'keyword: [x]\n    keywords: []\n  - name: storms')
      .replace(
        '    platform: outbox',
        '    platform: outbx\n  - name: outbox\n    platform: bluesky',
      )
      .concat(
        'posting:\n  zone: Europe/Berln\n  windows:\n    - days: [mo]\n      from: "9:00"\n      to: "17:00"\n',
      )
      .concat('approval: {role: develper}\nthreshold: 2\nkey_accounts: [bob]\n');
    expect(seen(text)).toMatchInlineSnapshot(`
      [
        "1: title is missing | text",
        "2: "titel" is no setting | one of name, title, description, voice, language, domain, topics, deny, deny_topics, key_accounts, threshold, sources, ...; did you mean "title"?",
        "3: language is "english please" | a language as BCP 47 writes it, e.g. en or pt-BR",
        "6: this key is given twice | ",
        "7: window is "2 hours" | a number and one of ms, s, m, h, d, e.g. 2h",
        "11: "keyword" is no setting of topics[1] | one of name, about, keywords; did you mean "keywords"?",
        "12: topics[1].keywords is [] | at least one entry",
        "13: topics[2].about is missing | text",
        "13: topics[2].keywords is missing | a list",
        "13: a second entry of topics is called "storms" | another name",
        "16: there is no network called "outbx" | one of bluesky, feeds, outbox; did you mean "outbox"?",
        "17: a second account is called "outbox" | another name",
        "17: the account "outbox" has the name of a network it is not on | another name, or platform: outbox",
        "20: posting.zone is "Europe/Berln" | the IANA name of a time zone, e.g. Europe/Berlin or UTC",
        "22: posting.windows[1].days[1] is "mo" | one of mon, tue, wed, thu, fri, sat, sun; did you mean "mon"?",
        "23: posting.windows[1].from is "9:00" | a time of day, e.g. 09:00",
        "25: approval.role is "develper" | one of reporter, developer, maintainer, owner; did you mean "developer"?",
        "26: threshold is 2 | 1 or less",
        "27: key_accounts[1] is "bob" | network:author, e.g. bluesky:bsky.app",
      ]
    `);
    expect(parse(text).profile).toBeUndefined();
  });

  it.each([
    ['', 1],
    ['[]', 1],
    ['a: b: c', 1],
    [`${right}\tx: 1`, 12],
    [`${right}a: *b`, 12],
    [right.replace('name: news', 'name: other'), 1],
    [right.replace('calm', 'calm').replace('Calm.', ''), 4],
    [right.replace('  - name: storms', '  - "storms"').replace(/ {4}(about|keywords).*\n/g, ''), 6],
    [right.replace('name: outbox', 'name: bluesky'), 10],
  ])('that is %j has its problem on line %i', (text, line) => {
    const { problems, profile } = parse(text);
    expect(profile).toBeUndefined();
    expect(problems.map((each) => each.line)).toContain(line);
    for (const { message } of problems) expect(message).not.toMatch(/undefined|\[object/);
  });

  it('survives a bomb of aliases', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]'];
    for (const [from, to] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg'].map((pair) => pair.match(/./g)!))
      bomb.push(`${to!}: &${to!} [${Array(9).fill(`*${from}`).join(', ')}]`);
    expect(seen(bomb.join('\n'))).toEqual([expect.stringContaining('alias') as string]);
  });

  it('never makes the parser throw, whatever is in the file', () => {
    const line = fc.oneof(
      fc.constantFrom(
        ...right.split('\n'),
        '- ',
        ': ',
        '{',
        '  - *a',
        '&a',
        '!!js x',
        '? [a]: b',
        '"',
        '|',
        '<<: *a',
      ),
      fc.string({ unit: 'binary', maxLength: 20 }),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 15 }), (lines) => {
        const text = lines.join('\n');
        const { profile, problems } = parse(text);
        expect(profile === undefined).toBe(problems.length > 0);
        for (const { line: at } of problems) {
          expect(at).toBeGreaterThanOrEqual(1);
          expect(at).toBeLessThanOrEqual(Math.max(1, text.split('\n').length));
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('accounts that can be used', () => {
  const { profile } = parse(
    `${right}  - name: sky\n    platform: bluesky\n  - name: in\n    platform: feeds\n`,
  );
  it.each([
    [{}, ['outbox']],
    [{ BLUESKY_IDENTIFIER: 'a' }, ['outbox']],
    [{ BLUESKY_IDENTIFIER: 'a', BLUESKY_PASSWORD: '' }, ['outbox']],
    [{ BLUESKY_IDENTIFIER: 'a', BLUESKY_PASSWORD: 'b' }, ['outbox', 'sky']],
  ])('with %j are %j', (credentials, expected) => {
    expect(usableTargets(profile!, () => credentials).map(({ name }) => name)).toEqual(expected);
  });
});

describe('what was probably meant', () => {
  it.each([
    ['titel', 'title'],
    ['KEYWORDS', 'keywords'],
    ['acounts', 'accounts'],
    ['zzz', undefined],
  ])('%s -> %s', (word, meant) =>
    expect(nearest(word, ['name', 'title', 'keywords', 'accounts'])).toBe(meant),
  );
});

describe('what a network asks of its accounts', () => {
  const all = (accounts: string) =>
    parseProfile(right.replace(/accounts:[^]*/, `accounts:\n${accounts}`), file, platforms);
  const said = (accounts: string) =>
    all(accounts).problems.map(
      ({ line, message, expected }) => `${String(line)}: ${message} | ${expected ?? ''}`,
    );

  it.each([
    ['  - { name: t, platform: telegram }', '10: chat is missing | '],
    [
      '  - { name: t, platform: telegram, chat: "@desk", chanel: 1 }',
      '10: "chanel" is no setting | chat',
    ],
    [
      '  - { name: m, platform: mastodon, visibility: secret }',
      '10: visibility is "secret" | one of public, unlisted, private, direct',
    ],
    ['  - { name: o, platform: outbox, chat: 1 }', '10: "chat" is no setting | '],
    [
      '  - { name: o, platform: outbox, notify: [never] }',
      '10: accounts[1].notify[1] is "never" | one of review, failed, unknown, published',
    ],
  ])('%s', (accounts, problem) => {
    expect(said(accounts)).toEqual([expect.stringContaining(problem.trim()) as string]);
  });

  it('is right when it is all there, with defaults filled in', () => {
    const { profile, problems } = all(
      '  - { name: t, platform: telegram, chat: "@desk", variables: NEWS_ }\n  - { name: s, platform: slack, notify: [review] }',
    );
    expect(problems).toEqual([]);
    expect(profile?.accounts[0]).toMatchObject({ chat: '@desk', variables: 'NEWS_' });
  });

  it('reads with accounts that are there', () => {
    const sources = 'sources: { accounts: [{ account: outbx, own: true }] }\n';
    const { problems } = parseProfile(`${right}${sources}`, file, platforms);
    expect(problems).toMatchObject([
      {
        message: 'there is no account "outbx" to read with',
        expected: 'outbox; did you mean "outbox"?',
      },
    ]);
  });
});
