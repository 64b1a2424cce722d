import { type Json, objectOf } from './json.ts';

/** What recordings and streams keep an answer in, now and then as a string. */
const wrapped = new Set(['response', 'body', 'payload', 'data', 'result', 'message', 'event']);

/** An object within a raw one, and what it stands in. */
export interface Found {
  object: Json;
  /** Name it stands under in `parent`; of an item of a list that of the list. */
  key: string;
  parent?: Json;
}

/**
 * Every object in a raw value, the outer before the inner, in the order they stand; however deep it goes. Strings that
 * hold JSON are opened where recordings keep answers.
 */
export function objectsIn(raw: unknown): readonly Found[] {
  const found: Found[] = [];
  const waiting: { value: unknown; key: string; parent?: Json | undefined }[] = [
    { value: raw, key: '' },
  ];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { key, parent } = next;
    const value = opened(next.value, key);
    if (Array.isArray(value)) {
      for (let at = value.length - 1; at >= 0; at -= 1)
        if (worth(value[at], key)) waiting.push({ value: value[at], key, parent });
      continue;
    }
    const object = objectOf(value);
    if (object === undefined) continue;
    found.push({ object, key, ...(parent && { parent }) });
    const keys = Object.keys(object);
    for (let at = keys.length - 1; at >= 0; at -= 1) {
      const name = keys[at] ?? '';
      if (worth(object[name], name))
        waiting.push({ value: object[name], key: name, parent: object });
    }
  }
  return found;
}

/** Texts and numbers hold no objects; asking first keeps them off the list. */
const worth = (value: unknown, key: string): boolean =>
  (typeof value === 'object' && value !== null) ||
  (typeof value === 'string' && isJson(value, key));

/** The value, or what a string of JSON stands for. */
function opened(value: unknown, key: string): unknown {
  if (typeof value !== 'string' || !isJson(value, key)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

const isJson = (text: string, key: string): boolean =>
  (key === '' || wrapped.has(key)) && /^\s*[[{]/.test(text);

/** Clients of some languages write names so; what they mean is the same. */
const camel = ['createdAt', 'createdTimestamp', 'authorId', 'channelId', 'publicMetrics'] as const;

/** The same for networks that write `like_this`, of objects that a client wrote `likeThis`. */
export function snakeObjectsIn(raw: unknown): readonly Found[] {
  const found = objectsIn(raw);
  const isCamel = found.some(
    ({ object }) => camel.some((name) => name in object) && !('created_at' in object),
  );
  return isCamel ? objectsIn(snaked(raw, 200)) : found;
}

/** What lies deeper than `depth` stays as it is. */
function snaked(value: unknown, depth: number): unknown {
  if (depth === 0) return value;
  if (Array.isArray(value)) return value.map((each) => snaked(each, depth - 1));
  const object = objectOf(value);
  if (object === undefined) return value;
  const entries = Object.entries(object).map(([name, each]) => [
    name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    snaked(each, depth - 1),
  ]);
  return Object.fromEntries(entries) as unknown;
}
