import { observed } from '../../../lib/match/chance.ts';
import { namingOf, type Topic, wordsOf } from '../../../lib/match/lexical.ts';
import { readingOf, sentenceOf, sentencesOf, textsOf } from '../../../lib/match/meaning.ts';
import type { Trend } from '../../../lib/trend/trend.ts';

/** What was observed of a trend and a topic, and whether the one is about the other. */
export interface Case {
  observed: { naming: number; nearness?: number };
  about: boolean;
  /** What it belongs to, where its source has parts: one disaster. */
  part?: string;
}

/** What of a trend a case is made from. */
export interface Told {
  name: string;
  terms: readonly string[];
  evidence: readonly { excerpt: string }[];
}

export function caseOf(
  topic: Pick<Topic, 'about' | 'keywords'>,
  told: Told,
  about: boolean,
  vectorOf: (text: string) => Float32Array,
): Case {
  // Matching reads nothing else of a trend.
  const trend = told as Trend;
  const keywords = topic.keywords.map(vectorOf);
  const sentences = sentencesOf(topic.about).map((each) => sentenceOf(vectorOf(each), keywords));
  const reading = readingOf(sentences, textsOf(trend).map(vectorOf));
  return { observed: observed(namingOf(wordsOf(trend), topic), reading?.nearness), about };
}
