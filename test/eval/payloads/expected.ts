/**
 * What a raw object says, read from it by the networks' own descriptions of their objects and by nothing of the product.
 */
export interface Expected {
  /** Which shape of the network, for the report. */
  group: string;
  id: string;
  /** Ways to write its words; one of them must have arrived. */
  texts: readonly string[];
  /** How exactly: all characters but blanks, or letters, digits and emoji where markup stands between them. */
  exact: boolean;
  /** Addresses that stand in it or below it; each must be in the text or among the links. */
  links?: readonly string[];
  /** One of these, or nobody where the list is empty; anybody at all where the raw object does not decide it. */
  authors?: readonly string[];
  /** Who the item itself names, beside the author. */
  byline?: string | undefined;
  /** ms UTC, one of them; to the second. */
  times: readonly number[];
  /** By our names. */
  counts: Readonly<Record<string, number>>;
  /** Counts in the raw object that stand in no table here: somebody must look at them. */
  unnamed: readonly string[];
}

export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object under a path of names, empty where there is none. */
export function at(value: unknown, ...path: string[]): Json {
  let found: unknown = value;
  for (const name of path) found = isObject(found) ? found[name] : undefined;
  return isObject(found) ? found : {};
}

export const list = (value: unknown): readonly Json[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

export const string = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Calls `visit` for every object, with the name it stands under and the object around it. */
export function visitAll(
  value: unknown,
  visit: (object: Json, name: string, around: Json) => void,
  name = '',
  around: Json = {},
): void {
  if (
    typeof value === 'string' &&
    /^\s*[[{]/.test(value) &&
    /^(|response|payload|body)$/.test(name)
  )
    try {
      visitAll(JSON.parse(value), visit, name, around);
    } catch {
      // A text that only looks like JSON.
    }
  if (Array.isArray(value)) for (const each of value) visitAll(each, visit, name, around);
  if (!isObject(value)) return;
  visit(value, name, around);
  for (const [key, each] of Object.entries(value)) visitAll(each, visit, key, value);
}

const looksCounted =
  /(_count|Count)$|^num_|^(ups|downs|score|gilded|views|forwards)$|_received$|_subscribers$/;

/**
 * Counts of an object by a table of its names; `''` for those that say nothing of a post. What looks like a count and
 * stands in no table goes to `unnamed`.
 */
export function counted(
  object: Json,
  table: Readonly<Record<string, string>>,
  into: { counts: Record<string, number>; unnamed: string[] },
): void {
  for (const [name, value] of Object.entries(object)) {
    const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
    if (typeof number !== 'number') continue;
    const ours = table[name];
    if (ours === undefined && looksCounted.test(name)) into.unnamed.push(name);
    if (ours) into.counts[ours] ??= number;
  }
}

/** With `like_this` for every name a client wrote `likeThis`. */
export function snaked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snaked);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name.replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a}_${b.toLowerCase()}`),
      snaked(each),
    ]),
  );
}
