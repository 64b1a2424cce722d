import type { Domain, Entity } from './domain.ts';

/** What one or several packs know, ready to be asked. */
export interface DomainWords {
  /**
   * Every way to write a keyword, itself first: each entity it names is written in all its ways, `bitcoin etf` also as
   * `btc etf`. Forms with `#` or `$` stand for a whole keyword only. At most 40.
   */
  expand: (keyword: string) => readonly string[];
  /** The one way a term of a trend stands for (`$btc`, `#bitcoin` -> `bitcoin`), or the term itself. Lower case. */
  canonical: (term: string) => string;
  /** The entity that a term is a way to write. */
  entity: (term: string) => Entity | undefined;
  /** Weight of words and phrases, lower case, -1 to 1. */
  sentiment: ReadonlyMap<string, number>;
  /** Whether a term is never a trend by itself. */
  isStop: (term: string) => boolean;
  /** Phrases of advertisements, lower case. */
  spam: readonly string[];
  /** Plain meanings of words outsiders do not know, as far as one of `texts` holds them; at most 20. */
  glossary: (texts: readonly string[]) => Readonly<Record<string, string>>;
}

const most = 40;
const mostMeanings = 20;

/** Puts packs together; where two disagree the first counts. Without any, every keyword is only itself. */
export function wordsOfDomains(domains: readonly Domain[]): DomainWords {
  const entities = domains.flatMap((each) => each.entities);
  const byForm = new Map<string, Entity>();
  for (const each of entities)
    for (const form of formsOf(each)) if (!byForm.has(form)) byForm.set(form, each);
  const longest = Math.max(0, ...[...byForm.keys()].map((form) => form.split(' ').length));
  const sentiment = new Map(
    domains.toReversed().flatMap((each) => Object.entries(each.sentiment).map(lowered)),
  );
  const stop = new Set(domains.flatMap((each) => each.stop.map(normal)));
  const jargon = domains.flatMap(({ jargon: words }) => Object.entries(words));
  const entity = (term: string) => byForm.get(normal(term));
  return {
    expand(keyword) {
      const whole = entity(keyword);
      if (whole) return [...new Set([keyword, ...formsOf(whole)])].slice(0, most);
      return [...new Set([keyword, ...rewritten(keyword, byForm, longest)])].slice(0, most);
    },
    canonical: (term) => entity(term)?.name.toLowerCase() ?? normal(term),
    entity,
    sentiment,
    isStop: (term) => stop.has(normal(term)),
    spam: [...new Set(domains.flatMap((each) => each.spam.map(normal)))],
    glossary(texts) {
      const all = texts.map(padded).join('|');
      const held = jargon.filter(([word]) => all.includes(padded(word)));
      return Object.fromEntries(held.slice(0, mostMeanings));
    },
  };
}

/** All ways to write an entity, lower case: its name and `also`, each as a hashtag too, and its tickers as `$x`. */
export function formsOf({ name, also, tickers }: Entity): readonly string[] {
  const words = [name, ...also].map(normal);
  const tags = words.filter(isPlain).map((word) => `#${word.replace(/[^\p{L}\p{N}_]/gu, '')}`);
  return [...new Set([...words, ...tickers.map((each) => `$${each.toLowerCase()}`), ...tags])];
}

/** A phrase with each entity in it written in its other plain ways. */
function rewritten(
  keyword: string,
  byForm: ReadonlyMap<string, Entity>,
  longest: number,
): readonly string[] {
  const parts = normal(keyword).split(' ');
  for (let size = Math.min(longest, parts.length - 1); size > 0; size -= 1)
    for (let at = 0; at + size <= parts.length; at += 1) {
      const named = byForm.get(parts.slice(at, at + size).join(' '));
      if (!named) continue;
      const others = formsOf(named).filter(isPlain);
      return others.map((form) =>
        [...parts.slice(0, at), form, ...parts.slice(at + size)].join(' '),
      );
    }
  return [];
}

const isPlain = (form: string) => !/^[#$]/.test(form);

const normal = (term: string) =>
  term.normalize('NFC').toLowerCase().replace(/[’]/g, "'").replace(/\s+/g, ' ').trim();

const padded = (text: string) =>
  ` ${normal(text)
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim()} `;

const lowered = ([word, weight]: [string, number]) => [normal(word), weight] as const;
