import { datedLast, isDated } from './dated.ts';
import type { Group } from './group.ts';
import { pairsIn, phrasesOf } from './phrase.ts';
import { alike } from './spelling.ts';
import { isStop, type Word, wordsOf } from './words.ts';
import { shownAs } from './written.ts';

/** Posts of a group that are read, evenly spread over it. */
const mostRead = 60;
/** Shares of them that a phrase needs to be the name at once, to be it when it holds the strongest word, to be a term. */
const [plainly, withLead, asTerm] = [0.25, 0.1, 0.25];
/** Strength of a phrase's words, of the strongest there is, from which it may be the name without that one. */
const forceful = 0.5;
const [mostPhrases, mostTerms] = [3, 10];

/**
 * Name and terms of a group, strongest first. The name is the phrase of up to four words that most of its posts hold and that
 * holds words that stand out, the stronger the better; else the strongest word and the member it is
 * most often posted with ("Libya, ambassador"); else a hashtag. Written as most posts write it, in their language.
 */
export function describeGroup(
  group: Pick<Group, 'members'>,
  posts: readonly { readonly text: string }[],
): { name: string; terms: readonly string[] } {
  const { members } = datedLast(group) ?? group;
  const terms = members.map(({ term }) => term);
  const read = spread(posts);
  const words = terms.filter(isWord);
  const leads = words[0]?.split(' ') ?? [];
  const strength = strengthOf(members);
  const phrases = phrasesOf(read, withLead * read.length).filter(
    (phrase) => words.length === 0 || phrase.words.some((word) => strength.has(word)),
  );
  const named = phrases
    .map(({ words, count }) => {
      const known = words.filter((word) => strength.has(word));
      const telling = words.filter((word) => !isStop(word)).length;
      const force = known.reduce((sum, word) => sum + (strength.get(word) ?? 0), 0) / telling;
      const leading = leads.some((word) => words.includes(word));
      const share = leading || known.length > 1 ? withLead : plainly;
      const enough = count >= Math.max(fewest(words), share * read.length);
      return { words, weight: enough && (leading || force >= forceful) ? count * force : 0 };
    })
    .reduce((best, each) => (each.weight > best.weight ? each : best), noPhrase);
  const short = phrases
    .filter(({ count }) => count >= asTerm * read.length)
    .flatMap(pairsIn)
    .slice(0, mostPhrases);
  const [first = '', ...others] = terms;
  return {
    name: named.weight === 0 ? wordName(terms, words, read) : shownAs(named.words, read),
    terms: [...new Set([first, ...short, ...others])].slice(0, mostTerms),
  };
}

/** How strong the strongest member is that a word stands in, of the strongest of all. */
function strengthOf(members: Group['members']): ReadonlyMap<string, number> {
  const strength = new Map<string, number>();
  const most = members.reduce((a, { score }) => Math.max(a, score), 0);
  for (const { term, score } of members.filter(({ term }) => isWord(term)))
    for (const word of term.split(' '))
      if (!isStop(word)) strength.set(word, Math.max(strength.get(word) ?? 0, score / most));
  return strength;
}

const noPhrase: { words: readonly string[]; weight: number } = { words: [], weight: 0 };

/** A long phrase that three posts share may be chance, or one of them quoted. */
const fewest = (words: readonly string[]) => (words.length > 2 ? 4 : 3);

/** The words of posts evenly spread over all; the same words count once. */
function spread(posts: readonly { readonly text: string }[]): (readonly Word[])[] {
  const step = Math.max(1, Math.ceil(posts.length / mostRead));
  const texts = posts.filter((_, index) => index % step === 0).map(wordsOf);
  const told = new Map(texts.map((words) => [words.map(({ key }) => key).join(' '), words]));
  return [...told.values()];
}

/** Whether a term is words that say something, and no tag, name, link or date. */
const isWord = (term: string) =>
  !/^[#@$]|[./]/.test(term) && !term.split(' ').every(isStop) && !isDated(term);

/** A name where no phrase is frequent enough. */
function wordName(
  terms: readonly string[],
  words: readonly string[],
  read: readonly (readonly Word[])[],
): string {
  const [lead] = words;
  if (lead === undefined) {
    const [term = ''] = terms;
    const tag = /^[#$]/.test(term);
    return tag ? shownAs([term.slice(1)], read, { tag: true }) : term;
  }
  if (lead.includes(' ')) return shownAs(lead.split(' '), read);
  const said = read.flat().filter(({ key }) => key === lead);
  const signed = said.filter(({ shown }) => shown.startsWith('#'));
  if (signed.length * 2 > said.length) return shownAs([lead], read, { tag: true });
  const other = companion(lead, words, read);
  const one = shownAs([lead], read);
  if (other === undefined) return one;
  const both = phrasesOf(read, 2).find((phrase) => isOf(phrase.words, [lead, other]));
  if (both !== undefined) return shownAs(both.words, read);
  return `${one}, ${shownAs([other], read, { opened: false })}`;
}

const isOf = (words: readonly string[], pair: readonly string[]) =>
  words.length === pair.length && pair.every((word) => words.includes(word));

/** The member that most posts hold beside the strongest word. */
function companion(
  lead: string,
  words: readonly string[],
  read: readonly (readonly Word[])[],
): string | undefined {
  const holding = read.filter((text) => text.some(({ key }) => key === lead));
  const counted = words
    .filter((word) => !word.includes(' ') && !alike(word, lead) && !isStop(word))
    .map((word) => ({
      word,
      count: holding.filter((text) => text.some(({ key }) => key === word)).length,
    }));
  const most = counted.reduce((a, { count }) => Math.max(a, count), 1);
  // The stronger one where as many hold it.
  return counted.find(({ count }) => count > 1 && count === most)?.word;
}
