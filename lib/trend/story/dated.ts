import type { Group } from './group.ts';

/** `4th`, `25`; `5pm`, `1030am`; months and days as they are cut short, but for those that are words too (`mar`, `sun`, `wed`). */
const date =
  /^(?:[\p{N}_]+|\d+(?:st|nd|rd|th)|\d{1,2}(?::?\d\d)?[ap]m|jan|feb|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|thur?s?|fri)$/u;
/** Says when beside one of these: `june 18th`. */
const month =
  /^(?:january|february|march|april|may|june|july|august|september|october|november|december)$/;

/** Whether a term says when and nothing else: a date, or a part of one. Tags may be names (`#jan25`). */
export const isDated = (term: string): boolean => {
  const words = term.split(' ');
  return (
    words.every((word) => date.test(word) || month.test(word)) &&
    words.some((word) => date.test(word))
  );
};

/** A group led by what says something; undefined when all its terms say is when. */
export function datedLast<T extends Pick<Group, 'members'>>(group: T): T | undefined {
  const telling = group.members.filter(({ term }) => !isDated(term));
  if (telling.length === 0) return undefined;
  const dated = group.members.filter(({ term }) => isDated(term));
  return { ...group, members: [...telling, ...dated] };
}
