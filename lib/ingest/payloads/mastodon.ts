import { signalOfStatus, type Told } from '../../platforms/mastodon/status.ts';
import type { Count, Signal } from '../signal.ts';
import {
  countsIn,
  type Counts,
  dateOf,
  hashOf,
  idOf,
  type Json,
  objectOf,
  objectsOf,
  stringOf,
  withMore,
} from './json.ts';
import { readNote } from './mastodon-note.ts';
import { snakeObjectsIn } from './walk.ts';

/**
 * Statuses of Mastodon and of what speaks its API: alone, in timelines, threads, searches, notifications, reports and frames of
 * its stream, those they repost or quote, earlier versions, and those of an archive a person asked for. What is only
 * planned is none.
 */
export function readMastodon(raw: unknown): Signal[] {
  return snakeObjectsIn(raw).flatMap(({ object, parent }) => {
    const note = readNote(object, parent);
    if (note !== undefined) return [note];
    const status = statusOf(object);
    if (status === undefined) return [];
    const signal = signalOfStatus(status, hostOf(object));
    return withMore(signal, {
      counts: countsOf(object),
      links: [stringOf(objectOf(object.card)?.url) ?? ''],
      copy: objectOf(object.reblog) !== undefined,
    });
  });
}

function statusOf(object: Json): Told | undefined {
  const account = objectOf(object.account);
  const acct = stringOf(account?.acct);
  const created_at = dateOf(object.created_at);
  const words = contentOf(object) ?? contentOf(objectOf(object.reblog) ?? {});
  if (acct === undefined || created_at === undefined || words === undefined) return undefined;
  // Earlier versions of a status have no number of their own.
  const id = idOf(object.id) ?? hashOf(acct, created_at, words);
  const url = stringOf(object.url);
  const uri = stringOf(object.uri);
  const language = stringOf(object.language);
  return {
    id,
    created_at,
    content: words,
    spoiler_text: stringOf(object.spoiler_text) ?? '',
    account: { acct, bot: account?.bot === true },
    tags: objectsOf(object.tags).flatMap((each) => {
      const name = stringOf(each.name);
      return name === undefined ? [] : [{ name }];
    }),
    ...(url !== undefined && { url }),
    ...(uri !== undefined && { uri }),
    ...(language !== undefined && { language }),
  };
}

/** HTML, or what its author typed where the server gives that alone, as it does when a status is taken back. */
function contentOf({ content, text, reblog }: Json): string | undefined {
  if (typeof content === 'string') return content;
  if (typeof text !== 'string' || (text === '' && objectOf(reblog))) return undefined;
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/\n/g, '<br>');
}

/** Where an account without a host in its name is at home: the instance that was asked. */
function hostOf({ account, url, uri }: Json): string {
  const addresses = [objectOf(account)?.url, objectOf(account)?.uri, url, uri];
  const hosts = addresses.map((each) => URL.parse(stringOf(each) ?? '')?.host ?? '');
  return hosts.find((each) => each !== '') ?? 'localhost';
}

const ofStatus: readonly (readonly [string, Count])[] = [
  ['favourites_count', 'likes'],
  ['reblogs_count', 'reposts'],
  ['replies_count', 'replies'],
  ['quotes_count', 'quotes'],
];

const ofAccount: readonly (readonly [string, Count])[] = [
  ['followers_count', 'followers'],
  ['following_count', 'following'],
  ['statuses_count', 'posts'],
];

const ofPoll: readonly (readonly [string, Count])[] = [
  ['votes_count', 'votes'],
  ['voters_count', 'voters'],
];

function countsOf(object: Json): Counts {
  const counts = countsIn(objectOf(object.poll), ofPoll, countsIn(object, ofStatus));
  return countsIn(objectOf(object.account), ofAccount, counts);
}
