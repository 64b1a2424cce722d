import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { fail, isError } from '../../errors.ts';
import type { Receipt } from '../../store/record.ts';
import type { Attempt, Connection, Outgoing, Part } from '../platform.ts';
import { sinceOf } from '../since.ts';
import { checkPart, kindOf } from './check.ts';
import { toReddit } from './compose.ts';
import { isAlreadyThere } from './failure.ts';
import { look, parentOf, type Search } from './find.ts';
import { createReaders } from './read.ts';
import { addressOf } from './read-post.ts';
import { createSession, type RedditAccount, type RedditRequest } from './session.ts';
import { upload } from './upload.ts';

export interface Settings {
  subreddit: string;
  flair?: string | undefined;
}

const submitted = z.object({
  json: z.object({ data: z.object({ name: z.string().optional(), id: z.string().optional() }) }),
});
const commented = z.object({
  json: z.object({
    data: z.object({
      things: z
        .array(z.object({ data: z.object({ name: z.string(), link_id: z.string().nullish() }) }))
        .min(1),
    }),
  }),
});
const identity = z.object({ id: z.string(), name: z.string() });

/** How often, and how far apart (ms), Reddit is asked for a post with an image, which it shows after a while. */
const [asked, apart] = [5, 2_000];

/** An account on Reddit, posting in one subreddit. */
export function connectReddit(
  account: RedditAccount & { elsewhere: string | undefined },
  { subreddit, flair }: Settings,
): Connection {
  const session = createSession(account);

  const submit = async (outgoing: Outgoing, part: Part, index: number, attempt: Attempt) => {
    const { deadline } = attempt;
    const kind = kindOf(outgoing, index);
    const text = toReddit(part.text);
    const about = {
      api_type: 'json',
      sr: subreddit,
      title: (outgoing.title ?? '').trim(),
      sendreplies: true,
      // A link that is there already is refused: the nearest thing to a key that Reddit has.
      resubmit: false,
      ...(text !== '' && { text }),
      ...flairOf(flair),
    };
    const post = { operation: 'publish', method: 'POST', acting: true, deadline } as const;
    const assets = [];
    for (const file of part.media)
      assets.push(await upload(session, file, { api: account.elsewhere, deadline }));
    if (kind === 'gallery') {
      const items = assets.map(({ id }) => ({ caption: '', outbound_url: '', media_id: id }));
      const json = { ...about, items, show_error_list: true };
      return session.ask({ ...post, uri: 'api/submit_gallery_post.json', json });
    }
    const url = kind === 'link' ? part.link?.url : assets[0]?.url;
    const form = { ...about, kind, ...(url !== undefined && { url }) };
    return session.ask({ ...post, uri: 'api/submit', form });
  };

  const comment = async (search: Search, part: Part, attempt: Attempt): Promise<Receipt> => {
    const request: RedditRequest = {
      operation: 'publish',
      method: 'POST',
      uri: 'api/comment',
      form: { api_type: 'json', thing_id: parentOf(search), text: toReddit(part.text) },
      acting: true,
      deadline: attempt.deadline,
    };
    const parsed = commented.safeParse(await session.ask(request));
    const made = parsed.data?.json.data.things[0]?.data;
    if (!made) throw unknown('its answer names no comment');
    const { name, link_id } = made;
    return { part: search.index, id: name, url: addressOf(name, link_id), at: account.now() };
  };

  /** An image is shown after a while, and Reddit does not say under which name. */
  const untilShown = async (search: Search, { deadline }: Attempt): Promise<Receipt> => {
    for (let turn = 0; turn < asked && !deadline.signal.aborted; turn += 1) {
      const found = await look(session, search).catch(() => undefined);
      if (found) return found;
      await sleep(apart, undefined, { signal: deadline.signal }).catch(() => undefined);
    }
    throw unknown('it took the image and does not show the post yet');
  };

  return {
    async publish(outgoing, index, attempt) {
      const { handles, sent, deadline } = attempt;
      const part = outgoing.parts[index];
      if (!part) throw fail('INTERNAL', { why: `there is no part ${String(index)}` });
      checkPart(outgoing, part, index);
      deadline.check();
      const search = { outgoing, index, since: sinceOf(handles[index]), sent, subreddit };
      if (kindOf(outgoing, index) === 'comment') return comment(search, part, attempt);
      try {
        const answer = submitted.safeParse(await submit(outgoing, part, index, attempt));
        if (!answer.success) throw unknown('its answer names no post');
        const { name, id } = answer.data.json.data;
        const full = name ?? id;
        if (full === undefined) return await untilShown(search, attempt);
        return { part: index, id: full, url: addressOf(full), at: account.now() };
      } catch (error) {
        if (!isError(error, 'DELIVERY_REFUSED') || !isAlreadyThere(error)) throw error;
        const there = await look(session, search);
        if (there) return there;
        throw error;
      }
    },

    async find(outgoing, index, handles, sent) {
      // Below a post of which nobody knows, nobody can look.
      if (index > 0 && sent.length === 0) return 'unknown';
      const search = { outgoing, index, since: sinceOf(handles[index]), sent, subreddit };
      return (await look(session, search)) ?? 'unknown';
    },

    async edit(receipt, outgoing, index) {
      const part = outgoing.parts[index];
      if (!part) throw fail('INTERNAL', { why: `there is no part ${String(index)}` });
      checkPart(outgoing, part, index);
      const form = { api_type: 'json', thing_id: receipt.id, text: toReddit(part.text) };
      const uri = 'api/editusertext';
      await session.ask({ operation: 'edit', method: 'POST', uri, form, acting: true });
      return receipt;
    },

    async remove({ id }) {
      await session.ask({ operation: 'remove', method: 'POST', uri: 'api/del', form: { id } });
    },

    async whoami() {
      const answer = await session.ask({ operation: 'read', method: 'GET', uri: 'api/v1/me' });
      const { success, data } = identity.safeParse(answer);
      if (success)
        return {
          id: data.id,
          name: `u/${data.name}`,
          url: `https://www.reddit.com/user/${data.name}/`,
        };
      const message = 'its answer about the account is not as expected';
      throw fail('DELIVERY_BUSY', { platform: 'Reddit', status: 200, message });
    },

    ...createReaders(session),
  };
}

/** A flair by the id of its template, which is a UUID, or by its words. */
function flairOf(flair: string | undefined): { flair_id?: string; flair_text?: string } {
  if (flair === undefined) return {};
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(flair)
    ? { flair_id: flair }
    : { flair_text: flair };
}

const unknown = (why: string) => fail('DELIVERY_UNKNOWN', { platform: 'Reddit', why });
