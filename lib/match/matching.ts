import type { Embedder } from '../models/model.ts';
import type { Profile } from '../store/profile.ts';
import type { Evidence, Trend } from '../trend/trend.ts';
import { oddsOf, probability } from './chance.ts';
import { denialByTopic, denialByWord } from './deny.ts';
import type { Known } from './known.ts';
import { type Naming, namingOf, type Topic, type Words, wordsOf } from './lexical.ts';
import type { Match } from './match.ts';
import {
  embedCached,
  type EmbeddingCache,
  readingOf,
  sentenceOf,
  sentencesOf,
  textsOf,
} from './meaning.ts';
import { type Found, reasonsOf } from './reasons.ts';

/** Log-odds a post by a key account adds: 0.5 turns an even chance into 62 %. */
const accountOdds = 0.5;
/** Trends compared by meaning in one call, because each takes time: those that name a keyword, and the strongest. */
const mostNamed = 40;
const mostUnnamed = 10;

type Profiled = Pick<Profile, 'name' | 'topics' | 'deny' | 'key_accounts' | 'threshold'> &
  Partial<Pick<Profile, 'deny_topics' | 'language'>>;

interface Candidate {
  trend: Trend;
  words: Words;
  naming: readonly Naming[];
}

/**
 * Trends that are about a profile, best first, each with the probability that it is and why. Each topic is looked for
 * by letter (keywords and their synonyms in terms and posts) and by meaning (its sentences against the trend's posts);
 * `chance.ts` makes one probability of both. A key account and the topic's past add to the log-odds; the best topic
 * counts. A deny word or topic wins over everything. The threshold is the profile's. Without an embedder, and beyond
 * the first 40 that name a keyword and 10 others, words alone decide. The same input, vectors from the cache or not,
 * gives the same scores. Throws what the embedder throws.
 */
export async function matchTrends(
  trends: readonly Trend[],
  profile: Profiled,
  embedder?: Embedder,
  cache: EmbeddingCache = new Map(),
  { expand = (keyword) => [keyword], prior = () => 0 }: Known = {},
): Promise<Match[]> {
  const widened = (topics: readonly Topic[]) =>
    topics.map((topic) => ({ ...topic, keywords: [...new Set(topic.keywords.flatMap(expand))] }));
  const topics = widened(profile.topics);
  const denied = widened(profile.deny_topics ?? []);
  const allowed = trends.flatMap((trend): Candidate[] => {
    const words = wordsOf(trend);
    if (denialByWord(words, profile.deny)) return [];
    return [{ trend, words, naming: topics.map((topic) => namingOf(words, topic)) }];
  });
  const compared = chosenOf(allowed);
  const about = [...profile.topics, ...(profile.deny_topics ?? [])];
  const compare = await comparisonOf(about, compared, profile, embedder, cache);
  return allowed
    .flatMap((candidate): Match[] => {
      const { trend, words, naming } = candidate;
      const near = (topic: number) => compare(topic, candidate)?.nearness;
      if (denialByTopic(words, denied, (at) => near(topics.length + at))) return [];
      const heard = trend.evidence.find((post) => isKeyAccount(post, profile));
      const found = topics.map((topic, at): Found => {
        const reading = compare(at, candidate);
        const said = naming[at] ?? namingOf(words, topic);
        return {
          topic: topic.name,
          odds: oddsOf(said, reading?.nearness),
          naming: said,
          ...(reading && { reading }),
          ...(heard?.author !== undefined && { account: heard.author }),
          accountOdds: heard ? accountOdds : 0,
          priorOdds: prior(topic.name),
        };
      });
      const best = found.toSorted((a, b) => oddsFor(b) - oddsFor(a))[0];
      if (!best) return [];
      const score = probability(oddsFor(best));
      return [{ trend, profile: profile.name, score, reasons: reasonsOf(trend, best) }];
    })
    .filter(({ score, reasons }) => score >= profile.threshold && reasons.length > 0)
    .sort(byScore);
}

const oddsFor = ({ odds, accountOdds: heard, priorOdds }: Found) =>
  odds.base + odds.letter + odds.meaning + heard + priorOdds;

/** The trends worth an embedding. */
function chosenOf(allowed: readonly Candidate[]): ReadonlySet<Candidate> {
  const named = ({ naming }: Candidate) =>
    Math.max(0, ...naming.map(({ terms, share }) => terms + share));
  const sorted = allowed.toSorted(
    (a, b) => named(b) - named(a) || b.trend.score - a.trend.score || byId(a.trend, b.trend),
  );
  const naming = sorted.filter((each) => named(each) > 0);
  const others = sorted.filter((each) => named(each) === 0);
  return new Set([...naming.slice(0, mostNamed), ...others.slice(0, mostUnnamed)]);
}

interface Comparison {
  cosine: number;
  nearness: number;
  sentence: string;
  post: string;
}

/** Embeds what is to be compared, in one call, and answers how near a trend comes to a topic. */
async function comparisonOf(
  topics: readonly Topic[],
  compared: ReadonlySet<Candidate>,
  profile: Profiled,
  embedder: Embedder | undefined,
  cache: EmbeddingCache,
): Promise<(topic: number, candidate: Candidate) => Comparison | undefined> {
  if (!embedder || compared.size === 0) return () => undefined;
  const sentences = topics.map(({ about }) => sentencesOf(about, profile.language));
  const keywords = topics.map((topic) => topic.keywords);
  const posts = new Map([...compared].map((candidate) => [candidate, textsOf(candidate.trend)]));
  const texts = [...new Set([...sentences, ...keywords, ...posts.values()].flat())];
  const vectors = await embedCached(texts, embedder, cache);
  const vectorOf = new Map(texts.map((text, at) => [text, vectors[at] ?? new Float32Array()]));
  const vectorsOf = (some: readonly string[]) =>
    some.map((text) => vectorOf.get(text) ?? new Float32Array());
  const known = topics.map((_, at) => {
    const own = vectorsOf(keywords[at] ?? []);
    return vectorsOf(sentences[at] ?? []).map((vector) => sentenceOf(vector, own));
  });
  return (topic, candidate) => {
    const said = posts.get(candidate);
    const reading = said && readingOf(known[topic] ?? [], vectorsOf(said));
    if (!said || !reading) return undefined;
    const { sentence, post, ...near } = reading;
    return { ...near, sentence: sentences[topic]?.[sentence] ?? '', post: said[post] ?? '' };
  };
}

const isKeyAccount = ({ network, author }: Evidence, profile: Profiled) =>
  author !== undefined && profile.key_accounts.includes(`${network}:${author}`);

const byId = (a: Trend, b: Trend) => (a.id < b.id ? -1 : 1);
const byScore = (a: Match, b: Match) =>
  b.score - a.score || b.trend.score - a.trend.score || byId(a.trend, b.trend);
