import type { Profile } from '../store/profile.ts';
import type { Trend } from '../trend/trend.ts';
import { holds, spaced } from './words.ts';

export type Topic = Profile['topics'][number];

/** A trend's words, made ready once for all topics. */
export interface Words {
  /** Its name and three leading terms. */
  lead: string;
  /** All of its terms. */
  terms: string;
  /** One for each post of the evidence. */
  posts: readonly string[];
}

export function wordsOf(trend: Trend): Words {
  // Kept apart by a sign that no word holds, so that no phrase is found across two terms.
  const join = (texts: readonly string[]) => texts.map(spaced).join('|');
  return {
    lead: join([trend.name, ...trend.terms.slice(0, 3)]),
    terms: join([trend.name, ...trend.terms]),
    posts: trend.evidence.map(({ excerpt }) => spaced(excerpt)),
  };
}

/** How a trend names a topic. */
export interface Naming {
  /** Keywords that were found, those most posts name first. */
  keywords: readonly string[];
  /** 1 for a keyword among its leading terms, 0.5 among the others, 0 for none. */
  terms: number;
  /** Share of its posts that name one. A single post of several that does is chance: 0. */
  share: number;
  /** Posts of the evidence that name one, by their index. */
  posts: readonly number[];
}

export function namingOf(words: Words, topic: Pick<Topic, 'keywords'>): Naming {
  const naming = topic.keywords
    .map((keyword) => ({
      keyword,
      lead: holds(words.lead, keyword),
      term: holds(words.terms, keyword),
      posts: [...words.posts.keys()].filter((at) => holds(words.posts[at] ?? '', keyword)),
    }))
    .filter(({ term, posts }) => term || posts.length > 0)
    .sort((a, b) => b.posts.length - a.posts.length || (a.keyword < b.keyword ? -1 : 1));
  const posts = [...new Set(naming.flatMap((each) => each.posts))].sort((a, b) => a - b);
  const enough = posts.length > 0 && posts.length >= Math.min(2, words.posts.length);
  return {
    keywords: naming.map(({ keyword }) => keyword),
    terms: naming.some(({ lead }) => lead) ? 1 : naming.some(({ term }) => term) ? 0.5 : 0,
    share: enough ? posts.length / words.posts.length : 0,
    posts,
  };
}

/** The deny word a trend names: in any of its terms, or in two of its posts. Wins over everything. */
export function deniedBy(words: Words, deny: readonly string[]): string | undefined {
  const few = Math.min(2, words.posts.length);
  return deny.find(
    (word) =>
      holds(words.terms, word) ||
      (few > 0 && words.posts.filter((post) => holds(post, word)).length >= few),
  );
}
