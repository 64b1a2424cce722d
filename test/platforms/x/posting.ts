import type { Hono } from 'hono';
import twitterText from 'twitter-text';
import { recorded } from './fixture.ts';
import type { State } from './state.ts';

interface Sent {
  text?: string;
  media?: { media_ids: string[] };
  poll?: object;
  reply?: { in_reply_to_tweet_id: string };
  edit_options?: { previous_post_id: string };
}

/** What X answers to words it does not take. */
interface Refused {
  status: number;
  body: Record<string, unknown>;
}

const forbidden = (detail: string): Refused => recorded('error_403_duplicate', { detail });
const invalid = (detail: string): Refused => {
  const answer = recorded('pg_error_400_281');
  return { ...answer, body: { ...answer.body, errors: [{ message: detail }], detail } };
};

/** How long X minds words said before, ms; its documents do not say. */
const minded = 86_400_000;

function refusalOf(sent: Sent, state: State): Refused | undefined {
  const { text = '', media, poll, reply } = sent;
  if (text === '' && !media) return invalid('text or media is required');
  if (text !== '' && !twitterText.parseTweet(text).valid)
    return invalid('text field exceeds maximum length of 280 characters');
  if (media && poll) return invalid('media and poll are mutually exclusive');
  const files = (media?.media_ids ?? []).map((id) => state.files.get(id));
  if (files.some((file) => file?.state !== 'ready')) return invalid('Your media IDs are invalid.');
  const moving = files.filter((file) => !/^image\/(?!gif)/.test(file!.type));
  if (moving.length > 0 && files.length > 1) return invalid('Invalid combination of media.');
  if (reply) {
    const parent = state.posts.find(({ id }) => id === reply.in_reply_to_tweet_id);
    if (!parent)
      return forbidden('You attempted to reply to a Tweet that is deleted or not visible to you.');
    if (parent.author !== state.me.id && !parent.text.includes(`@${state.me.username}`))
      return forbidden(
        'Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author of the post you are replying to.',
      );
  }
  const before = state.said.get(keyOf(sent));
  if (text !== '' && before !== undefined && state.now() - before < minded)
    return recorded('error_403_duplicate');
  return undefined;
}

const keyOf = ({ text = '', reply }: Sent) => `${reply?.in_reply_to_tweet_id ?? ''} ${text.trim()}`;

/** Making, changing and taking back posts. */
export function addPosting(app: Hono, state: State): void {
  app.post('/2/tweets', async (context) => {
    const sent = await context.req.json<Sent>();
    const refused = refusalOf(sent, state);
    if (refused) return context.json(refused.body, refused.status as 400);
    const previous = sent.edit_options?.previous_post_id;
    const index = state.posts.findIndex(({ id }) => id === previous);
    if (previous !== undefined && index < 0) {
      const { body, status } = forbidden('You are not eligible to edit this Post.');
      return context.json(body, status as 403);
    }
    if (index >= 0) state.posts.splice(index, 1);
    const id = state.nextId();
    state.said.set(keyOf(sent), state.now());
    state.posts.push({
      id,
      author: state.me.id,
      text: (sent.text ?? '').normalize('NFC'),
      at: state.now(),
      media: sent.media?.media_ids ?? [],
      poll: sent.poll !== undefined,
      ...(sent.reply && { parent: sent.reply.in_reply_to_tweet_id }),
    });
    const { body, status } = recorded('pg_create', {
      data: { edit_history_tweet_ids: [id], id, text: sent.text ?? '' },
    });
    return context.json(body, status as 201);
  });

  app.delete('/2/tweets/:id', (context) => {
    const index = state.posts.findIndex(({ id }) => id === context.req.param('id'));
    if (index < 0) {
      const body = { title: 'Not Found', type: 'about:blank', status: 404, detail: 'Not Found' };
      return context.json(body, 404);
    }
    state.posts.splice(index, 1);
    const { body } = recorded('create_and_delete', {}, 1);
    return context.json(body);
  });
}
