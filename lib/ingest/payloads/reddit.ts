import { type Comment, type Post, signalOfThing } from '../../platforms/reddit/read-post.ts';
import { decodeEntities } from '../../platforms/plain.ts';
import type { Count, Signal } from '../signal.ts';
import {
  countsIn,
  type Counts,
  hashOf,
  idOf,
  type Json,
  numberOf,
  stringOf,
  withMore,
} from './json.ts';
import { objectsIn } from './walk.ts';

/** Posts and comments of Reddit: of listings and threads, alone, and of archives that keep them flat. */
export function readReddit(raw: unknown): Signal[] {
  return objectsIn(raw).flatMap(({ object, parent }) => {
    const thing = thingOf(object, stringOf(parent?.kind));
    return thing === undefined
      ? []
      : [withMore(signalOfThing(thing), { counts: countsOf(object) })];
  });
}

/** What it is by its full name, else by the `kind` it was wrapped with: `t1` a comment, `t3` a post. */
function thingOf(object: Json, kind: string | undefined): Post | Comment | undefined {
  const time = numberOf(object.created_utc) ?? numberOf(object.created);
  if (time === undefined) return undefined;
  const id = idOf(object.id) ?? hashOf(time, object.title, object.body);
  const given = stringOf(object.name) ?? '';
  const told = /^(t\d|LiveUpdate)(?=_)/.exec(given)?.[1] ?? kind;
  const shared = {
    created_utc: time,
    author: stringOf(object.author),
    subreddit: stringOf(object.subreddit),
    permalink: permalinkOf(object),
  };
  const title = stringOf(object.title);
  if (title !== undefined && (told === undefined ? isPost(object) : told === 't3'))
    return {
      ...shared,
      name: given || `t3_${id}`,
      title: decodeEntities(title),
      selftext: decodeEntities(stringOf(object.selftext) ?? ''),
      url: stringOf(object.url_overridden_by_dest) ?? stringOf(object.url),
      is_self: object.is_self === true,
    };
  const { body } = object;
  if (typeof body !== 'string') return undefined;
  const isComment =
    told === undefined ? 'link_id' in object || 'subreddit' in object : told === 't1';
  if (!isComment && told !== 'LiveUpdate') return undefined;
  return {
    ...shared,
    name: given || `t1_${id}`,
    body: decodeEntities(body),
    link_id: stringOf(object.link_id),
  };
}

/** A post that was kept without its full name; communities have titles too. */
const isPost = (object: Json): boolean =>
  !('display_name' in object) &&
  ['subreddit', 'num_comments', 'selftext', 'is_self'].some((name) => name in object);

const permalinkOf = ({ permalink }: Json): string | undefined => {
  const found = stringOf(permalink);
  return found !== undefined && URL.canParse(found, 'https://www.reddit.com') ? found : undefined;
};

const named: readonly (readonly [string, Count])[] = [
  ['score', 'score'],
  ['downs', 'dislikes'],
  ['num_crossposts', 'crossposts'],
  ['num_duplicates', 'duplicates'],
  ['total_awards_received', 'awards'],
  ['gilded', 'gilded'],
  ['num_reports', 'reports'],
  ['view_count', 'views'],
  ['subreddit_subscribers', 'members'],
];

/** Every number a post or comment comes with. `num_comments` of a comment counts those of its whole thread. */
function countsOf(object: Json): Counts {
  const counts = countsIn(object, named);
  countsIn(object, [['num_comments', 'title' in object ? 'replies' : 'thread']], counts);
  const likes = numberOf(object.ups) ?? counts.score;
  if (likes === undefined) return counts;
  // More dislikes than likes: only the score says so.
  return { ...counts, score: counts.score ?? likes, likes: Math.max(0, likes) };
}
