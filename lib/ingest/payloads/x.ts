import { signalOfTweet, type User } from '../../platforms/x/read-post.ts';
import type { Signal } from '../signal.ts';
import { type Counts, idOf, type Json, listOf, numberOf, objectOf, objectsOf } from './json.ts';
import { stringOf, withMore } from './json.ts';
import { type Found, snakeObjectsIn } from './walk.ts';
import { countsOf, postIdOf, tweetOf, wordsOf } from './x-post.ts';

/** What else an answer holds, by number. */
interface Beside {
  users: ReadonlyMap<string, Json>;
  posts: ReadonlyMap<string, Json>;
  polls: ReadonlyMap<string, Json>;
}

/**
 * Posts of X: of API v1.1 (with those they repost or quote, and the last post of an account), of v2 with its includes, of
 * an archive a person asked X for, and of what its own pages load.
 */
export function readX(raw: unknown): Signal[] {
  const found = snakeObjectsIn(raw);
  const beside: Beside = {
    users: new Map(found.flatMap(userOf)),
    posts: new Map(found.flatMap(({ object }) => pair(postIdOf(object), object))),
    polls: new Map(
      found.flatMap(({ object, key }) => (key === 'polls' ? pair(idOf(object.id), object) : [])),
    ),
  };
  return found.flatMap((each) => signalOf(each, beside) ?? []);
}

const pair = (id: string | undefined, object: Json): (readonly [string, Json])[] =>
  id === undefined ? [] : [[id, object]];

const nameOf = ({ username, screen_name }: Json) => stringOf(username) ?? stringOf(screen_name);

/** An account by its number. Pages of X keep the number outside of it. */
function userOf({ object, parent }: Found): (readonly [string, Json])[] {
  if (nameOf(object) === undefined || postIdOf(object) !== undefined) return [];
  const { id_str, id } = object;
  return pair(idOf(id_str) ?? idOf(id) ?? idOf(parent?.rest_id), object);
}

function signalOf({ object, key, parent }: Found, beside: Beside): Signal | undefined {
  const number = postIdOf(object);
  if (number === undefined) return undefined;
  const author = authorOf(object, key, parent, beside);
  const id = author.id ?? nameOf(author.user ?? object);
  const users = new Map<string, User>();
  const username = (author.user && nameOf(author.user)) ?? nameOf(object);
  if (id !== undefined && username !== undefined) users.set(id, { id, username });
  const tweet = tweetOf(object, number, id);
  const original = repostedBy(object, beside);
  if (original !== undefined) {
    const whole = wordsOf(original) ?? '';
    const { entities } = tweetOf(original, number, undefined);
    // "RT @name: " takes room, so that a repost does not hold the end of what it repeats.
    const prefix = /^RT @\w+: /.exec(tweet.text)?.[0] ?? '';
    if (tweet.text.length < prefix.length + whole.length || tweet.text.endsWith('…')) {
      tweet.text = `${prefix}${whole}`;
      tweet.entities = entities;
    }
  }
  const links = (tweet.entities?.urls ?? []).flatMap((each) =>
    each.media_key === undefined ? (each.expanded_url ?? []) : [],
  );
  return withMore(signalOfTweet(tweet, users), {
    counts: { ...votesOf(object, beside), ...countsOf(object, author.user, parent) },
    links,
    copy: original !== undefined || reposts(object) !== undefined,
  });
}

function authorOf(
  object: Json,
  key: string,
  parent: Json | undefined,
  { users }: Beside,
): { id?: string; user?: Json } {
  const embedded = objectOf(object.user) ?? objectOf(object.author);
  // The last post of an account stands within it.
  const around = key === 'status' && parent && nameOf(parent) !== undefined ? parent : undefined;
  const { id_str, id: given } = embedded ?? around ?? {};
  const id =
    idOf(object.author_id) ??
    idOf(id_str) ??
    idOf(given) ??
    idOf(object.user_id_str) ??
    idOf(object.user_id);
  const named = embedded && nameOf(embedded) !== undefined ? embedded : around;
  const user = named ?? users.get(id ?? '') ?? embedded;
  return { ...(id !== undefined && { id }), ...(user && { user }) };
}

/** Number of the post that this one passes on. */
const reposts = (object: Json): string | undefined =>
  idOf(
    [...objectsOf(object.referenced_tweets), ...objectsOf(object.referenced_posts)].find(
      ({ type }) => type === 'retweeted' || type === 'reposted',
    )?.id,
  );

/** The post that this one passes on, where it came along. */
function repostedBy(object: Json, { posts }: Beside): Json | undefined {
  const within = objectOf(object.retweeted_status);
  if (within !== undefined && wordsOf(within) !== undefined) return within;
  const id = reposts(object);
  return id === undefined ? undefined : posts.get(id);
}

/** Votes in the poll of a post. */
function votesOf(object: Json, { polls }: Beside): Counts {
  const ids = listOf(objectOf(object.attachments)?.poll_ids).map(String);
  const options = ids.flatMap((id) => objectsOf(polls.get(id)?.options));
  if (options.length === 0) return {};
  return { votes: options.reduce((sum, { votes }) => sum + (numberOf(votes) ?? 0), 0) };
}
