import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markAdvertised } from '../../lib/ingest/marks/domain.ts';
import { wordsOfDomains } from '../../lib/store/domain-words.ts';
import { loadDomains, parseDomain } from '../../lib/store/domains.ts';
import { parseProfile } from '../../lib/store/profiles.ts';
import { football } from './football.ts';

const root = join(import.meta.dirname, '../..');
const text = readFileSync(join(root, 'profiles/domains/crypto.yaml'), 'utf8');
const { domain: crypto, problems } = parseDomain(text, 'profiles/domains/crypto.yaml');
const words = wordsOfDomains([crypto!]);

describe('the pack that comes with the product', () => {
  it('is right, and large enough to be of use', () => {
    expect(problems).toEqual([]);
    expect(crypto!.entities.length).toBeGreaterThan(100);
    expect(Object.keys(crypto!.jargon).length).toBeGreaterThan(80);
    expect(words.sentiment.size).toBeGreaterThan(150);
    expect(crypto!.indicators.length).toBeGreaterThan(3);
  });

  it.each(['$BTC', '#bitcoin', 'Bitcoin', 'xbt', '#BTC'])('knows %s as one thing', (term) => {
    expect(words.canonical(term)).toBe('bitcoin');
  });

  it.each(['link', 'near', 'one', 'dot', 'sand', 'sol', '#one', 'op', 'dai'])(
    'takes the plain word "%s" for what it says',
    (term) => expect(words.entity(term)).toBeUndefined(),
  );

  it('writes a keyword in all its ways, also within a phrase', () => {
    expect(words.expand('bitcoin')).toEqual(expect.arrayContaining(['btc', '$btc', '#bitcoin']));
    expect(words.expand('Bitcoin ETF')).toEqual(expect.arrayContaining(['Bitcoin ETF', 'btc etf']));
    expect(words.expand('Bitcoin ETF').join()).not.toMatch(/[#$]/);
    expect(words.expand('interest rate')).toEqual(['interest rate']);
  });

  it('explains what the evidence says, and nothing else', () => {
    expect(words.glossary(['HODLers got REKT by a rug-pull'])).toEqual({
      rekt: 'ruined by a trade',
      'rug pull': expect.stringContaining('founders') as string,
    });
    expect(words.glossary(['the weather'])).toEqual({});
  });

  it('gives sign and weight to words that general lexicons overlook', () => {
    for (const bad of ['rekt', 'rug pull', 'depeg', 'capitulation', 'bagholder'])
      expect(words.sentiment.get(bad)).toBeLessThan(-0.4);
    for (const good of ['hodl', 'to the moon', 'bullish', 'wagmi'])
      expect(words.sentiment.get(good)).toBeGreaterThan(0.4);
    expect(words.isStop('#Crypto')).toBe(true);
    expect(words.isStop('#bitcoin')).toBe(false);
  });
});

describe('a pack', () => {
  it('of another field is another file and no code', async () => {
    const path = 'profiles/domains/football.yaml';
    const { domains, problems } = await loadDomains(
      () => Promise.resolve(football),
      () => Promise.resolve([path, 'profiles/domains/README.md']),
    );
    expect(problems).toEqual([]);
    const field = wordsOfDomains(domains);
    expect(field.canonical('#BVB')).toBe('borussia dortmund');
    expect(field.expand('fcb title')).toContain('bayern munich title');
    expect(field.sentiment.get('worldie')).toBe(0.8);
    // A profile may speak of several fields.
    const both = wordsOfDomains([crypto!, ...domains]);
    expect([both.canonical('$btc'), both.canonical('the reds')]).toEqual(['bitcoin', 'liverpool']);
  });

  it('is told everything that is wrong with it, with the line and what may stand there', () => {
    const wrong = `name: footbal
title: Football
entities:
  - { name: liverpool, kind: club, also: [the reds] }
  - { name: manchester united, kind: Club, also: [the reds] }
jargon: { brace: }
sentiment: { sitter: -2 }
indicators:
  - { name: odds, title: Odds, about: liverpol, url: 'ftp://x', value: a }
stopp: [match]
`;
    const seen = (text: string) =>
      parseDomain(text, 'profiles/domains/football.yaml').problems.map(
        ({ line, message, expected }) => `${String(line)}: ${message} | ${expected ?? ''}`,
      );
    expect(seen(wrong)).toEqual([
      '1: name is "footbal" in a file called football.yaml | name: football',
      '5: entities[2].kind is "Club" | lower-case letters, e.g. person',
      '5: "the reds" names both "liverpool" and "manchester united" | a way to write one of them only',
      '5: "#thereds" names both "liverpool" and "manchester united" | a way to write one of them only',
      '6: jargon.brace is empty | text',
      '7: sentiment.sitter is -2 | -1 or more',
      '9: indicators[1].url is "ftp://x" | an address, e.g. https://…',
      '9: there is no entity "liverpol" for an indicator to be about | one of liverpool, manchester united; did you mean "liverpool"?',
      expect.stringMatching(/^10: "stopp" is no setting \| one of name, .*did you mean "stop"\?$/),
    ]);
  });

  it('never makes the parser throw, whatever is in the file', () => {
    const lines = fc.array(
      fc.oneof(fc.constantFrom(...football.split('\n'), '- ', '{', '*a'), fc.string()),
    );
    fc.assert(
      fc.property(lines, (all) => {
        const parsed = parseDomain(all.join('\n'), 'profiles/domains/football.yaml');
        expect(parsed.domain === undefined).toBe(parsed.problems.length > 0);
      }),
      { numRuns: 200 },
    );
  });

  it('is named by profiles, which are told when there is none', () => {
    const profile = `name: news
title: News
description: What happens.
voice: Calm.
domain: [crypto, footbal]
topics: [{ name: a, about: b, keywords: [c] }]
deny_topics: [{ name: a, about: b, keywords: [c] }, { name: a, about: b, keywords: [c] }]
accounts: [{ name: outbox, platform: outbox }]
`;
    const packs = ['crypto', 'football'];
    const found = parseProfile(profile, 'profiles/news.yaml', undefined, packs).problems;
    expect(found.map(({ line, message, expected }) => [line, message, expected])).toEqual([
      [5, 'there is no domain pack "footbal"', 'one of crypto, football; did you mean "football"?'],
      [7, 'a second entry of deny_topics is called "a"', 'another name'],
    ]);
    const right = profile.replace('[crypto, footbal]', 'crypto').replace(/deny_topics.*\n/, '');
    const parsed = parseProfile(right, 'profiles/news.yaml', undefined, packs);
    expect(parsed.profile?.domain).toEqual(['crypto']);
    expect(
      parseProfile(right.replace(/domain.*\n/, ''), 'profiles/news.yaml').profile,
    ).toMatchObject({ domain: [], deny_topics: [] });
  });
});

it('marks what only advertisements of the field say, however it is written', () => {
  const post = (text: string) => ({ id: 'a:1', network: 'a', text, at: 0, tags: [] });
  const marksOf = (text: string) => markAdvertised(post(text), words.spam).marks;
  expect(marksOf('Ｄouble  your\nBitcoin today!')).toEqual(['spam']);
  expect(marksOf('Bitcoin doubles in a year')).toBeUndefined();
  expect(markAdvertised(post('Double your bitcoin'), []).marks).toBeUndefined();
});

describe('words of packs', () => {
  it('keep a keyword first, whatever it is, and are settled after one step', () => {
    const forms = crypto!.entities.flatMap(({ name, also }) => [name, ...also]);
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...forms), fc.string()), (keyword) => {
        expect(words.expand(keyword)[0]).toBe(keyword);
        expect(words.canonical(words.canonical(keyword))).toBe(words.canonical(keyword));
      }),
    );
  });

  it('are nothing where no pack is', () => {
    const none = wordsOfDomains([]);
    expect(none.expand('bitcoin')).toEqual(['bitcoin']);
    expect(none.canonical('$BTC')).toBe('$btc');
    expect(none.sentiment.size).toBe(0);
  });
});

it('every pack of the product is in this folder', () => {
  expect(readdirSync(join(root, 'profiles/domains'))).toEqual(['crypto.yaml']);
});
