import type { Mood, Trend } from '../../trend/trend.ts';
import type { Judgement, Post, Sentiment } from './sentiment.ts';

/**
 * Sums up judgements: mean and standard deviation of positive less negative, and the share of each label as expected
 * from the probabilities, which errs less than counting labels. Undefined when nothing could be read. Pure.
 */
export function moodOf(judgements: readonly Judgement[]): Mood | undefined {
  const sum = (of: (each: Judgement) => number) =>
    judgements.reduce((total, each) => total + each.weight * of(each), 0);
  const all = sum(() => 1);
  if (all === 0) return undefined;
  const lean = ({ positive, negative }: Judgement) => positive - negative;
  const mean = sum(lean) / all;
  return {
    mean,
    spread: Math.sqrt(sum((each) => (lean(each) - mean) ** 2) / all),
    negative: sum(({ negative }) => negative) / all,
    neutral: sum(({ neutral }) => neutral) / all,
    positive: sum(({ positive }) => positive) / all,
    posts: judgements.filter(({ weight }) => weight > 0).length,
  };
}

/** Trends with their mood from the posts `postsOf` gives for each; one whose posts cannot be read has none. */
export async function addMoods<T extends Trend>(
  trends: readonly T[],
  sentiment: Pick<Sentiment, 'judgeAll'>,
  postsOf: (trend: T) => readonly Post[],
): Promise<readonly T[]> {
  const posts = trends.map(postsOf);
  const judgements = await sentiment.judgeAll(posts.flat());
  let from = 0;
  return trends.map((trend, at) => {
    const to = from + (posts[at]?.length ?? 0);
    const mood = moodOf(judgements.slice(from, to));
    from = to;
    return mood ? { ...trend, mood } : trend;
  });
}
