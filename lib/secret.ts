/**
 * A value that shows itself only when asked. `JSON.stringify`, `String`, template strings and `console.log` see
 * `[secret]`.
 */
export interface Secret<T = string> {
  reveal(): T;
  toJSON(): string;
  toString(): string;
}

/** What stands in the place of a secret. */
export const hidden = '[secret]';

export function secret<T>(value: T): Secret<T> {
  return Object.freeze({
    reveal: () => value,
    toJSON: () => hidden,
    toString: () => hidden,
    [Symbol.for('nodejs.util.inspect.custom')]: () => hidden,
  });
}
