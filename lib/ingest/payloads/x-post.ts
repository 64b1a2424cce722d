import type { Tweet } from '../../platforms/x/read-post.ts';
import type { Count } from '../signal.ts';
import {
  countsIn,
  type Counts,
  dateOf,
  idOf,
  type Json,
  objectOf,
  objectsOf,
  stringOf,
} from './json.ts';

const number = /^\d{1,19}$/;

/**
 * The words of a post: v1.1 cut them at 140 characters in `text` and kept the rest elsewhere, v2 does so with notes above
 * 280 (docs.x.com: "Tweet updates", object model of `note_tweet`).
 */
export function wordsOf(object: Json): string | undefined {
  const note = noteOf(object);
  return (
    stringOf(note?.text) ??
    stringOf(objectOf(object.extended_tweet)?.full_text) ??
    stringOf(object.full_text) ??
    stringOf(object.text)
  );
}

/** What is longer than 280; named anew in September 2026, and otherwise by X's own pages. */
const noteOf = ({ note_tweet, note_post, note_tweet_results }: Json) =>
  objectOf(note_tweet) ??
  objectOf(note_post) ??
  objectOf(
    objectOf(objectOf(note_tweet_results)?.note_tweet_results)?.result ??
      objectOf(note_tweet_results)?.result,
  );

/** Number of a post; undefined for all that is none: accounts, spaces, lists, private messages. */
export function postIdOf(object: Json): string | undefined {
  if (wordsOf(object) === undefined) return;
  if ('event_type' in object || 'dm_conversation_id' in object || 'recipient_id' in object) return;
  const found = idOf(object.id_str) ?? idOf(object.id);
  return found !== undefined && number.test(found) ? found : undefined;
}

/** A raw post of v1.1 or v2 as the fields of v2. */
export function tweetOf(object: Json, id: string, author: string | undefined): Tweet {
  const outer = objectOf(object.extended_tweet) ?? object;
  const entities = [
    objectOf(outer.entities),
    objectOf(noteOf(object)?.entities ?? noteOf(object)?.entity_set),
  ];
  const tags = entities.flatMap((each) => objectsOf(each?.hashtags));
  const lang = stringOf(object.lang);
  return {
    id,
    text: wordsOf(object) ?? '',
    created_at: timeOf(object),
    entities: {
      urls: [...entities.flatMap((each) => objectsOf(each?.urls)).map(linkOf), ...mediaOf(outer)],
      hashtags: tags.flatMap((each) => {
        const tag = stringOf(each.tag) ?? stringOf(each.text);
        return tag === undefined ? [] : [{ tag }];
      }),
    },
    ...(author !== undefined && { author_id: author }),
    ...(lang !== undefined && { lang }),
  };
}

/** Streams of v1.1 tell milliseconds apart. */
function timeOf({ timestamp_ms, created_at }: Json): string | undefined {
  const ms = Number(timestamp_ms ?? NaN);
  return ms > 0 && ms < 8e15 ? new Date(ms).toISOString() : dateOf(created_at);
}

type Link = NonNullable<NonNullable<Tweet['entities']>['urls']>[number];

function linkOf(each: Json): Link {
  const expanded = stringOf(each.unwound_url) ?? stringOf(each.expanded_url);
  const media = stringOf(each.media_key);
  return {
    url: stringOf(each.url) ?? '',
    ...(expanded !== undefined && { expanded_url: expanded }),
    ...(media !== undefined && { media_key: media }),
  };
}

/** Pictures, whose short links v1.1 keeps apart from other links. */
const mediaOf = (object: Json): readonly Link[] =>
  [objectOf(object.entities), objectOf(object.extended_entities)]
    .flatMap((each) => objectsOf(each?.media))
    .flatMap((each) => {
      const url = stringOf(each.url);
      return url === undefined ? [] : [{ url, media_key: 'media' }];
    });

const ofPost: readonly (readonly [string, Count])[] = [
  ['favorite_count', 'likes'],
  ['like_count', 'likes'],
  ['retweet_count', 'reposts'],
  ['repost_count', 'reposts'],
  ['reply_count', 'replies'],
  ['quote_count', 'quotes'],
  ['bookmark_count', 'bookmarks'],
  ['impression_count', 'views'],
  ['view_count', 'views'],
  ['url_link_clicks', 'clicks'],
  ['user_profile_clicks', 'visits'],
];

const ofAuthor: readonly (readonly [string, Count])[] = [
  ['followers_count', 'followers'],
  ['friends_count', 'following'],
  ['following_count', 'following'],
  ['listed_count', 'listed'],
  ['statuses_count', 'posts'],
  ['tweet_count', 'posts'],
  ['post_count', 'posts'],
  ['favourites_count', 'liked'],
  ['like_count', 'liked'],
  ['media_count', 'media'],
];

/** Every number the post and its author come with. */
export function countsOf(object: Json, author: Json | undefined, around?: Json): Counts {
  const counts = countsIn(object, ofPost);
  for (const metrics of ['public_metrics', 'organic_metrics', 'non_public_metrics'])
    countsIn(objectOf(object[metrics]), ofPost, counts);
  countsIn(objectOf(around?.views) ?? objectOf(object.ext_views), [['count', 'views']], counts);
  countsIn(author, ofAuthor, counts);
  return countsIn(objectOf(author?.public_metrics), ofAuthor, counts);
}
