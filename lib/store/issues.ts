import type { ZodType } from 'zod';
import type { $ZodIssue } from 'zod/v4/core';
import { oneOf } from './nearest.ts';

interface Explained {
  path: readonly PropertyKey[];
  message: string;
  expected?: string;
}

/** What zod found, in words for people: what stands there and what may stand there. `raw` is what was parsed. */
export function explain(issue: $ZodIssue, schema: ZodType, raw: unknown): readonly Explained[] {
  const path = issue.path;
  const there = valueAt(raw, path);
  const what = nameOf(path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: [...path, key],
        message: `"${shorten(key)}" is no setting${path.length === 0 ? '' : ` of ${what}`}`,
        expected: oneOf(key, keysAt(schema, path)),
      }));
    case 'invalid_type':
      return there === undefined
        ? [
            {
              path,
              message: `${what} is missing`,
              expected: kinds[issue.expected] ?? issue.expected,
            },
          ]
        : [found(path, there, kinds[issue.expected] ?? issue.expected)];
    case 'invalid_union': {
      // The way that is named first is the usual one.
      const [first] = issue.errors[0] ?? [];
      if (first) return explain({ ...first, path: [...path, ...first.path] }, schema, raw);
      return [found(path, there, issue.message)];
    }
    case 'invalid_value':
      return [found(path, there, oneOf(String(there), issue.values.map(String)))];
    case 'too_small':
      if (issue.origin === 'string') return [found(path, there, 'some text')];
      if (issue.origin === 'array') return [found(path, there, 'at least one entry')];
      return [found(path, there, `${String(issue.minimum)} or more`)];
    case 'too_big':
      return [found(path, there, `${String(issue.maximum)} or less`)];
    case 'invalid_format':
      return [
        found(path, there, issue.format === 'url' ? 'an address, e.g. https://…' : issue.message),
      ];
    default:
      return [found(path, there, issue.message)];
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'settings, each `name: value`',
};

function found(path: readonly PropertyKey[], there: unknown, expected: string): Explained {
  const empty = there === null || there === undefined;
  const shown = empty ? 'is empty' : `is ${shorten(JSON.stringify(there))}`;
  return { path, message: `${nameOf(path)} ${shown}`, expected };
}

/** `posting.windows[2].from`, list items counted from 1 as people do. */
function nameOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the file';
  return path.reduce<string>((name, step) => {
    if (typeof step === 'number') return `${name}[${String(step + 1)}]`;
    return name === '' ? String(step) : `${name}.${String(step)}`;
  }, '');
}

const shorten = (text: string) => (text.length > 60 ? `${text.slice(0, 57)}...` : text);

function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, step)
        ? (value as Record<PropertyKey, unknown>)[step]
        : undefined,
    raw,
  );
}

interface Definition {
  shape?: Readonly<Record<string, ZodType>>;
  element?: ZodType;
  innerType?: ZodType;
  in?: ZodType;
}

/** Names that the object at `path` may hold. */
function keysAt(schema: ZodType, path: readonly PropertyKey[]): readonly string[] {
  let at: ZodType | undefined = unwrap(schema);
  for (const step of path) {
    const definition: Definition | undefined = at?._zod.def as Definition | undefined;
    at = unwrap(typeof step === 'number' ? definition?.element : definition?.shape?.[String(step)]);
  }
  return Object.keys((at?._zod.def as Definition | undefined)?.shape ?? {});
}

function unwrap(schema: ZodType | undefined): ZodType | undefined {
  const definition = schema?._zod.def as Definition | undefined;
  const inner = definition?.innerType ?? definition?.in;
  return inner === undefined ? schema : unwrap(inner);
}
