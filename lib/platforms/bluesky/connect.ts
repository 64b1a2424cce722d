import { fail } from '../../errors.ts';
import type { Signal } from '../../ingest/signal.ts';
import type { Receipt } from '../../store/record.ts';
import { refuseAll } from '../parts.ts';
import type { Connection, Found, Handle } from '../platform.ts';
import { refuses } from './check.ts';
import { checkPart, composePost } from './compose.ts';
import { sortFailure, xrpcFailure } from './failure.ts';
import * as Reader from './read.ts';
import { readMentions, readNumbers, readOwn, readTrends } from './read-account.ts';
import { type BlueskyAccount, createSession, type SignedIn } from './session.ts';

const collection = 'app.bsky.feed.post';

/** An account on a Bluesky server. Signs in with the first call, not before. */
export function connectBluesky(account: BlueskyAccount): Connection {
  const session = createSession(account);
  const { ask } = session;
  const around = { fetch: account.fetch, ask };
  const me = () => session.signed((mine) => Promise.resolve(mine));

  const receiptOf = (
    me: SignedIn,
    part: number,
    rkey: string,
    cid: string,
    at: number,
  ): Receipt => ({
    part,
    id: `at://${me.did}/${collection}/${rkey}`,
    url: urlOf(account.service, me, rkey),
    version: cid,
    at,
  });

  const look = (index: number, rkey: string): Promise<Found> =>
    session.signed(async (me) => {
      try {
        const { data } = await me.agent.com.atproto.repo.getRecord({
          repo: me.did,
          collection,
          rkey,
        });
        const at = Date.parse(String(data.value.createdAt));
        return receiptOf(me, index, rkey, data.cid ?? '', Number.isNaN(at) ? account.now() : at);
      } catch (error) {
        if (xrpcFailure(error)?.error === 'RecordNotFound') return 'absent';
        throw error;
      }
    });

  return {
    async publish(outgoing, index, { handles, sent, deadline }) {
      const part = outgoing.parts[index];
      const { rkey, createdAt } = handleAt(handles, index);
      if (!part) throw fail('INTERNAL', { why: `there is no part ${String(index)}` });
      checkPart(part);
      refuseAll('Bluesky', refuses(outgoing, index));
      const { language, reply } = outgoing;
      const about = {
        createdAt,
        sent,
        ...(language !== undefined && { language }),
        ...(reply !== undefined && { reply }),
      };
      return session.before(deadline, async () => {
        let acting = false;
        try {
          return await session.signed(async (me) => {
            const record = await composePost(me, part, about);
            acting = true;
            const put = { repo: me.did, collection, rkey, record, swapRecord: null };
            const { data } = await me.agent.com.atproto.repo.putRecord(put);
            return receiptOf(me, index, rkey, data.cid, account.now());
          });
        } catch (error) {
          if (xrpcFailure(error)?.error !== 'InvalidSwap') throw sortFailure(error, acting);
        }
        // The key is taken by an earlier attempt of ours, whose words differ at most in when they were said.
        try {
          const found = await look(index, rkey);
          if (typeof found === 'object') return found;
        } catch (error) {
          throw sortFailure(error, true);
        }
        throw fail('DELIVERY_UNKNOWN', { platform: 'Bluesky', why: 'it was there and is gone' });
      });
    },

    async find(_outgoing, index, handles) {
      try {
        return await look(index, handleAt(handles, index).rkey);
      } catch (error) {
        throw sortFailure(error, false);
      }
    },

    search: (query, since) => readable((read) => read.searchPosts(query, since, around)),
    timeline: (author, since) => readable((read) => read.readAuthor(author, since, around)),
    own: (since) => readable(() => readOwn(me, since, { ask, now: account.now })),
    mentions: (since) => readable(() => readMentions(since, ask)),
    trends: () => readTrends(ask),

    async metrics(receipts) {
      try {
        return await readNumbers(
          receipts.map(({ id }) => id),
          ask,
        );
      } catch (error) {
        throw sortFailure(error, false);
      }
    },

    async whoami() {
      try {
        const { data } = await session.signed(({ agent }) => agent.com.atproto.server.getSession());
        const { did, handle } = data;
        return { id: did, name: `@${handle}`, url: `https://bsky.app/profile/${did}` };
      } catch (error) {
        throw sortFailure(error, false);
      }
    },

    async *listen({ cursor, keep, ...listening }) {
      const { listenJetstream } = await import('./read-jetstream.ts');
      yield* listenJetstream({
        ...listening,
        url: account.jetstream,
        ...(cursor !== undefined && { cursor: Number(cursor) }),
        ...(keep && { keep: (time) => keep(String(time)) }),
      });
    },

    async remove(receipt) {
      const rkey = receipt.id.split('/').at(-1) ?? '';
      try {
        await session.signed((me) =>
          me.agent.com.atproto.repo.deleteRecord({ repo: me.did, collection, rkey }),
        );
      } catch (error) {
        throw sortFailure(error, false);
      }
    },
  };
}

/** What can be read of a source; what there is malformed is left out. */
async function* readable(
  open: (read: typeof Reader) => AsyncIterable<Signal | { malformed: true }>,
): AsyncGenerator<Signal> {
  for await (const item of open(Reader)) if (!('malformed' in item)) yield item;
}

function handleAt(handles: readonly Handle[], index: number) {
  const { rkey, createdAt } = handles[index] ?? {};
  if (rkey === undefined || createdAt === undefined)
    throw fail('INTERNAL', { why: `part ${String(index)} has no record key` });
  return { rkey, createdAt };
}

/** Where people can look at a post. A server of one's own shows the record itself. */
function urlOf(service: string, me: SignedIn, rkey: string): string {
  if (new URL(service).hostname === 'bsky.social') {
    const who = me.handle === 'handle.invalid' ? me.did : me.handle;
    return `https://bsky.app/profile/${who}/post/${rkey}`;
  }
  const record = new URL('/xrpc/com.atproto.repo.getRecord', service);
  record.search = new URLSearchParams({ repo: me.did, collection, rkey }).toString();
  return record.href;
}
