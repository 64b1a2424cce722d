import type { PayloadKind } from './index.ts';
import { type Json, objectOf } from './json.ts';

/** What recordings keep an answer in, and networks what was asked for. */
const wrappers = ['response', 'payload', 'body', 'result', 'data'] as const;

/** Signs of a network in the names of an object's fields, the surest first. */
const signs: readonly (readonly [PayloadKind, (object: Json) => boolean])[] = [
  ['reddit', ({ kind, data }) => /^(Listing|more|t\d|LiveUpdate)$/.test(String(kind)) && !!data],
  ['jetstream', (o) => 'time_us' in o && 'did' in o],
  ['jetstream', ({ uri }) => typeof uri === 'string' && uri.startsWith('at://')],
  ['telegram', (o) => typeof o.update_id === 'number' || (has(o, 'message_id') && has(o, 'chat'))],
  ['telegram', (o) => has(o, 'date_unixtime') || (o._ === 'Message' && has(o, 'peer_id'))],
  ['discord', (o) => typeof o.op === 'number' && ('d' in o || 't' in o)],
  ['discord', (o) => has(o, 'guild') && has(o, 'channel') && Array.isArray(o.messages)],
  ['discord', (o) => has(o, 'channelId') && has(o, 'content')],
  ['discord', (o) => has(o, 'channel_id') && has(o, 'content') && has(o, 'author')],
  ['mastodon', (o) => objectOf(o.account)?.acct !== undefined],
  ['mastodon', (o) => typeof o.event === 'string' && 'payload' in o],
  ['mastodon', (o) => has(o, 'ancestors') || (has(o, 'statuses') && has(o, 'accounts'))],
  ['mastodon', (o) => o.type === 'Create' || (o.type === 'Note' && has(o, 'content'))],
  ['x', (o) => has(o, 'id_str') || has(o, 'full_text') || has(o, 'edit_history_tweet_ids')],
  [
    'x',
    (o) =>
      has(o, 'text') &&
      (has(o, 'author_id') || has(o, 'authorId') || objectOf(o.user)?.screen_name !== undefined),
  ],
  ['x', (o) => has(o, 'data') && (has(o, 'includes') || has(o, 'matching_rules'))],
  ['x', (o) => has(o, 'tweet') && has(objectOf(o.tweet) ?? {}, 'full_text')],
  ['reddit', (o) => has(o, 'created_utc') && has(o, 'subreddit')],
];

const has = (object: Json, name: string): boolean => object[name] !== undefined;

/** The network that a raw object comes from, by its looks; undefined where it has none. */
export function kindOf(raw: unknown, depth = 4): PayloadKind | undefined {
  const value = Array.isArray(raw) ? (raw as unknown[])[0] : raw;
  const object = objectOf(value);
  if (object === undefined) return undefined;
  for (const [kind, shows] of signs) if (shows(object)) return kind;
  if (depth === 0) return undefined;
  for (const name of [...wrappers, 'messages', 'posts', 'feed', 'post', 'status', 'tweet']) {
    const found = kindOf(objectOrJson(object[name]), depth - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function objectOrJson(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
}
