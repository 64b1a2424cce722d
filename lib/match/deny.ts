import { oddsOf, probability } from './chance.ts';
import { deniedBy, namingOf, type Topic, type Words } from './lexical.ts';

/** A topic to stay away from counts from an even chance on. */
const denied = 0.5;

/** What keeps a trend away from a profile: a word it names, or a topic it is about. */
export interface Denial {
  kind: 'word' | 'topic';
  name: string;
}

/** Denied by a word alone; wins over everything and needs no embedding. */
export function denialByWord(words: Words, deny: readonly string[]): Denial | undefined {
  const word = deniedBy(words, deny);
  return word === undefined ? undefined : { kind: 'word', name: word };
}

/**
 * Denied by a topic, by letter and by meaning like any other; `nearnessTo` gives how near the trend comes to a topic,
 * undefined when it was not compared.
 */
export function denialByTopic(
  words: Words,
  topics: readonly Topic[],
  nearnessTo: (topic: number) => number | undefined,
): Denial | undefined {
  const found = topics.find((topic, at) => {
    const { base, letter, meaning } = oddsOf(namingOf(words, topic), nearnessTo(at));
    return probability(base + letter + meaning) >= denied;
  });
  return found && { kind: 'topic', name: found.name };
}
