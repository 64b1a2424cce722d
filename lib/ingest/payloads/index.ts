import { longestText, year2200 } from '../post.ts';
import type { Signal } from '../signal.ts';

/** Networks, and feeds, whose raw objects are understood. `jetstream` is Bluesky, its API's posts too. */
export const payloadKinds = [
  'x',
  'reddit',
  'mastodon',
  'jetstream',
  'telegram',
  'discord',
  'rss',
] as const;
export type PayloadKind = (typeof payloadKinds)[number];

/**
 * Every post in a raw value (an answer, a frame, one object, a list, a recording), the outer before the inner, each once;
 * none where it holds no post. Takes any JSON, for `rss` the text of a feed too, and never throws. `now` (ms UTC) is when
 * it was read: items of a feed may say no time.
 */
export type Reader = (raw: unknown, now?: number) => Signal[];

/** Loaded when first used: most runs see one network. */
const readers: Readonly<Record<PayloadKind, () => Promise<Reader>>> = {
  x: async () => (await import('./x.ts')).readX,
  reddit: async () => (await import('./reddit.ts')).readReddit,
  mastodon: async () => (await import('./mastodon.ts')).readMastodon,
  jetstream: async () => (await import('./jetstream.ts')).readJetstream,
  telegram: async () => (await import('./telegram.ts')).readTelegram,
  discord: async () => (await import('./discord.ts')).readDiscord,
  rss: async () => (await import('./rss.ts')).readFeedText,
};

/** What reads the raw objects of a network. Pure once it is there. */
export async function readerOf(kind: PayloadKind): Promise<Reader> {
  const read = await readers[kind]();
  return (raw, now) => sound(read(raw, now));
}

/** Each post once and with a time; what says no time that can be is no post. */
function sound(signals: readonly Signal[]): Signal[] {
  const known = new Map<string, Signal>();
  for (const signal of signals) {
    const at = Math.floor(signal.at);
    if (!(at >= 0 && at < year2200) || known.has(signal.id)) continue;
    const text = signal.text.length > longestText ? signal.text.slice(0, longestText) : signal.text;
    known.set(
      signal.id,
      at === signal.at && text === signal.text ? signal : { ...signal, at, text },
    );
  }
  return [...known.values()];
}
