/** The one name of a thing that a term is a name of, as those of its field know it: `$btc`, `#bitcoin` -> `bitcoin`. */
export type Canonical = (term: string) => string | undefined;

/** A term without what tells a tag from a word or two words from one: `#EndSARS`, `end sars` -> `endsars`. */
export const spelling = (term: string): string =>
  /^[a-z0-9]*$/.test(term) ? term : term.toLowerCase().replace(/[^\p{L}\p{N}\p{M}]+/gu, '');

/** Letters that two words must begin with alike to be forms of one. */
const stem = 5;

/**
 * Whether two terms are one word in several spellings: as tag, in two words or one (`#endsars`, `end sars`), or with another
 * ending of at most two letters (`mayan`, `mayans`; `olympic`, `olympics`).
 */
export function alike(a: string, b: string): boolean {
  const [one, other] = [spelling(a), spelling(b)];
  if (one === other) return one !== '';
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short.length >= stem && long.length - short.length <= 2 && long.startsWith(short);
}

/** What tells a term from others: the same for two of them is one. */
export type Spelled = (term: string) => string;

/** By the one name of its thing where a term has one, else by its spelling. */
export const spelledBy = (canonical?: Canonical): Spelled =>
  canonical === undefined ? spelling : (term) => spelling(canonical(term) ?? term);
