import { z } from 'zod';
import { fail, isError } from '../../errors.ts';
import type { Receipt } from '../../store/record.ts';
import type { Connection, Deadline, Outgoing, Part, Surroundings } from '../platform.ts';
import { sinceOf } from '../since.ts';
import { checkPart, composeTweet, holdsLink, type Tweet } from './compose.ts';
import { isDuplicate } from './failure.ts';
import { isWanted, wantedOf } from './find.ts';
import { prices } from './measure.ts';
import { readPages } from './pages.ts';
import { createReaders } from './read.ts';
import { timeOf } from './read-post.ts';
import { createSession, type XAccount } from './session.ts';
import { uploadAll } from './upload.ts';
import { createWhoami } from './who.ts';

const made = z.object({ data: z.object({ id: z.string().regex(/^\d{1,19}$/) }) });

/** An account on X. */
export function connectX(
  account: XAccount & { woeid: number },
  surroundings: Pick<Surroundings, 'fetch' | 'now' | 'cache'>,
): Connection {
  const session = createSession(account);
  const { now } = surroundings;
  const me = createWhoami(session, surroundings);

  const receiptOf = (part: number, id: string, at: number): Receipt => ({
    part,
    id,
    url: `https://x.com/i/status/${id}`,
    at,
  });

  const look = async (
    outgoing: Outgoing,
    index: number,
    since: number,
    sent: readonly Receipt[],
  ): Promise<Receipt | undefined> => {
    const wanted = wantedOf(outgoing, index, since, sent);
    if (!wanted) throw missing(index);
    const { id } = await me();
    const reading = { operation: 'own', path: `users/${id}/tweets`, own: true } as const;
    const from = { since: Math.max(0, since - 60_000), now: now() };
    let oldest: Receipt | undefined;
    try {
      for await (const { posts } of readPages(session, { ...reading, ...from }))
        for (const post of posts)
          if (isWanted(post, wanted)) oldest = receiptOf(index, post.id, timeOf(post));
    } catch (error) {
      if (!(error instanceof z.ZodError)) throw error;
      const message = 'its answer about our posts is not as documented';
      throw fail('DELIVERY_BUSY', { platform: 'X', status: 200, message });
    }
    return oldest;
  };

  const act = async (tweet: Tweet, part: Part, index: number, deadline?: Deadline) => {
    const answer = await session.ask({
      operation: 'publish',
      method: 'post',
      path: 'tweets',
      body: { ...tweet },
      price: holdsLink(part) ? prices.postWithLink : prices.post,
      acting: true,
      ...(deadline && { deadline }),
    });
    const parsed = made.safeParse(answer);
    if (parsed.success) return receiptOf(index, parsed.data.data.id, now());
    throw fail('DELIVERY_UNKNOWN', { platform: 'X', why: 'its answer names no post' });
  };

  return {
    async publish(outgoing, index, attempt) {
      const { handles, sent, deadline } = attempt;
      const part = outgoing.parts[index];
      const since = sinceOf(handles[index]);
      const wanted = wantedOf(outgoing, index, since, sent);
      if (!part || !wanted) throw missing(index);
      checkPart(outgoing, part, index);
      deadline.check();
      const mediaIds = await uploadAll(session, part.media, handles[index], now, attempt);
      try {
        const tweet = composeTweet(part, { mediaIds, parent: wanted.parent });
        return await act(tweet, part, index, deadline);
      } catch (error) {
        if (!isError(error, 'DELIVERY_REFUSED')) throw error;
        if (mediaIds.length > 0 && /media ids?\b.*\binvalid/i.test(error.message)) {
          // X has forgotten the uploads sooner than it said: the next attempt makes new ones.
          await attempt.keep({ media: '', mediaUntil: '' });
          const message = 'it has forgotten the uploaded media';
          throw fail('DELIVERY_BUSY', { platform: 'X', status: 400, message });
        }
        const there = isDuplicate(error) && (await look(outgoing, index, since, sent));
        if (there) return there;
        throw error;
      }
    },

    async find(outgoing, index, handles, sent) {
      return (await look(outgoing, index, sinceOf(handles[index]), sent)) ?? 'unknown';
    },

    async edit(receipt, outgoing, index) {
      const part = outgoing.parts[index];
      if (!part) throw missing(index);
      checkPart(outgoing, part, index);
      if (part.media.length > 0 || part.poll) {
        const message = 'X does not edit a post with media or a poll through its API';
        throw fail('DELIVERY_REFUSED', { platform: 'X', status: 400, message });
      }
      const tweet = composeTweet(part, { mediaIds: [] });
      return act({ ...tweet, edit_options: { previous_post_id: receipt.id } }, part, index);
    },

    async remove(receipt) {
      try {
        await session.ask({
          operation: 'remove',
          method: 'delete',
          path: `tweets/${encodeURIComponent(receipt.id)}`,
        });
      } catch (error) {
        if (!isError(error, 'DELIVERY_REFUSED') || error.details.status !== 404) throw error;
      }
    },

    async whoami() {
      const { id, username } = await me();
      return { id, name: `@${username}`, url: `https://x.com/${username}` };
    },

    ...createReaders({ session, account, surroundings, me }),
  };
}

function missing(index: number) {
  return fail('INTERNAL', { why: `there is no part ${String(index)}` });
}
