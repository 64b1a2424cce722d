import { z } from 'zod';
import type { Item, Listening } from '../reading.ts';
import { type Frame, listenSocket } from '../socket.ts';
import { signalOf } from './status.ts';
import type { Speak } from './upload.ts';

/** A server that has not opened a connection after this has none to give, ms. */
const patience = 10_000;
/** After we asked for a stream, before we trust that it flows, ms: nobody confirms it. */
const settle = 1_000;
/** Read again at a seam, ms: posts from elsewhere get ids of the time they were written. */
const overlap = 120_000;
const pageSize = 40;
/** Pages of one timeline read at a seam, at most. */
const mostPages = 50;
/** Posts remembered as taken, so that they are not taken twice. */
const mostSeen = 4_000;

const message = z.object({ event: z.string(), payload: z.string().optional() });
const identified = z.object({ id: z.string().regex(/^\d+$/) });
const list = z.array(z.unknown());

interface Streaming {
  host: string;
  token: string;
  speak: Speak;
  /** Address of the streaming server. */
  streaming: () => Promise<string>;
}

/**
 * Posts with one of the terms as a hashtag, or all public ones the instance sees, as they come. What was missed while
 * nothing was connected is read from the timelines. The cursor is the highest id taken.
 */
export function listenMastodon(
  { terms = [], cursor, keep, ...listening }: Listening,
  { host, token, speak, streaming }: Streaming,
): AsyncGenerator<Item> {
  const { clock } = listening;
  const tags = [...new Set(terms.map(tagOf).filter((tag) => tag !== ''))];
  const seen = new Set<string>();
  let highest = BigInt(cursor ?? idAt(clock.now()));
  // What lies in the overlap before the very first listening nobody asked for.
  const begun = cursor === undefined ? highest : 0n;
  /** While a seam is being read, what flows in meanwhile must not move the cursor past it. */
  let mending = false;

  const frameOf = (value: unknown, moves: boolean): Frame<string> => {
    const { success, data } = identified.safeParse(value);
    if (!success) return { malformed: 'it is no status' };
    if (seen.has(data.id)) return {};
    seen.add(data.id);
    for (const oldest of seen) {
      if (seen.size <= mostSeen) break;
      seen.delete(oldest);
    }
    const found = signalOf(value, host);
    const id = BigInt(data.id);
    if (moves && id > highest) highest = id;
    const cursor = moves ? String(highest) : undefined;
    return typeof found === 'string' ? { malformed: found, cursor } : { signal: found, cursor };
  };

  return listenSocket<string>(
    {
      source: `The stream of ${host}`,
      async connect(over) {
        const address = new URL('/api/v1/streaming', await streaming());
        if (tags.length === 0) address.searchParams.set('stream', 'public');
        // The token goes where no server writes it into a log.
        const socket = new WebSocket(address, token);
        await opened(socket, AbortSignal.any([over, AbortSignal.timeout(patience)]));
        for (const tag of tags)
          socket.send(JSON.stringify({ type: 'subscribe', stream: 'hashtag', tag }));
        mending = true;
        return socket;
      },
      read(text) {
        const parsed = message.safeParse(parse(text));
        if (!parsed.success) return { malformed: 'it is no event of a stream' };
        const { event, payload = '' } = parsed.data;
        return event === 'update' ? frameOf(parse(payload), !mending) : {};
      },
      async *missed() {
        await clock.sleep(settle);
        const from = highest - (BigInt(overlap) << 16n);
        const read = tags.length === 0 ? [undefined] : tags;
        const found = (await Promise.all(read.map((tag) => between(tag, from)))).flat();
        found.sort((a, b) => (a.id < b.id ? -1 : 1));
        mending = false;
        for (const { id, value } of found) if (id > begun) yield frameOf(value, true);
      },
    },
    { ...listening, keep },
  );

  async function between(tag: string | undefined, from: bigint) {
    const { v1 } = speak({ operation: 'search' });
    const found: { id: bigint; value: unknown }[] = [];
    let after = from;
    for (let page = 0; page < mostPages; page++) {
      const about = { limit: pageSize, minId: String(after) };
      const { timelines } = v1;
      const answer: unknown = await (tag === undefined
        ? timelines.public.list(about)
        : timelines.tag.$select(tag).list(about));
      const values = list.parse(answer).flatMap((value) => {
        const { success, data } = identified.safeParse(value);
        return success ? [{ id: BigInt(data.id), value }] : [];
      });
      found.push(...values);
      if (values.length < pageSize) break;
      after = values.reduce((most, { id }) => (id > most ? id : most), after);
    }
    return found;
  }
}

/** lib/mastodon/snowflake.rb: milliseconds, then 16 bits. */
function idAt(time: number): bigint {
  return BigInt(time) << 16n;
}

/** A term as a hashtag: letters and digits only. */
function tagOf(term: string): string {
  return term
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}_]/gu, '');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function opened(socket: WebSocket, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const no = () => {
      socket.close();
      reject(new Error('it did not open a connection'));
    };
    socket.addEventListener('open', () => resolve(), { once: true });
    socket.addEventListener('error', no, { once: true });
    socket.addEventListener('close', no, { once: true });
    if (signal.aborted) no();
    else
      signal.addEventListener('abort', () => socket.readyState === WebSocket.CONNECTING && no(), {
        once: true,
      });
  });
}
