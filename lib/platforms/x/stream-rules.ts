import { z } from 'zod';
import type { Session } from './session.ts';

/** Characters of a rule, and of a search, that every plan allows. */
const longest = 512;
/** Marks rules of ours, so that those of other programs of the app stay. */
export const ruleTag = 'socialpulse';
const ending = ' -is:retweet';

const known = z.object({
  data: z
    .array(z.object({ id: z.string(), value: z.string(), tag: z.string().optional() }))
    .optional(),
});

/** Queries that match any of the terms, as few as fit. */
export function queriesOf(terms: readonly string[]): readonly string[] {
  const most = longest - ending.length - 2;
  const words = terms
    .map((term) => term.replaceAll('"', ' ').replace(/\s+/g, ' ').trim())
    .filter((term) => term !== '')
    .map((term) => (/^[#$@]?[\p{L}\p{N}_]+$/u.test(term) ? term : `"${term}"`))
    .filter((term) => term.length <= most);
  const groups: string[] = [];
  for (const word of new Set(words)) {
    const last = groups.at(-1);
    if (last !== undefined && last.length + 4 + word.length <= most)
      groups[groups.length - 1] = `${last} OR ${word}`;
    else groups.push(word);
  }
  return groups.map((group) => `(${group})${ending}`);
}

/** Makes the stream's rules of ours exactly these. Throws as `Session.ask`. */
export async function setRules(session: Session, queries: readonly string[]): Promise<void> {
  const path = 'tweets/search/stream/rules';
  const rules = { operation: 'streamRules', path, asApp: true } as const;
  const there = known.parse(await session.ask({ ...rules, method: 'get' })).data ?? [];
  const ours = there.filter(({ tag }) => tag === ruleTag);
  const over = ours.filter(({ value }) => !queries.includes(value));
  const values = ours.map(({ value }) => value);
  const lacking = queries.filter((query) => !values.includes(query));
  if (over.length > 0) {
    const ids = over.map(({ id }) => id);
    await session.ask({ ...rules, method: 'post', body: { delete: { ids } } });
  }
  if (lacking.length > 0) {
    const add = lacking.map((value) => ({ value, tag: ruleTag }));
    await session.ask({ ...rules, method: 'post', body: { add } });
  }
}
