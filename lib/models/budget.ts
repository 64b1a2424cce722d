import { z } from 'zod';
import type { Tokens } from './wording.ts';

/** What models used on one day (UTC). */
export const usageSchema = z.object({
  /** `2026-11-21`. */
  day: z.string(),
  input: z.number().nonnegative(),
  output: z.number().nonnegative(),
  /** US dollars, as far as prices are known. */
  money: z.number().nonnegative(),
});
export type Usage = z.infer<typeof usageSchema>;

/** US dollars for a million tokens. */
export type Price = Tokens;

/** Most that may be used in a day. */
export interface Limit {
  /** Read and written together. */
  tokens: number;
  /** US dollars; no limit when absent. */
  money?: number;
}

const million = 1_000_000;

/** What was used on the day of `now` (ms UTC): nothing yet, when `usage` is of another day. */
export function usageOn(usage: Usage | undefined, now: number): Usage {
  const day = new Date(now).toISOString().slice(0, 10);
  return usage?.day === day ? usage : { day, input: 0, output: 0, money: 0 };
}

/** The usage after an answer. */
export function spend(
  usage: Usage | undefined,
  now: number,
  tokens: Tokens,
  price: Price = { input: 0, output: 0 },
): Usage {
  const today = usageOn(usage, now);
  const money = (tokens.input * price.input + tokens.output * price.output) / million;
  return {
    day: today.day,
    input: today.input + tokens.input,
    output: today.output + tokens.output,
    money: today.money + money,
  };
}

/** What is spent of which limit, in words, when nothing is left; undefined while something is. */
export function exhausted(
  usage: Usage | undefined,
  now: number,
  limit: Limit,
): { spent: string; limit: string } | undefined {
  const { input, output, money } = usageOn(usage, now);
  if (input + output >= limit.tokens)
    return { spent: `${String(input + output)} tokens`, limit: String(limit.tokens) };
  if (limit.money !== undefined && money >= limit.money)
    return { spent: `$${money.toFixed(2)}`, limit: `$${limit.money.toFixed(2)}` };
  return undefined;
}
