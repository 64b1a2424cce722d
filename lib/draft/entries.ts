import { z } from 'zod';
import { formatDuration, parseDuration } from '../duration.ts';
import type { Focus, LinkEntry, MediaEntry, PollEntry } from './document.ts';

/** Counts from 1. */
const part = z.number().int().min(1).default(1);

const line = z
  .string()
  .regex(
    /^[^\p{Cc}\p{Zl}\p{Zp}]*[^\s\p{Cc}\p{Zl}\p{Zp}][^\p{Cc}\p{Zl}\p{Zp}]*$/u,
    'one line of text',
  );

const focus = z
  .string()
  .regex(
    /^(?:0(?:\.\d{1,4})?|1(?:\.0{1,4})?) +(?:0(?:\.\d{1,4})?|1(?:\.0{1,4})?)$/,
    'two numbers from 0 to 1, from the left and from the top, e.g. 0.3 0.6',
  );

const duration = z
  .string()
  .refine((text) => parseDuration(text) > 0, 'a number and one of s, m, h, d, e.g. 24h');

const webAddress = z
  .string()
  .refine(
    (text) => /^https?:\/\/\S+$/i.test(text) && URL.canParse(text),
    'an address, e.g. https://…',
  );

/** One image or video, as it stands in the file. */
export const mediaSchema = z.strictObject({
  /** Path from the top of the content repo. */
  file: z.string().min(1),
  alt: z.string().default(''),
  focus: focus.optional(),
  part,
});

export const pollSchema = z.strictObject({
  options: z.array(line).min(1),
  open: duration.default('24h'),
  multiple: z.boolean().default(false),
  part,
});

export const linkSchema = z.strictObject({
  url: webAddress,
  title: line.optional(),
  description: line.optional(),
  image: z.string().min(1).optional(),
  part,
});

export const titleSchema = line;

/** Address or id of the post that is answered; one, or by name of account or network. */
export const replySchema = z.union(
  [line, z.record(z.string().regex(/^[a-z0-9][a-z0-9-]*$/), line)],
  'the address of a post, or a line `account: address` for each',
);

export function mediaEntry({
  file,
  alt,
  focus: at,
  part: nth,
}: z.infer<typeof mediaSchema>): MediaEntry {
  return { file, alt, part: nth - 1, ...(at !== undefined && { focus: focusOf(at) }) };
}

export function pollEntry({
  options,
  open,
  multiple,
  part: nth,
}: z.infer<typeof pollSchema>): PollEntry {
  const duration = parseDuration(open);
  return { options, duration, ...(multiple && { multiple }), part: nth - 1 };
}

export function linkEntry({
  url,
  title,
  description,
  image,
  part: nth,
}: z.infer<typeof linkSchema>): LinkEntry {
  return {
    url,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(image !== undefined && { image }),
    part: nth - 1,
  };
}

/** The same the other way, for `renderDocument`. */
export const mediaSettings = ({ file, alt, focus: at, part: nth }: MediaEntry) => ({
  file,
  alt,
  ...(at && { focus: `${String(at.x)} ${String(at.y)}` }),
  ...partSetting(nth),
});

export const pollSettings = ({ options, duration: ms, multiple, part: nth }: PollEntry) => ({
  options: [...options],
  open: formatDuration(ms),
  ...(multiple && { multiple }),
  ...partSetting(nth),
});

export const linkSettings = ({ part: nth, ...rest }: LinkEntry) => ({
  ...rest,
  ...partSetting(nth),
});

const partSetting = (nth: number) => (nth > 0 ? { part: nth + 1 } : {});

function focusOf(text: string): Focus {
  const [x = 0, y = 0] = text.split(/ +/).map(Number);
  return { x, y };
}
