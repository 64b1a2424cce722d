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
