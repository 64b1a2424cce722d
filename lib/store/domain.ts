import { z } from 'zod';
import { indicatorSchema } from './indicator.ts';

const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case letters, digits and hyphens');

/** Words or phrases as people write them; one that begins with `#` or `$` counts only with that sign. */
const words = z.array(z.string().trim().min(1));

/** Something posts name in many ways: a coin, a company, a club, a person. */
export const entitySchema = z.strictObject({
  /** The one way all others stand for, as it is shown in trends. */
  name: z.string().trim().min(1),
  /** What it is, in the domain's own terms, e.g. `asset`, `club`, `person`. */
  kind: z.string().regex(/^[a-z][a-z0-9 -]*$/, 'lower-case letters, e.g. person'),
  /** Other ways to write it that mean nothing else. */
  also: words.default([]),
  /** Symbols it is traded under, without `$`; as plain words they may mean anything. */
  tickers: z
    .array(z.string().regex(/^[A-Z0-9][A-Z0-9.]{0,9}$/, 'capitals and digits without $, e.g. ABC'))
    .default([]),
});
export type Entity = z.infer<typeof entitySchema>;

const weight = z.number().min(-1).max(1);

/** What a field has words of its own for; `profiles/domains/<name>.yaml`. */
export const domainSchema = z.strictObject({
  /** As the file is called. */
  name: slug,
  title: z.string().min(1),
  entities: z.array(entitySchema).default([]),
  /** Words outsiders do not know, with their plain meaning; goes into prompts. */
  jargon: z.record(z.string(), z.string().min(1)).default({}),
  /** How a word sounds in this field, -1 (bad) to 1 (good). */
  sentiment: z.record(z.string(), weight).default({}),
  /** Phrases that only advertisements nobody asked for use. */
  spam: words.default([]),
  /** Terms that are never a trend by themselves: they are in the field's posts every day. */
  stop: words.default([]),
  indicators: z.array(indicatorSchema).default([]),
});
export type Domain = z.infer<typeof domainSchema>;
