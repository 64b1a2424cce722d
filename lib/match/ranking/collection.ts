import type { Tokens } from './tokens.ts';

/** How often each stem occurs in a set of texts. */
export interface Collection {
  texts: number;
  /** Stems of all texts. */
  length: number;
  /** Texts that hold a stem, and how often it occurs in all. */
  holding: ReadonlyMap<string, number>;
  occurring: ReadonlyMap<string, number>;
}

export function collectionOf(texts: Iterable<Tokens>): Collection {
  const holding = new Map<string, number>();
  const occurring = new Map<string, number>();
  let count = 0;
  let length = 0;
  for (const { counts, stems } of texts) {
    count++;
    length += stems.length;
    for (const [stem, times] of counts) {
      holding.set(stem, (holding.get(stem) ?? 0) + 1);
      occurring.set(stem, (occurring.get(stem) ?? 0) + times);
    }
  }
  return { texts: count, length, holding, occurring };
}

/** Both together. */
export function joined(parts: readonly Collection[]): Collection {
  const sum = (maps: readonly ReadonlyMap<string, number>[]) => {
    const all = new Map<string, number>();
    for (const map of maps) for (const [stem, n] of map) all.set(stem, (all.get(stem) ?? 0) + n);
    return all;
  };
  return {
    texts: parts.reduce((n, { texts }) => n + texts, 0),
    length: parts.reduce((n, { length }) => n + length, 0),
    holding: sum(parts.map(({ holding }) => holding)),
    occurring: sum(parts.map(({ occurring }) => occurring)),
  };
}

/** How rare stems are; both functions are greater than 0. */
export interface Rarity {
  /** ln(1 + (N - n + 0.5) / (n + 0.5)) with n of N texts holding it (Robertson & Sparck Jones 1976, kept positive). */
  idf(stem: string): number;
  /** Its share of all stems, half an occurrence added. */
  share(stem: string): number;
}

/**
 * Rarity of stems in `all` less `own`. Candidates for a query were chosen because they hold its words, so that their own
 * counts would make exactly these words seem common; the candidates of other queries do not.
 */
export function rarityIn(all: Collection, own?: Collection): Rarity {
  const texts = all.texts - (own?.texts ?? 0);
  const length = all.length - (own?.length ?? 0);
  return {
    idf: (stem) => {
      const n = (all.holding.get(stem) ?? 0) - (own?.holding.get(stem) ?? 0);
      return Math.log(1 + (texts - n + 0.5) / (n + 0.5));
    },
    share: (stem) =>
      ((all.occurring.get(stem) ?? 0) - (own?.occurring.get(stem) ?? 0) + 0.5) / (length + 1),
  };
}
