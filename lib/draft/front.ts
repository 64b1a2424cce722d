import { z } from 'zod';
import { linkSchema, mediaSchema, pollSchema, replySchema, titleSchema } from './entries.ts';
import type { Layout } from './layout.ts';

/** Lower-case words joined by hyphens. */
export const slug = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'lower-case letters and digits, joined by single hyphens');

export const name = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case letters, digits and hyphens');

const schedule = z
  .string()
  .refine(isMoment, 'a time with its offset, e.g. 2026-11-22T09:00:00+01:00 or …Z');

/** What stands between the two `---` at the top of a post. */
export const frontSchema = z.strictObject({
  id: slug,
  profile: name,
  targets: z.array(name),
  use: name.optional(),
  schedule: schedule.optional(),
  language: z.string().min(1).optional(),
  split: z.union([z.boolean(), z.literal('numbered')], 'true, false or numbered').optional(),
  title: titleSchema.optional(),
  reply: replySchema.optional(),
  media: z.array(mediaSchema).default([]),
  poll: pollSchema.optional(),
  link: linkSchema.optional(),
});

/** The front matter's text and the line it begins on, counted from 1. */
export function frontText({ lines, front }: Layout): { text: string; firstLine: number } {
  if (!front) return { text: '', firstLine: 1 };
  return { text: lines.slice(front.from, front.to).join('\n'), firstLine: front.from + 1 };
}

/** ISO 8601 with offset, and a day that the calendar has. */
function isMoment(text: string): boolean {
  const found = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/.exec(
    text,
  );
  if (!found?.[1] || Number.isNaN(Date.parse(text))) return false;
  return new Date(`${found[1]}T00:00:00Z`).toISOString().startsWith(found[1]);
}
