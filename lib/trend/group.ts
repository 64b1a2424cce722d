/** A term that stands out, with the numbers of the posts that hold it. */
export interface Standout {
  term: string;
  score: number;
  expected: number;
  posts: readonly number[];
}

/** Terms that are posted about together. */
export interface Group {
  /** Strongest first. */
  members: Standout[];
  posts: Set<number>;
}

/** Share of a term's posts that must be in a group for the term to belong to it. */
const together = 0.5;

/** Puts terms, strongest first, into the first group that holds at least half of their posts. */
export function groupTerms(terms: readonly Standout[]): Group[] {
  const groups: Group[] = [];
  for (const term of terms) {
    const home = groups.find((group) => overlap(term.posts, group.posts) >= together);
    if (home === undefined) groups.push({ members: [term], posts: new Set(term.posts) });
    else {
      home.members.push(term);
      for (const post of term.posts) home.posts.add(post);
    }
  }
  return groups;
}

function overlap(posts: readonly number[], group: ReadonlySet<number>): number {
  let shared = 0;
  for (const post of posts) if (group.has(post)) shared += 1;
  return posts.length === 0 ? 0 : shared / posts.length;
}

/**
 * A name for people: the phrase that most of the posts hold; else the strongest word, with the next one that is not a
 * part of it. A hashtag only where there is nothing else.
 */
export function nameGroup({ members }: Group): string {
  const most = Math.max(...members.map((each) => each.posts.length));
  const phrases = members.filter((each) => each.term.includes(' '));
  const phrase = phrases.toSorted((a, b) => b.posts.length - a.posts.length)[0];
  if (phrase !== undefined && phrase.posts.length >= 0.25 * most) return phrase.term;
  const words = members.filter((each) => !/[ #]/.test(each.term)).map((each) => each.term);
  const [first, ...others] = words;
  if (first === undefined) return members[0]?.term ?? '';
  const second = others.find((word) => !word.includes(first) && !first.includes(word));
  return second === undefined ? first : `${first} ${second}`;
}
