import { z } from 'zod';
import { fail, isError } from '../../errors.ts';
import type { Connection, Surroundings } from '../platform.ts';
import type { Numbers } from '../reading.ts';
import { type Chosen, paramsOf, problemsOf, refuse } from './compose.ts';
import { findPart } from './find.ts';
import { createInstance } from './instance.ts';
import { asked, readAccount, readMentions, readTrends, searchStatuses } from './read.ts';
import { receiptOf, scheduledMark, sendPart } from './send.ts';
import { type Instance, speakMastodon } from './speak.ts';
import { countsOf, statusSchema } from './status.ts';

/** Statuses asked for at once: more are not given (app/controllers/api/v1/statuses_controller.rb). */
const mostAtOnce = 20;

/** An account on an instance. */
export function connectMastodon(
  { account, ...to }: Instance & { account: string },
  chosen: Chosen,
  surroundings: Surroundings,
): Connection {
  const { server } = to;
  const { host } = new URL(server);
  const speak = speakMastodon(to, surroundings);
  const { me, rules, whoami, streaming } = createInstance({ server, account }, speak, surroundings);
  const reading = { host, speak };

  return {
    whoami,
    rules,
    publish: (outgoing, index, attempt) =>
      sendPart(outgoing, index, attempt, {
        server,
        speak,
        chosen,
        rules,
        now: () => surroundings.now(),
      }),
    find: (outgoing, index, handles, sent) =>
      findPart(outgoing, index, { handles, sent }, { server, speak, me }),

    async remove({ id }) {
      const api = speak({ operation: 'remove' });
      try {
        if (id.startsWith(scheduledMark))
          await api.v1.scheduledStatuses.$select(id.slice(scheduledMark.length)).remove();
        else await api.v1.statuses.$select(id).remove();
      } catch (error) {
        if (isError(error, 'DELIVERY_REFUSED') && error.details.status === 404) return;
        throw error;
      }
    },

    async edit(receipt, outgoing, index) {
      const part = outgoing.parts[index];
      if (!part) throw fail('INTERNAL', { why: `there is no part ${String(index)}` });
      if (receipt.id.startsWith(scheduledMark))
        refuse(['what is scheduled there cannot be edited; take it back and send it anew']);
      if (problemsOf(part, chosen, {}).length > 0) refuse(problemsOf(part, chosen, await rules()));
      // What is not named again is taken off: files, a poll, the warning.
      const before: unknown = await speak({ operation: 'read' })
        .v1.statuses.$select(receipt.id)
        .fetch();
      const files = statusSchema.parse(before).media_attachments.map(({ id }) => id);
      const { visibility: _fixed, ...changing } = chosen;
      const { at: _past, ...rest } = outgoing;
      const json = paramsOf(rest, part, changing, { media: part.poll ? [] : files });
      const path = `/api/v1/statuses/${receipt.id}`;
      const answer = await speak.ask({ operation: 'publish' }, { method: 'PUT', path, json });
      return { ...receiptOf(answer, index, server), at: receipt.at };
    },

    async metrics(receipts) {
      const ids = receipts.map(({ id }) => id).filter((id) => !id.startsWith(scheduledMark));
      const numbers: Numbers[] = [];
      for (let from = 0; from < ids.length; from += mostAtOnce) {
        const api = speak({ operation: 'read' });
        const id = ids.slice(from, from + mostAtOnce);
        const answer: unknown = await api.v1.statuses.fetch({ id });
        for (const each of z.array(z.unknown()).parse(answer)) {
          const { success, data } = statusSchema.safeParse(each);
          if (success) numbers.push({ id: data.id, counts: countsOf(data) });
        }
      }
      return numbers;
    },

    own: (since) => readAccount(me, 'Our account on Mastodon', since, reading, true),
    mentions: (since) => readMentions(since, reading),
    search: (query, since) => searchStatuses(query, since, reading),
    trends: () => readTrends(reading),
    async *listen(listening) {
      const { listenMastodon } = await import('./listen.ts');
      yield* listenMastodon(listening, { host, token: to.token, speak, streaming });
    },
    timeline(author, since) {
      const source = `The Mastodon account ${author}`;
      const lookUp = () =>
        asked(source, async () => {
          const api = speak({ operation: 'read' });
          const acct = author.replace(/^@/, '').replace(new RegExp(`@${host}$`), '');
          return named.parse(await api.v1.accounts.lookup({ acct })).id;
        });
      return readAccount(once(lookUp), source, since, reading, false);
    },
  };
}

const named = z.object({ id: z.string() });

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined;
  return () => (asked ??= ask());
}
