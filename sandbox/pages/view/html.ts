import type { html } from 'hono/html';

/** What hono's `html` makes: text that is escaped already. */
export type Html = ReturnType<typeof html>;

/** `1 comment`, `2 comments`. */
export const count = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

/** Class names of which the condition holds. */
export const classes = (...names: (string | false | undefined)[]): string =>
  names.filter((name) => typeof name === 'string' && name !== '').join(' ');
