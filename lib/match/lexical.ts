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

export interface LexicalScore {
  /** 0 to 1. */
  score: number;
  /** Keywords that were found, those most posts name first. */
  keywords: readonly string[];
  /** Posts of the evidence that name one. */
  posts: number;
}

/**
 * How far a trend names a topic: 0.4 for a keyword among its leading terms (0.2 among the others) and up to 0.6 for
 * the share of its posts that name one. A single post of several that does is chance and counts for nothing.
 */
export function lexicalScore(words: Words, topic: Topic): LexicalScore {
  const naming = topic.keywords
    .map((keyword) => ({
      keyword,
      lead: holds(words.lead, keyword),
      term: holds(words.terms, keyword),
      posts: words.posts.filter((post) => holds(post, keyword)).length,
    }))
    .filter(({ term, posts }) => term || posts > 0)
    .sort((a, b) => b.posts - a.posts || (a.keyword < b.keyword ? -1 : 1));
  const posts = words.posts.filter((post) =>
    naming.some(({ keyword }) => holds(post, keyword)),
  ).length;
  const named = naming.some(({ lead }) => lead) ? 0.4 : naming.some(({ term }) => term) ? 0.2 : 0;
  const enough = posts >= Math.min(2, words.posts.length);
  const share = words.posts.length === 0 || !enough ? 0 : posts / words.posts.length;
  return { score: named + 0.6 * share, keywords: naming.map(({ keyword }) => keyword), posts };
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
