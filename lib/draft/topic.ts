import type { Match } from '../match/match.ts';
import type { Profile } from '../store/profile.ts';
import type { Trend } from '../trend/trend.ts';

type Topic = Profile['topics'][number];

/** The topic of the profile that a match is about: the one its reasons name, else the one whose keywords it has. */
export function topicOf({ reasons, trend }: Match, { topics }: Profile): Topic | undefined {
  const named = reasons
    .filter(({ kind }) => kind === 'topic' || kind === 'meaning')
    .toSorted((a, b) => b.weight - a.weight)
    .flatMap(({ text }) => topics.find(({ name }) => text.includes(`"${name}"`)) ?? []);
  return (
    named[0] ?? topics.find(({ keywords }) => keywords.some((word) => hits(word, trend.terms)))
  );
}

/** Hashtags for a trend, best first: those people use in it, then those of the topic, then its name as one. */
export function tagsFor(trend: Trend, topic: Topic | undefined): readonly string[] {
  const used = trend.terms.filter((term) => term.startsWith('#'));
  const own = (topic?.keywords ?? []).filter(
    (word) => word.startsWith('#') && hits(word.slice(1), trend.terms.map(bare)),
  );
  const name = bare(trend.name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  const joined = name.length <= 3 ? [`#${name.map(capital).join('')}`] : [];
  const all = [...used, ...own, ...joined].filter((tag) =>
    /^#(?=.*\p{L})[\p{L}\p{N}_]{2,30}$/u.test(tag),
  );
  const seen = new Set<string>();
  return all.filter((tag) => !seen.has(tag.toLowerCase()) && seen.add(tag.toLowerCase()));
}

const bare = (term: string) => term.replace(/^#/, '').toLowerCase();

const hits = (keyword: string, terms: readonly string[]) =>
  terms.some((term) => bare(term) === bare(keyword));

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
