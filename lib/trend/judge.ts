import type { Counter } from './counter.ts';
import { datedLast } from './story/dated.ts';
import { groupTerms } from './story/group.ts';
import type { DetectorOptions } from './options.ts';
import { type Story, storyOf } from './story/story.ts';

/** Terms looked at in one tick, and posts of each: bounds for the work. */
const mostTerms = 80;
const mostPosts = 2000;

/** Stories of one network at `now` (ms UTC), strongest first. */
export function judge(counter: Counter, now: number, options: DetectorOptions): Story[] {
  const { recent } = counter;
  const unusual = counter.standouts({ least: options.threshold }).slice(0, mostTerms);
  const posts = recent.holding(unusual, now - options.window, mostPosts);
  const terms = unusual.map(({ term, score, expected }, index) => ({
    term,
    score,
    expected,
    posts: posts[index] ?? [],
  }));
  return groupTerms(terms, recent.held, options.canonical)
    .flatMap((group) => datedLast(group) ?? [])
    .flatMap((group) => storyOf(group, recent.post, options.voices) ?? [])
    .sort((a, b) => b.score - a.score || ((a.members[0] ?? '') < (b.members[0] ?? '') ? -1 : 1))
    .slice(0, options.most);
}
