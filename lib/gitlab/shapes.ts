import { fail } from '../errors.ts';

/**
 * Says whether an answer of GitLab is what we take it for, cut down to what we use. Written by hand because a schema
 * library takes longer to load than a job needs for its first request.
 */
export type Shape<T> = (value: unknown, path: string, problems: string[]) => T;

/** Stands for a value that was refused; the answer as a whole is refused before anybody sees it. */
const nothing = undefined as never;

const refuse = (path: string, expected: string, value: unknown, problems: string[]): never => {
  const got = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  problems.push(`${path === '' ? 'the answer' : path} is ${got}, expected is ${expected}`);
  return nothing;
};

export const text: Shape<string> = (value, path, problems) =>
  typeof value === 'string' ? value : refuse(path, 'text', value, problems);

/** Text where GitLab says null for none. */
export const textOrEmpty: Shape<string> = (value, path, problems) =>
  value === null || value === undefined ? '' : text(value, path, problems);

export const whole: Shape<number> = (value, path, problems) =>
  Number.isSafeInteger(value) ? (value as number) : refuse(path, 'whole number', value, problems);

export const flag: Shape<boolean> = (value, path, problems) =>
  typeof value === 'boolean' ? value : refuse(path, 'boolean', value, problems);

/** An ISO 8601 time, as ms UTC. */
export const time: Shape<number> = (value, path, problems) => {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? refuse(path, 'time', value, problems) : ms;
};

/** The same, or undefined for null and for a field that older GitLabs do not send. */
export const maybe =
  <T>(shape: Shape<T>): Shape<T | undefined> =>
  (value, path, problems) =>
    value === null || value === undefined ? undefined : shape(value, path, problems);

export const oneOf =
  <const T extends string>(...among: T[]): Shape<T> =>
  (value, path, problems) =>
    among.find((each) => each === value) ?? refuse(path, among.join(' or '), value, problems);

export const list =
  <T>(shape: Shape<T>): Shape<T[]> =>
  (value, path, problems) =>
    Array.isArray(value)
      ? value.map((each, index) => shape(each, `${path}[${String(index)}]`, problems))
      : refuse(path, 'array', value, problems);

/** Fields by GitLab's names; read with `field(name, shape)`. */
export const object =
  <T>(read: (field: <F>(name: string, shape: Shape<F>) => F) => T): Shape<T> =>
  (value, path, problems) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return refuse(path, 'object', value, problems);
    const fields = value as Record<string, unknown>;
    return read((name, shape) =>
      shape(fields[name], path === '' ? name : `${path}.${name}`, problems),
    );
  };

/** The object without the keys that are undefined. */
export function present<T extends object>(
  value: T,
): { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
} {
  const kept = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(kept) as ReturnType<typeof present<T>>;
}

/** `value` as `shape` reads it. Throws GITLAB_UNEXPECTED with the path of everything that is not as expected. */
export function narrow<T>(call: string, shape: Shape<T>, value: unknown): T {
  const problems: string[] = [];
  const read = shape(value, '', problems);
  if (problems.length === 0) return read;
  const shown = problems.slice(0, 5).join('; ');
  const more = problems.length > 5 ? ` and ${String(problems.length - 5)} more` : '';
  throw fail('GITLAB_UNEXPECTED', { call, problems: shown + more });
}
