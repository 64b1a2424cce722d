import { foldText } from './fold.ts';
import type { Signal } from '../signal.ts';

/**
 * Marks a post as spam that holds one of the phrases only advertisements of its field use; `phrases` in lower case, as
 * `DomainWords.spam` gives them. Letters that only look different are taken for what they look like. Pure.
 */
export function markAdvertised(signal: Signal, phrases: readonly string[]): Signal {
  if (phrases.length === 0 || signal.marks?.includes('spam')) return signal;
  const text = foldText(signal.text).replace(/[’]/g, "'").replace(/\s+/g, ' ');
  if (!phrases.some((phrase) => text.includes(phrase))) return signal;
  return { ...signal, marks: [...(signal.marks ?? []), 'spam'] };
}
