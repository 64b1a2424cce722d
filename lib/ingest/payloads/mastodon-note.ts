import { signalOfStatus } from '../../platforms/mastodon/status.ts';
import type { Signal } from '../signal.ts';
import {
  type Counts,
  dateOf,
  type Json,
  listOf,
  numberOf,
  objectOf,
  objectsOf,
  stringOf,
} from './json.ts';
import { withMore } from './json.ts';

/** Kinds of objects that hold words somebody posted (ActivityStreams Vocabulary, W3C 2017). */
const kinds = new Set(['Note', 'Article', 'Question', 'Page']);

/**
 * A post as servers send it to each other, which is how Mastodon's archives keep it. `activity` is what it came in: who
 * made it and when may stand there alone.
 */
export function readNote(object: Json, activity: Json | undefined): Signal | undefined {
  const { type, content, name } = object;
  if (typeof type !== 'string' || !kinds.has(type)) return undefined;
  const words = stringOf(content) ?? stringOf(name);
  const written = dateOf(object.published) ?? dateOf(activity?.published);
  const id = stringOf(object.id) ?? stringOf(activity?.id);
  if (words === undefined || written === undefined || id === undefined) return undefined;
  const actor = stringOf(object.attributedTo) ?? stringOf(activity?.actor);
  const url = stringOf(object.url);
  const status = {
    id,
    uri: id,
    created_at: written,
    content: words,
    spoiler_text: stringOf(object.summary) ?? '',
    account: { acct: handleOf(actor ?? '') },
    tags: objectsOf(object.tag).flatMap((each) => {
      const tag = stringOf(each.name)?.replace(/^#/, '');
      return each.type === 'Hashtag' && tag !== undefined ? [{ name: tag }] : [];
    }),
    ...(url !== undefined && { url }),
    ...(languageOf(object.contentMap) !== undefined && { language: languageOf(object.contentMap) }),
  };
  const { author, ...signal } = signalOfStatus(status, '');
  return withMore(actor === undefined || author === undefined ? signal : { ...signal, author }, {
    counts: countsOf(object),
  });
}

/** `name@host` of `https://host/users/name`, `https://host/@name`; the address where it is another. */
function handleOf(actor: string): string {
  const url = URL.parse(actor);
  const name = /^\/(?:users\/|@|u\/)([\w.-]+)\/?$/.exec(url?.pathname ?? '')?.[1];
  return url && name !== undefined ? `${name}@${url.host}` : actor;
}

const languageOf = (map: unknown): string | undefined => Object.keys(objectOf(map) ?? {})[0];

function countsOf(object: Json): Counts {
  const sizes = (['likes', 'shares', 'replies'] as const).map((name) => {
    const collection = objectOf(object[name]);
    return numberOf(collection?.totalItems) ?? (listOf(collection?.items).length || undefined);
  });
  const [likes, reposts, replies] = sizes;
  return {
    ...(likes !== undefined && { likes }),
    ...(reposts !== undefined && { reposts }),
    ...(replies !== undefined && { replies }),
  };
}
