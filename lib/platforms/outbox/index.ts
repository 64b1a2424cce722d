import { asPulseError, fail } from '../../errors.ts';
import type { Receipt } from '../../store/record.ts';
import { countGraphemes } from '../graphemes.ts';
import { parseMarkup, withLinks } from '../markup.ts';
import type { Account, Connection, OutboxEntry, Platform, Surroundings } from '../platform.ts';

/** Long enough for what any network takes, short enough to be read in one file. */
const limit = 10_000;

/** Keeps what would have been sent; where a desk without credentials publishes. */
export const outbox: Platform = {
  name: 'outbox',
  title: 'Outbox',
  parts: { as: 'thread' },
  credentials: [],
  keyed: true,
  // A push that was under way when its claim ended lands within this or not at all.
  grace: 5_000,
  media: {
    count: 10,
    types: ['image/png', 'image/jpeg', 'image/gif', 'image/webp'],
    bytes: 10_000_000,
    altRequired: false,
    video: {
      count: 10,
      types: ['video/mp4', 'video/quicktime', 'video/webm'],
      bytes: 1_000_000_000,
      length: { min: 0, max: 86_400 },
    },
    mixed: true,
  },
  // Whatever another network would be sent can be looked at here first.
  headline: { limit: 300, unit: 'characters', required: false },
  poll: {
    options: { min: 1, max: 20 },
    length: 300,
    duration: { min: 1, max: 366 * 86_400_000 },
  },
  linkCards: true,
  show,
  measure(text) {
    const length = countGraphemes(show(text));
    return { length, limit, unit: 'characters', fits: length <= limit };
  },
  handles: (outgoing) =>
    outgoing.parts.map((_, index) => ({ key: `${outgoing.delivery}-${String(index + 1)}` })),
  connect: (account, surroundings) =>
    Promise.resolve().then(() => connectOutbox(account, surroundings)),
};

/** Nobody reads marks there. */
function show(text: string): string {
  return withLinks(parseMarkup(text));
}

function connectOutbox(account: Account, { outbox: shelf, now }: Surroundings): Connection {
  if (!shelf) throw fail('INTERNAL', { why: 'the outbox was given no place to keep posts' });
  const receiptOf = (key: string, entry: OutboxEntry): Receipt => ({
    part: entry.part,
    id: key,
    url: shelf.url(key),
    at: entry.at,
  });
  return {
    async publish(outgoing, index, { handles, deadline }) {
      const part = outgoing.parts[index];
      const key = handles[index]?.key;
      if (!part || key === undefined)
        throw fail('INTERNAL', { why: `part ${String(index)} was not prepared` });
      const measured = outbox.measure?.(part.text);
      if (!measured?.fits)
        throw fail('DELIVERY_REFUSED', {
          platform: 'outbox',
          status: 400,
          message: `${String(measured?.length)} of ${String(limit)} characters`,
        });
      const entry: OutboxEntry = {
        delivery: outgoing.delivery,
        part: index,
        account: account.name,
        text: show(part.text),
        media: part.media.map(({ name, alt }) => ({ name, alt })),
        ...(index === 0 && outgoing.title !== undefined && { title: outgoing.title }),
        ...(index === 0 && outgoing.reply !== undefined && { reply: outgoing.reply }),
        ...(part.poll && { poll: part.poll.options }),
        ...(part.link && { link: part.link.url }),
        at: now(),
      };
      deadline.check();
      try {
        if (await shelf.put(key, entry)) return receiptOf(key, entry);
        return receiptOf(key, (await shelf.get(key)) ?? entry);
      } catch (error) {
        const why = asPulseError(error).message;
        throw fail('DELIVERY_UNKNOWN', { platform: 'outbox', why }, error);
      }
    },
    async find(_outgoing, index, handles) {
      const key = handles[index]?.key;
      if (key === undefined) return 'unknown';
      try {
        const entry = await shelf.get(key);
        return entry ? receiptOf(key, entry) : 'absent';
      } catch (error) {
        const message = asPulseError(error).message;
        throw fail('DELIVERY_BUSY', { platform: 'outbox', status: 0, message }, error);
      }
    },
  };
}
