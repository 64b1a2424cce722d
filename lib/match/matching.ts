import type { Embedder } from '../models/model.ts';
import type { Profile } from '../store/profile.ts';
import type { Trend } from '../trend/trend.ts';
import { deniedBy, lexicalScore, type LexicalScore, type Topic, wordsOf } from './lexical.ts';
import type { Match, Reason } from './match.ts';
import { embedCached, type EmbeddingCache, meaningScore, trendText } from './meaning.ts';

/** How far letters and meaning alone can bring a match; together they can reach 0.88. */
const weights = { lexical: 0.7, meaning: 0.6, account: 0.1 } as const;
/** Trends compared by meaning in one call, because each takes time: those that name a keyword, and the strongest. */
const mostNamed = 40;
const mostUnnamed = 10;

type Profiled = Pick<Profile, 'name' | 'topics' | 'deny' | 'key_accounts' | 'threshold'>;

/**
 * Trends that are about a profile, best first. Each topic is scored by letter (keywords in terms and posts) and by
 * meaning (its `about` sentence against the trend's name and posts), fused as 1 - (1 - 0.7 lexical)(1 - 0.6 meaning); the best
 * topic counts. A post by a key account adds 0.1. A deny word wins over everything. The threshold is the profile's.
 * Without an embedder, and beyond the first 40 that name a keyword and 10 others, meaning counts as 0. Throws what the embedder throws.
 */
export async function matchTrends(
  trends: readonly Trend[],
  profile: Profiled,
  embedder?: Embedder,
  cache: EmbeddingCache = new Map(),
): Promise<Match[]> {
  const allowed = trends.flatMap((trend) => {
    const words = wordsOf(trend);
    if (deniedBy(words, profile.deny) !== undefined) return [];
    const lexical = profile.topics.map((topic) => lexicalScore(words, topic));
    return [{ trend, lexical, named: Math.max(...lexical.map(({ score }) => score)) }];
  });
  const naming = allowed
    .filter(({ named }) => named > 0)
    .sort((a, b) => b.named - a.named || b.trend.score - a.trend.score);
  const others = allowed
    .filter(({ named }) => named === 0)
    .sort((a, b) => b.trend.score - a.trend.score)
    .slice(0, mostUnnamed);
  const compared = [...naming.slice(0, mostNamed), ...others];
  const chosen = [...compared, ...naming.slice(mostNamed)];
  const vectors = embedder
    ? await embedCached(
        [...profile.topics.map(({ about }) => about), ...compared.map((e) => trendText(e.trend))],
        embedder,
        cache,
      )
    : [];
  const none = new Float32Array();
  return chosen
    .map(({ trend, lexical }, index): Match => {
      const vector = vectors[profile.topics.length + index] ?? none;
      const scored = profile.topics.map((topic, at) =>
        scoreTopic(topic, lexical[at], meaningScore(vector, vectors[at] ?? none)),
      );
      const [best] = scored.toSorted((a, b) => b.score - a.score);
      return withAccounts(trend, profile, best ?? { score: 0, reasons: [] });
    })
    .filter(({ score }) => score >= profile.threshold)
    .sort(byScore);
}

interface Scored {
  score: number;
  /** Weights are not yet shares. */
  reasons: readonly Reason[];
}

function scoreTopic(
  topic: Topic,
  lexical: LexicalScore | undefined,
  meaning: { cosine: number; score: number },
): Scored {
  const byLetter = weights.lexical * (lexical?.score ?? 0);
  const byMeaning = weights.meaning * meaning.score;
  const reasons: Reason[] = [];
  if (lexical && byLetter > 0) {
    const names = lexical.keywords.slice(0, 3).map((keyword) => `"${keyword}"`);
    const posts = lexical.posts > 0 ? `, which ${lexical.posts} of its posts say` : '';
    const text = `the topic "${topic.name}" names ${names.join(', ')}${posts}`;
    reasons.push({ kind: 'topic', text, weight: byLetter });
  }
  if (byMeaning > 0) {
    const text = `its posts read like the topic "${topic.name}" (cosine ${meaning.cosine.toFixed(2)})`;
    reasons.push({ kind: 'meaning', text, weight: byMeaning });
  }
  return { score: 1 - (1 - byLetter) * (1 - byMeaning), reasons };
}

/** Adds what key accounts give and turns the reasons' weights into shares of the score. */
function withAccounts(trend: Trend, profile: Profiled, { score, reasons }: Scored): Match {
  const heard = trend.evidence.find(
    ({ network, author }) =>
      author !== undefined && profile.key_accounts.includes(`${network}:${author}`),
  );
  const added = heard && score > 0 ? weights.account : 0;
  const all: Reason[] = [...reasons];
  if (heard && added > 0)
    all.push({
      kind: 'account',
      text: `the key account ${heard.author ?? ''} posted about it`,
      weight: added,
    });
  const total = all.reduce((sum, { weight }) => sum + weight, 0);
  return {
    trend,
    profile: profile.name,
    score: Math.min(1, score + added),
    reasons: all
      .map((reason) => ({ ...reason, weight: total === 0 ? 0 : reason.weight / total }))
      .sort((a, b) => b.weight - a.weight),
  };
}

const byScore = (a: Match, b: Match) =>
  b.score - a.score || b.trend.score - a.trend.score || (a.trend.id < b.trend.id ? -1 : 1);
