import { describe, expect, it } from 'vitest';
import { continueTrends, type Open } from '../../../lib/trend/story/open.ts';
import type { Story } from '../../../lib/trend/story/story.ts';
import { hour, start } from '../posts.ts';
import { aPost, aStory } from '../stories.ts';

const day = 24 * hour;
const later = (open: readonly Open[], stories: readonly Story[], hours: number) =>
  continueTrends(stories, open, start + hours * hour, day);
const first = later([], [aStory()], 1);
const [flood] = first.trends;

describe('a trend that goes on', () => {
  it('is known by its first name and day, and fresh once', () => {
    expect(flood?.id).toBe('karsund-flood@2026-11-20');
    expect(first.fresh.map(({ id }) => id)).toEqual([flood?.id]);
    expect(later(first.open, [aStory()], 2).fresh).toEqual([]);
  });

  it('keeps its id when its terms and its name change, and takes a better name when it has doubled', () => {
    const little = aStory({ name: 'Flood', posts: 20, terms: ['karsund', 'dam', 'break'] });
    const second = later(first.open, [little], 2);
    expect(second.trends[0]).toMatchObject({ id: flood?.id, name: 'Karsund flood' });
    const grown = aStory({ name: 'Karsund dam break', posts: 30, terms: ['dam', 'break'] });
    const third = later(second.open, [grown], 3);
    expect(third.trends[0]).toMatchObject({ id: flood?.id, name: 'Karsund dam break' });
  });

  it('takes no name from what came to it later', () => {
    const other = aStory({ name: 'Belmora fire', posts: 90, terms: ['flood', 'fire', 'belmora'] });
    const [trend] = later(
      first.open,
      [{ ...other, members: ['flood', 'karsund', 'fire'] }],
      2,
    ).trends;
    expect(trend).toMatchObject({ id: flood?.id, name: 'Karsund flood' });
  });

  it('remembers the hours that are no longer held', () => {
    const next = aStory({ curve: { from: start / hour + 1, counts: [30] } });
    expect(later(first.open, [next], 2).trends[0]?.curve?.counts).toEqual([12, 30]);
  });

  it('goes on as the one it has most in common with, whatever the order of the open ones', () => {
    const two = later([], [aStory(), aStory({ name: 'Rain', terms: ['rain', 'dam'] })], 1);
    const rain = [aStory({ terms: ['rain', 'karsund'] })];
    for (const open of [two.open, two.open.toReversed()])
      expect(later(open, rain, 2).trends[0]?.id).toBe('rain@2026-11-20');
  });

  it('ends after a day without a post, and what comes then is another', () => {
    expect(later(first.open, [], 26).open).toEqual([]);
    const again = aStory({ lastAt: start + 49 * hour });
    expect(later(first.open, [again], 50).trends[0]?.id).toBe('karsund-flood@2026-11-22');
  });
});

describe('trends that turn out to be one', () => {
  const parts = [
    aStory({ terms: ['flood', 'water'], posts: 50 }),
    aStory({ name: 'Dam', terms: ['dam', 'break', 'mayor'], posts: 9 }),
  ];
  const apart = later([], parts, 1);
  const whole = aStory({
    terms: ['dam', 'flood'],
    members: ['dam', 'flood', 'break', 'mayor', 'water'],
    posts: 60,
  });

  it('go on as the greater one and say which ended', () => {
    const together = later(apart.open, [whole], 2);
    expect(together.trends.map(({ id, also }) => [id, also])).toEqual([
      ['karsund-flood@2026-11-20', ['dam@2026-11-20']],
    ]);
    expect(together.open).toHaveLength(1);
  });

  it('stay apart as long as both are told', () => {
    const still = later(apart.open, [whole, aStory({ terms: ['break', 'mayor'] })], 2);
    expect(still.open).toHaveLength(2);
  });
});

it('does not take two people for one because they share a name', () => {
  const lance = aStory({ name: 'Lance Armstrong', terms: ['armstrong', 'lance', 'doping'] });
  const neil = aStory({ name: 'Neil Armstrong', terms: ['armstrong', 'neil', 'moon'] });
  const found = later(later([], [lance], 1).open, [neil], 5);
  expect(found.trends[0]?.id).toBe('neil-armstrong@2026-11-20');
});

it('tells what is new or has grown, and no more than that', () => {
  let asked = 0;
  const story = (posts: number, score = 10) => {
    const { tell, ...rest } = aStory({ posts, score });
    return { ...rest, tell: () => ((asked += 1), tell()) };
  };
  const one = later([], [story(20)], 1);
  const before = asked;
  const two = later(one.open, [story(22)], 2);
  expect(asked).toBe(before);
  later(two.open, [story(30)], 3);
  expect(asked).toBe(before + 1);
});

it('hands on the posts that were there before it was seen', () => {
  const early = [aPost('1', { author: 'ann' })];
  expect(later([], [aStory({ first: early })], 1).fresh[0]?.first).toEqual(early);
});
