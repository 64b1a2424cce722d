import type { Signal } from '../../lib/ingest/signal.ts';
import type { Story, Told } from '../../lib/trend/story/story.ts';
import { hour, start } from './posts.ts';

/** A story of one network as `storyOf` tells it, changed as asked. */
export function aStory({
  name = 'Karsund flood',
  terms = ['flood', 'karsund'],
  first = [],
  evidence = [],
  ...changes
}: Partial<Story & Told> = {}): Story {
  return {
    score: 10,
    posts: 12,
    expected: 1,
    firstAt: start,
    lastAt: start + hour / 2,
    networks: ['test'],
    voices: [{ network: 'test', posts: 12, firstAt: start }],
    curve: { from: start / hour, counts: [12] },
    members: terms,
    tell: () => ({ name, terms, first, evidence }),
    ...changes,
  };
}

/** A post that says a little, changed as asked. */
export const aPost = (id: string, changes: Partial<Signal> = {}): Signal => ({
  id: `test:${id}`,
  network: 'test',
  text: `The flood reaches street ${id} of Karsund`,
  at: start,
  tags: [],
  ...changes,
});
