import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Story } from '../../../lib/trend/story/story.ts';
import { uniteTrends } from '../../../lib/trend/story/unite.ts';
import { hour, start } from '../posts.ts';
import { aStory } from '../stories.ts';

const on = (network: string, firstAt: number, terms: readonly string[], score = 10) =>
  aStory({
    terms,
    score,
    firstAt,
    name: terms[0] ?? '',
    networks: [network],
    voices: [{ network, posts: 12, authors: 7, firstAt }],
  });

/** With what is told only when it is asked for. */
const read = (stories: readonly Story[]) =>
  stories.map(({ tell, ...story }) => ({ ...story, ...tell() }));

describe('networks that tell the same', () => {
  it('become one trend that says who was first, with scores added as independent', () => {
    const [trend, ...others] = uniteTrends([
      [on('mastodon', start + hour, ['#endsars', 'lagos'], 4)],
      [on('bluesky', start, ['end sars', 'police'], 3)],
      [on('feeds', start, ['weather', 'storm'], 1)],
    ]);
    expect(others).toHaveLength(1);
    expect(trend).toMatchObject({ score: 5, posts: 24, firstAt: start });
    expect(trend?.networks).toEqual(['bluesky', 'mastodon']);
    expect(trend?.voices?.map(({ network }) => network)).toEqual(['bluesky', 'mastodon']);
    expect(trend?.curve?.counts).toEqual([24]);
  });

  it('never joins two of one network, and gives the same whatever comes first', () => {
    const story = fc.record({
      network: fc.constantFrom('a', 'b', 'c'),
      terms: fc.uniqueArray(fc.constantFrom('u', 'v', 'w', 'x', 'y', 'z'), {
        minLength: 1,
        maxLength: 4,
      }),
      score: fc.integer({ min: 1, max: 4 }),
      at: fc.nat(5),
    });
    const both = fc
      .array(story, { maxLength: 8 })
      .map((all) =>
        all.map(({ network, terms, score, at }) => on(network, start + at * hour, terms, score)),
      )
      .chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
      );
    fc.assert(
      fc.property(both, ([stories, shuffled]) => {
        const united = uniteTrends([stories]);
        expect(read(uniteTrends(shuffled.map((each) => [each])))).toEqual(read(united));
        for (const { networks } of united) expect(new Set(networks).size).toBe(networks.length);
        expect(united.reduce((sum, { posts }) => sum + posts, 0)).toBe(12 * stories.length);
      }),
    );
  });
});
