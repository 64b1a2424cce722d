import type { Signal } from '../ingest/signal.ts';
import type { Group } from './group.ts';
import { type Scan, writeTerm } from './terms.ts';

/** Posts of a group that are read, evenly spread over it. */
const mostRead = 40;
/** Shares of them that must hold a phrase, or a second word, for it to stand for the group. */
const [phraseShare, companionShare] = [0.25, 0.4];
const [mostPhrases, mostTerms] = [3, 10];

interface Found {
  count: number;
  post: Signal;
  start: number;
  end: number;
}

/**
 * Name and terms of a group, strongest first. The name is the phrase most of its posts hold; else its strongest word with the
 * one that most posts hold beside it ("flood water"), which may itself be as usual as ever. Phrases are counted here, in
 * the posts of words that stand out, and not in all posts: there are ten times as many phrases as words.
 */
export function describeGroup(group: Group, posts: readonly Signal[], scan: Scan) {
  const members = group.members.map(({ term }) => term);
  const lead = members.find((term) => !term.startsWith('#')) ?? members[0] ?? '';
  const step = Math.max(1, Math.floor(posts.length / mostRead));
  const read = posts.filter((_, index) => index % step === 0).slice(0, mostRead);
  const common = commonTerms(read, scan);
  const phrases = common
    .filter(
      ({ count, term }) => term.includes(' ') && count >= Math.max(2, phraseShare * read.length),
    )
    .slice(0, mostPhrases)
    .map(({ term }) => term);
  const companion = common.find(
    ({ count, term }) =>
      count >= companionShare * read.length &&
      !/[ #]/.test(term) &&
      !term.includes(lead) &&
      !lead.includes(term),
  )?.term;
  const beside = phrases[0] === undefined && companion !== undefined ? [companion] : [];
  const [first = lead, ...others] = members;
  return {
    name: phrases[0] ?? [...beside, lead].join(' '),
    terms: [...new Set([first, ...phrases, ...beside, ...others])].slice(0, mostTerms),
  };
}

/** Terms that more than one of the posts hold, those in most posts first. */
function commonTerms(posts: readonly Signal[], scan: Scan) {
  const found = new Map<number, Found>();
  for (const post of posts) {
    const seen = new Set<number>();
    const { count, low, start, end } = scan(post.text, [], true);
    for (let at = 0; at < count; at++) {
      // 32 bits tell the few hundred terms of some posts apart well enough to name a trend.
      const hash = low[at] ?? 0;
      if (seen.has(hash)) continue;
      seen.add(hash);
      const known = found.get(hash);
      if (known) known.count += 1;
      else found.set(hash, { count: 1, post, start: start[at] ?? 0, end: end[at] ?? 0 });
    }
  }
  return [...found.values()]
    .filter(({ count }) => count > 1)
    .map(({ count, post, start, end }) => ({ count, term: writeTerm(post.text, [], start, end) }))
    .sort((a, b) => b.count - a.count || (a.term < b.term ? -1 : 1));
}
