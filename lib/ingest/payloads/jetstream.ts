import { frameOf } from '../../platforms/bluesky/read-frame.ts';
import { signalOfRecord } from '../../platforms/bluesky/read-post.ts';
import { parseDate } from '../../platforms/dates.ts';
import type { Count, Signal } from '../signal.ts';
import { countsIn, type Json, objectOf, stringOf, withMore } from './json.ts';
import { objectsIn } from './walk.ts';

/**
 * Posts of Bluesky: new ones in frames of Jetstream (version 1), those that its API shows, and records alone. Deletions,
 * likes, follows, and news of accounts hold none.
 */
export function readJetstream(raw: unknown): Signal[] {
  return objectsIn(raw).flatMap(({ object }) => {
    if ('time_us' in object) return frameOf(object).signal ?? [];
    return viewOf(object) ?? [];
  });
}

const address = /^at:\/\/([^/]+)\/app\.bsky\.feed\.post\/([^/]+)$/;

/** A post as the API shows it (app.bsky.feed.defs, embed.record), or as a repository keeps it (com.atproto.repo). */
function viewOf(object: Json): Signal | undefined {
  const [, did = '', rkey = ''] = address.exec(stringOf(object.uri) ?? '') ?? [];
  const record = objectOf(object.record) ?? objectOf(object.value);
  if (rkey === '' || record === undefined) return undefined;
  const author = objectOf(object.author);
  const name = stringOf(author?.handle) ?? did;
  const seen = parseDate(stringOf(object.indexedAt) ?? stringOf(record.createdAt) ?? '');
  const signal = signalOfRecord(stringOf(author?.did) ?? did, rkey, record, seen, name);
  if (typeof signal === 'string') return undefined;
  return withMore(signal, { counts: countsIn(author, ofAuthor, countsIn(object, ofPost)) });
}

const ofPost: readonly (readonly [string, Count])[] = [
  ['likeCount', 'likes'],
  ['repostCount', 'reposts'],
  ['replyCount', 'replies'],
  ['quoteCount', 'quotes'],
  ['bookmarkCount', 'bookmarks'],
];

const ofAuthor: readonly (readonly [string, Count])[] = [
  ['followersCount', 'followers'],
  ['followsCount', 'following'],
  ['postsCount', 'posts'],
];
