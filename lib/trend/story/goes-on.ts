import type { Open } from './open.ts';
import { type Spelled, spelling } from './spelling.ts';
import type { Story } from './story.ts';

/** Terms by which a trend is recognised. */
const leading = 3;
/** Share of a trend's evidence that names an open one. */
const sameStory = 0.6;

/**
 * The open trend that a story goes on: the one that holds most of its three leading terms, the strongest of them counting
 * most; else one whose leading terms most of its own evidence names: then it is another side of the same story.
 */
export function goesOn(
  story: Story,
  open: readonly Open[],
  spelled: Spelled = spelling,
): Open | undefined {
  const lead = story.members.slice(0, leading).map(spelled);
  const known = best(open, (each) => {
    const { held } = readOf(each, spelled);
    const shared = lead.map((term) => held.has(term));
    const worth = shared.reduce((sum, holds, rank) => sum + (holds ? 1 / (1 + rank) : 0), 0);
    const [link, ...more] = lead.filter((_, rank) => shared[rank]);
    const loose = link !== undefined && more.length === 0 && lead.length > 1;
    return loose && namesAnother(link, story, each) ? 0 : worth;
  });
  if (known !== undefined) return known;
  const posts = story.tell().evidence.map(({ excerpt }) => words(excerpt));
  return best(open, (each) => {
    const { sought } = readOf(each, spelled);
    const naming = posts.filter((post) => sought.some((term) => post.includes(term))).length;
    return naming < sameStory * posts.length ? 0 : naming;
  });
}

/**
 * Whether a single word is all they share, and each has a name with another that the other does not know: two Armstrongs, an explosion
 * in Boston and one in Texas.
 */
function namesAnother(link: string, story: Story, open: Open): boolean {
  const wordsIn = (texts: readonly string[]) =>
    new Set(
      texts
        .join(' ')
        .toLowerCase()
        .split(/[\s,]+/),
    );
  const [ours, theirs] = [wordsIn([story.tell().name]), wordsIn([open.name])];
  const [weKnow, theyKnow] = [wordsIn(story.members), wordsIn(open.terms)];
  return (
    ![...ours].some((word) => word !== link && theirs.has(word)) &&
    [...ours].some((word) => !theirs.has(word) && !theyKnow.has(word)) &&
    [...theirs].some((word) => !ours.has(word) && !weKnow.has(word))
  );
}

/** Whether a story holds all leading terms of an open trend. */
export function absorbs(story: Story, open: Open, spelled: Spelled = spelling): boolean {
  const members = new Set(story.members.map(spelled));
  return open.terms.slice(0, leading).every((term) => members.has(spelled(term)));
}

interface Read {
  by: Spelled;
  held: ReadonlySet<string>;
  sought: readonly string[];
}

const read = new WeakMap<readonly string[], Read>();

/** The terms of an open trend, ready to be compared; they change seldom. */
function readOf({ terms }: Open, by: Spelled): Read {
  let known = read.get(terms);
  if (known?.by !== by) {
    known = { by, held: new Set(terms.map(by)), sought: terms.slice(0, leading).map(words) };
    read.set(terms, known);
  }
  return known;
}

/** The one with the highest worth above 0, the one with the latest posts of those that are worth as much. */
function best(open: readonly Open[], worth: (each: Open) => number): Open | undefined {
  const [first] = open
    .map((each) => ({ each, worth: worth(each) }))
    .filter(({ worth }) => worth > 0)
    .sort(
      (a, b) =>
        b.worth - a.worth || b.each.lastAt - a.each.lastAt || (a.each.id < b.each.id ? -1 : 1),
    );
  return first?.each;
}

const words = (text: string) =>
  ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim()} `;
