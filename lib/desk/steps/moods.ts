import { type ArchiveItem, isMalformed } from '../../ingest/archive.ts';
import { type DetectLanguage, languageOf, loadLanguages } from '../../ingest/language.ts';
import type { Signal } from '../../ingest/signal.ts';
import type { Embedder } from '../../models/model.ts';
import { addMoods } from '../../models/sentiment/mood.ts';
import type { Sentiment } from '../../models/sentiment/sentiment.ts';
import { spelling } from '../../trend/story/spelling.ts';
import type { Trend } from '../../trend/trend.ts';
import { wordsOf } from '../../trend/story/words.ts';
import type { Desk } from '../context.ts';

/** Trends whose posts are judged by meaning too, at 20 to 40 ms a post; the others by words, in microseconds. */
const mostByMeaning = 15;
/** Posts kept of a trend, the latest. */
const mostPosts = 60;

/**
 * Trends with the mood of their latest posts, strongest trends judged most thoroughly. `words` are those of the desk's domains,
 * `posts` all there are, each once. Copies are left out: one text sent a hundred times is one voice.
 */
export async function withMoods(
  desk: Pick<Desk, 'embedders' | 'log'>,
  trends: readonly Trend[],
  words: ReadonlyMap<string, number>,
  posts: AsyncIterable<ArchiveItem>,
): Promise<readonly Trend[]> {
  if (trends.length === 0) return trends;
  const { createSentiment } = await import('../../models/sentiment/sentiment.ts');
  const texts = await postsOf(trends, posts);
  const byWords = await createSentiment({ words });
  const moods = async (some: readonly Trend[], sentiment: Sentiment) =>
    addMoods(some, sentiment, ({ id }) => texts.get(id) ?? []);
  const strongest = trends.slice(0, mostByMeaning);
  const rest = await moods(trends.slice(mostByMeaning), byWords);
  try {
    const embedder = await bundled(desk);
    const byBoth = await createSentiment({ words, ...(embedder && { embedder }) });
    return [...(await moods(strongest, byBoth)), ...rest];
  } catch (error) {
    desk.log.warn({ err: error }, 'moods are judged by words alone');
    return [...(await moods(strongest, byWords)), ...rest];
  }
}

/** The embedder the model was trained with; any other is of no use to it. */
async function bundled(desk: Pick<Desk, 'embedders'>): Promise<Embedder | undefined> {
  for (const open of (await desk.embedders()).toReversed()) {
    const embedder = await open();
    if (embedder.name.startsWith('bundled/')) return embedder;
  }
  return undefined;
}

/** The latest posts of each trend, by its id: those that hold one of its strongest terms, in any spelling. */
async function postsOf(
  trends: readonly Trend[],
  posts: AsyncIterable<ArchiveItem>,
): Promise<ReadonlyMap<string, readonly Signal[]>> {
  const byTerm = new Map<string, string[]>();
  for (const { id, terms } of trends)
    for (const term of terms.slice(0, 3).map(spelling))
      byTerm.set(term, [...(byTerm.get(term) ?? []), id]);
  const found = new Map(trends.map(({ id }) => [id, [] as Signal[]]));
  for await (const post of posts) {
    if (isMalformed(post) || post.copy === true) continue;
    for (const id of trendsIn(post, byTerm)) {
      const list = found.get(id) ?? [];
      list.push(post);
      if (list.length > 2 * mostPosts) found.set(id, latest(list));
    }
  }
  const detect = await loadLanguages();
  return new Map([...found].map(([id, list]) => [id, latest(list).map(spoken(detect))]));
}

/** With the language that its text shows, where its source does not say: the model knows English only. */
const spoken =
  (detect: DetectLanguage) =>
  (post: Signal): Signal => {
    const language = languageOf(post, detect);
    return language === undefined ? post : { ...post, language };
  };

const latest = (posts: readonly Signal[]): Signal[] =>
  posts.toSorted((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1)).slice(0, mostPosts);

function trendsIn(post: Signal, byTerm: ReadonlyMap<string, readonly string[]>): Set<string> {
  const words = wordsOf(post).map(({ key }) => spelling(key));
  const forms = words.flatMap((word, at) => [word, `${words[at - 1] ?? ''}${word}`]);
  return new Set([...forms, ...post.tags.map(spelling)].flatMap((form) => byTerm.get(form) ?? []));
}
