import { readFileSync } from 'node:fs';
import twitterText from 'twitter-text';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type Entity, entitiesOf, weigh } from '../../../lib/platforms/x/text.ts';
import { hasShared, sharedPath } from '../../shared.ts';

interface Case {
  description: string;
  text: string;
  expected: unknown;
}
type Suite = Record<string, Case[]>;

const folder = 'platforms/specs/twitter-text';
const read = (name: string) => {
  if (!hasShared(folder)) return {};
  const file = sharedPath(`${folder}/${name}.yml`);
  return (parse(readFileSync(file, 'utf8')) as { tests: Suite }).tests;
};

const texts = (what: Entity['what']) => (text: string) =>
  entitiesOf(text)
    .filter((each) => each.what === what)
    .map((each) => each.text);
const { extractUrlsWithIndices, extractHashtagsWithIndices, extractCashtagsWithIndices } =
  twitterText;

/** The product's own way to what each section asks for; the library's where the product asks for nothing of the kind. */
const extracts: Record<string, (text: string) => unknown> = {
  urls: texts('url'),
  urls_with_directional_markers: extractUrlsWithIndices,
  tco_urls_with_params: texts('url'),
  hashtags: texts('hashtag'),
  hashtags_from_astral: texts('hashtag'),
  cashtags: texts('cashtag'),
  mentions: texts('mention'),
  urls_with_indices: extractUrlsWithIndices,
  hashtags_with_indices: extractHashtagsWithIndices,
  cashtags_with_indices: extractCashtagsWithIndices,
  mentions_with_indices: (text) =>
    twitterText
      .extractMentionsWithIndices(text)
      .map(({ screenName, indices }) => ({ screen_name: screenName, indices })),
  mentions_or_lists_with_indices: (text) =>
    twitterText.extractMentionsOrListsWithIndices(text).map((each) => ({
      screen_name: each.screenName,
      list_slug: each.listSlug,
      indices: each.indices,
    })),
  replies: (text) => twitterText.extractReplies(text),
};

const { configs } = twitterText as unknown as { configs: Record<string, object> };
const parseWith = twitterText.parseTweet as (
  text: string,
  options: object,
) => { weightedLength: number; valid: boolean };
const counts = (text: string) => ({ weightedLength: weigh(text).length, valid: weigh(text).valid });
const validates: Record<string, (text: string) => unknown> = {
  // 140 characters: the rules before 2017, which X no longer has.
  tweets: (text) => parseWith(text, { ...configs.version1, maxWeightedTweetLength: 140 }).valid,
  usernames: (text) => twitterText.isValidUsername(text),
  lists: (text) => twitterText.isValidList(text),
  hashtags: (text) => twitterText.isValidHashtag(text),
  urls: (text) => twitterText.isValidUrl(text, true, true),
  urls_without_protocol: (text) => twitterText.isValidUrl(text, true, false),
  // Version 2, in which an emoji counted by its code points.
  WeightedTweetsCounterTest(text) {
    const { weightedLength, valid } = parseWith(text, configs.version2!);
    return { weightedLength, valid };
  },
  WeightedTweetsWithDiscountedEmojiCounterTest: counts,
  UnicodeDirectionalMarkerCounterTest: counts,
};

describe.each([
  ['extract', extracts],
  ['validate', validates],
])('twitter-text: %s', (name, ways) => {
  const suite = read(name);
  it.skipIf(Object.keys(suite).length === 0)('knows every section', () => {
    expect(Object.keys(ways).sort()).toEqual(Object.keys(suite).sort());
  });
  describe.each(Object.entries(suite))('%s', (section, cases) => {
    it.each(cases)('$description', ({ text, expected }) => {
      const found = ways[section]!(text);
      if (!section.includes('Counter')) expect(found).toEqual(expected);
      else expect(expected).toMatchObject(found as object);
    });
  });
});
