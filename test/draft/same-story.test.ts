import { describe, expect, it } from 'vitest';
import { compareByWords, retold, sharesTerms, type Story } from '../../lib/draft/same-story.ts';
import { likeness } from '../../lib/match/similarity/compare.ts';

const hour = 3_600_000;
const story = (
  name: string,
  terms: readonly string[],
  posts: readonly string[],
  at = 100 * hour,
  more: Partial<Story> = {},
): Story => ({
  id: `${name}@${at}`,
  name,
  terms,
  evidence: posts.map((excerpt, n) => ({
    signal: `x:${String(n)}`,
    network: 'x',
    excerpt,
    at,
  })),
  ...more,
});

const landfall = 'Hurricane Sandy makes landfall near Atlantic City, New Jersey';
const sandy = story('Hurricane Sandy', ['hurricane sandy', 'sandy'], [landfall]);

describe('a story told before', () => {
  it.each([
    [
      '#sandy',
      ['#sandy', 'landfall'],
      'RT @nws: #Sandy has made landfall near Atlantic City, New Jersey',
    ],
    [
      'Sandy',
      ['sandy', 'jersey'],
      'Sandy makes landfall near Atlantic City in New Jersey http://x.example/1',
    ],
  ])('is found under another name: %s', async (name, terms, post) => {
    const again = story(name, terms, [post], 130 * hour);
    expect(await retold(again, [sandy], likeness)).toBe(sandy);
    expect(await retold(again, [sandy], compareByWords)).toBe(sandy);
  });

  it('is the one told last of several', async () => {
    const later = story('Sandy', ['sandy'], [landfall], 110 * hour);
    const again = story('Sandy', ['sandy'], [landfall], 120 * hour);
    expect(await retold(again, [later, sandy], likeness)).toBe(later);
    expect(await retold(again, [sandy, later], likeness)).toBe(later);
  });

  it('is one that the trend turned out to be one with, whatever either says', async () => {
    const other = story('Frankenstorm', ['frankenstorm'], ['Bad weather'], 101 * hour, {
      also: [sandy.id],
    });
    expect(await retold(other, [sandy], likeness)).toBe(sandy);
  });
});

describe('another story', () => {
  const india = story(
    'England v India',
    ['england', 'india'],
    ['England beat India by five wickets at Lord’s'],
  );

  it.each([
    // Posts as alike as .92.
    story(
      'England v Pakistan',
      ['england', 'pakistan'],
      ['England beat Pakistan by five wickets at Lord’s'],
    ),
    // Where names and terms tell too little, the posts name who played.
    story('England', ['england'], ['England beat Pakistan by five wickets at Lord’s']),
    story('England', ['england', 'lord'], ['England open a new school for nurses at Lord’s']),
  ])('$name, $terms', async (other) => {
    expect(await retold(other, [india], likeness)).toBeUndefined();
    expect(await retold(india, [other], likeness)).toBeUndefined();
    expect(await retold(other, [india], compareByWords)).toBeUndefined();
  });

  it('is the same two days later, and what has no posts or no words', async () => {
    const late = story('Sandy', ['sandy'], [landfall], 149 * hour);
    expect(await retold(late, [sandy], likeness)).toBeUndefined();
    const empty = story('', [], []);
    expect(await retold(empty, [sandy, empty], likeness)).toBeUndefined();
    expect(sharesTerms(empty, sandy)).toBe(false);
  });
});
