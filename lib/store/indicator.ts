import { z } from 'zod';
import { parseDuration } from '../duration.ts';

const duration = z
  .string()
  .regex(/^\d+(ms|s|m|h|d)$/, 'a number and one of ms, s, m, h, d, e.g. 1h')
  .transform(parseDuration);

/** Where in an answer a value is: names and numbers from 0 with dots between, or the name of a column. */
const path = z.string().regex(/^[^.\s][^\n]*$/, 'names with dots between, e.g. result.0.price');

/**
 * Numbers over time that a field watches, e.g. the price of a coin: read from an address that needs no key, or from a
 * file of the desk. What is unusual in them becomes a signal.
 */
export const indicatorSchema = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case letters, digits and hyphens'),
    /** For people, e.g. `Bitcoin price`; also the name of a trend it opens. */
    title: z.string().min(1),
    /** Name of the entity it is about; trends that name it show it. */
    about: z.string().min(1),
    /** What a value is counted in, e.g. `USD`. */
    unit: z.string().min(1).max(20).optional(),
    url: z.url({ protocol: /^https?$/ }).optional(),
    /** Path of a file of the desk, instead of an address. */
    file: z
      .string()
      .regex(/^content\/knowledge\/(?!.*\.\.)[^\n]+$/, 'a file below content/knowledge/')
      .optional(),
    /** Page for people, linked as the source; the address itself when absent. */
    page: z.url({ protocol: /^https?$/ }).optional(),
    format: z.enum(['json', 'csv']).default('json'),
    /** Where the list of rows is; the answer is one row when absent. For JSON. */
    rows: path.optional(),
    /** Where in a row the time is: seconds, milliseconds or ISO 8601. The time of reading when absent. */
    time: path.optional(),
    value: path,
    volume: path.optional(),
    /** Length of what a row sums up from its time on, e.g. `1h` for candles; a row is one moment when absent. */
    interval: duration.optional(),
    /** Changes are judged over each of these. */
    over: z.array(duration).min(1).default([3_600_000, 86_400_000]),
    /** A change is unusual from this robust z-score on. */
    unusual: z.number().positive().default(5),
    /** And from this size on, per cent. */
    least: z.number().nonnegative().default(1),
    /** A value older than this is not passed off as news. */
    stale: duration.default(7_200_000),
  })
  .refine(({ url, file }) => (url === undefined) !== (file === undefined), {
    message: 'either url or file',
    path: ['url'],
  });
export type Indicator = z.infer<typeof indicatorSchema>;
