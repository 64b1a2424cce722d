import { parseFeed } from '../../platforms/feeds/parse.ts';
import type { Signal } from '../signal.ts';
import { objectOf, stringOf } from './json.ts';

/** Items of a feed: its text, a JSON Feed as an object, or a recording of either. */
export function readFeedText(raw: unknown, now?: number): Signal[] {
  const object = objectOf(raw);
  const inner = object?.response ?? object?.body ?? object?.payload;
  const uri = stringOf(object?.uri) ?? stringOf(object?.url);
  const given = inner ?? raw;
  if (typeof given !== 'string' && objectOf(given) === undefined) return [];
  const text = typeof given === 'string' ? given : JSON.stringify(given);
  try {
    return parseFeed(text, uri, now).flatMap((item) => ('malformed' in item ? [] : [item]));
  } catch {
    return [];
  }
}
