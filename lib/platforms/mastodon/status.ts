import { z } from 'zod';
import { decodeEntities, hashtagsOf } from '../plain.ts';
import type { Signal } from '../../ingest/signal.ts';

const count = z.number().int().nonnegative().catch(0);

/** What we keep of a Status; what other fields there are differs between servers. */
export const statusSchema = z.object({
  id: z.string(),
  created_at: z.iso.datetime({ offset: true }),
  url: z.string().nullish(),
  uri: z.string().optional(),
  content: z.string(),
  spoiler_text: z.string().catch(''),
  in_reply_to_id: z.string().nullish(),
  language: z.string().nullish(),
  account: z.object({
    id: z.string(),
    acct: z.string(),
    followers_count: count.optional(),
    bot: z.boolean().optional().catch(undefined),
  }),
  tags: z.array(z.object({ name: z.string() })).catch([]),
  media_attachments: z.array(z.object({ id: z.string() })).catch([]),
  replies_count: count,
  reblogs_count: count,
  favourites_count: count,
  quotes_count: count.optional(),
  reblog: z.unknown(),
});
export type Status = z.infer<typeof statusSchema>;

/** A status that is to be shown later. */
export const scheduledSchema = z.object({
  id: z.string(),
  scheduled_at: z.iso.datetime({ offset: true }),
  params: z.object({ text: z.string().nullish() }),
});

/** Text of a status's HTML: paragraphs and line breaks kept, the parts of an address joined again. */
export function textOf(html: string): string {
  const lines = html
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<\/(?:p|li|blockquote|pre|ul|ol)>\s*(?=<)/gi, '\n\n');
  return decodeEntities(lines.replace(/<\/?[a-zA-Z][^<>]*>/g, ''))
    .trim()
    .normalize('NFC');
}

/** A post of what an instance sent, or why it is none. `host` tells accounts of the instance itself from others. */
export function signalOf(value: unknown, host: string): Signal | string {
  const parsed = statusSchema.safeParse(value);
  if (!parsed.success) return `it is no status: ${parsed.error.issues[0]?.path.join('.') ?? ''}`;
  return signalOfStatus(parsed.data, host);
}

/** What a signal is made of; servers and archives may leave out the rest. */
export type Told = Pick<Status, 'id' | 'created_at' | 'content' | 'spoiler_text' | 'tags'> &
  Partial<Omit<Status, 'account'>> & { account: Partial<Status['account']> & { acct: string } };

/** The same of a status that was checked. */
export function signalOfStatus(data: Told, host: string): Signal {
  const words = textOf(data.content);
  const text = data.spoiler_text === '' ? words : `${data.spoiler_text}\n\n${words}`.trim();
  const { acct, followers_count: followers, bot } = data.account;
  const named = data.tags.map(({ name }) => name.toLowerCase());
  return {
    id: `mastodon:${data.uri ?? data.id}`,
    network: 'mastodon',
    text,
    at: Date.parse(data.created_at),
    author: acct.includes('@') ? acct : `${acct}@${host}`,
    tags: [...new Set([...named, ...hashtagsOf(words)])],
    counts: {
      ...countsOf(data),
      ...(followers !== undefined && { followers }),
    },
    ...(data.url && { url: data.url }),
    ...(data.language && { language: data.language }),
    ...(bot === true && { marks: ['automated'] }),
  };
}

/** How a status did. */
export function countsOf(
  status: Partial<
    Record<
      'favourites_count' | 'reblogs_count' | 'replies_count' | 'quotes_count',
      number | undefined
    >
  >,
) {
  return {
    ...(status.favourites_count !== undefined && { likes: status.favourites_count }),
    ...(status.reblogs_count !== undefined && { reposts: status.reblogs_count }),
    ...(status.replies_count !== undefined && { replies: status.replies_count }),
    ...(status.quotes_count !== undefined && { quotes: status.quotes_count }),
  };
}
