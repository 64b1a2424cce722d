import { asPulseError, fail } from '../../errors.ts';
import type { Receipt } from '../../store/record.ts';
import { countGraphemes } from '../graphemes.ts';
import type { Account, Connection, OutboxEntry, Platform, Surroundings } from '../platform.ts';

/** Long enough for what any network takes, short enough to be read in one file. */
const limit = 10_000;

/** Keeps what would have been sent; where a desk without credentials publishes. */
export const outbox: Platform = {
  name: 'outbox',
  credentials: [],
  keyed: true,
  // A push that was under way when its claim ended lands within this or not at all.
  grace: 5_000,
  media: {
    count: 10,
    types: ['image/png', 'image/jpeg', 'image/gif', 'image/webp'],
    bytes: 10_000_000,
    altRequired: false,
  },
  measure(text) {
    const length = countGraphemes(text);
    return { length, limit, unit: 'characters', fits: length <= limit };
  },
  handles: (outgoing) =>
    outgoing.parts.map((_, index) => ({ key: `${outgoing.delivery}-${String(index + 1)}` })),
  connect: (account, surroundings) =>
    Promise.resolve().then(() => connectOutbox(account, surroundings)),
};

function connectOutbox(account: Account, { outbox: shelf, now }: Surroundings): Connection {
  if (!shelf) throw fail('INTERNAL', { why: 'the outbox was given no place to keep posts' });
  const receiptOf = (key: string, entry: OutboxEntry): Receipt => ({
    part: entry.part,
    id: key,
    url: shelf.url(key),
    at: entry.at,
  });
  return {
    async publish(outgoing, index, handles, _sent, deadline) {
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
        text: part.text,
        media: part.media.map(({ name, alt }) => ({ name, alt })),
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
