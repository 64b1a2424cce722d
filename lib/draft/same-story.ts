import { type EmbeddingCache, textsOf } from '../match/meaning.ts';
import { commonWords, stemOf, wordsIn } from '../match/ranking/tokens.ts';
import type { Trend } from '../trend/trend.ts';

/** What of a trend tells its story. */
export type Story = Pick<Trend, 'id' | 'name' | 'terms' | 'evidence' | 'also'>;

/** How alike pairs of sentences are, 0 to 1, in order. */
export type Compare = (
  pairs: readonly (readonly [string, string])[],
  cache: EmbeddingCache,
) => Promise<readonly number[]>;

/** Two days: news older than that is news again. */
const near = 2 * 86_400_000;
/** Terms that say what a trend is about, beside its name. */
const leading = 3;
/** Likeness from which on two sentences say the same; docs/trends.md tells what it costs and brings. */
export const alike = 0.75;

/**
 * The story among `told` that a trend tells again under another id, the one told last first: one it turned out to be one
 * with, or one of the last two days that shares its key terms and has posts like most of its own. Undefined when
 * there is none. Throws what `compare` throws.
 */
export async function retold<S extends Story>(
  trend: Story,
  told: readonly S[],
  compare: Compare,
  cache: EmbeddingCache = new Map(),
): Promise<S | undefined> {
  const recent = told
    .filter((story) => Math.abs(timeOf(story) - timeOf(trend)) < near)
    .toSorted((a, b) => timeOf(b) - timeOf(a));
  const united = recent.find(({ id }) => trend.also?.includes(id));
  if (united) return united;
  const own = postsOf(trend);
  const pairs = recent
    .filter((story) => sharesTerms(trend, story))
    .flatMap((story) =>
      postsOf(story).flatMap((theirs) =>
        own.map((ours) => ({ story, ours, pair: [ours, theirs] as const })),
      ),
    )
    .filter(({ pair, story }) => !namesOther(pair, trend, story));
  const found = await compare(
    pairs.map(({ pair }) => pair),
    cache,
  );
  const same = pairs.filter((_, at) => (found[at] ?? 0) >= alike);
  // One post that both hold says little: many mention two stories.
  return recent.find((story) => {
    const again = new Set(same.filter((each) => each.story === story).map(({ ours }) => ours));
    return own.length > 0 && again.size > own.length / 2;
  });
}

/**
 * Whether every word of the name and leading terms of one stands with the other too, in its name, terms or posts. So
 * `England v India` and `England v Pakistan` never are one story, however alike their posts are otherwise.
 */
export function sharesTerms(a: Story, b: Story): boolean {
  const covered = (one: Story, other: Story) => {
    const said = saidIn(other);
    const key = tellingIn([one.name, ...one.terms.slice(0, leading)]);
    return key.size > 0 && [...key].every((stem) => said.has(stem));
  };
  return covered(a, b) || covered(b, a);
}

/** Whether each of two posts names somebody, or a number, that the other story knows nothing of. */
function namesOther([ours, theirs]: readonly [string, string], a: Story, b: Story): boolean {
  const own = (text: string, other: Story) => {
    const said = saidIn(other);
    const names = text.match(/[\p{Lu}\p{N}][\p{L}\p{N}\p{M}]+/gu) ?? [];
    return [...tellingIn(names)].some((stem) => !said.has(stem));
  };
  return own(ours, b) && own(theirs, a);
}

/** Without a model: the share of telling words two sentences have in common (Dice's coefficient). */
export const compareByWords: Compare = (pairs) =>
  Promise.resolve(
    pairs.map(([a, b]) => {
      const [x, y] = [tellingIn([a]), tellingIn([b])];
      const shared = [...x].filter((stem) => y.has(stem)).length;
      return (2 * shared) / (x.size + y.size || 1);
    }),
  );

/** Its first posts; a name alone says too little to be compared. */
const postsOf = (story: Story) => [...new Set(story.evidence.length === 0 ? [] : textsOf(story))];

const saidIn = ({ name, terms, evidence }: Story) =>
  tellingIn([name, ...terms, ...evidence.map(({ excerpt }) => excerpt)]);

const tellingIn = (texts: readonly string[]) =>
  new Set(
    texts
      .flatMap(wordsIn)
      .map(stemOf)
      .filter((stem) => !commonWords.has(stem)),
  );

const timeOf = ({ evidence }: Story) => Math.max(0, ...evidence.map(({ at }) => at));
