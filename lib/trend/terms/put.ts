import type { TextEntity } from './entities.ts';
import { exactInto, finish, finishLow, foldInto } from './hash.ts';
import { Kind } from './kinds.ts';
import { normaliseLink } from './link.ts';
import { holds, put, type Terms } from './list.ts';
import { bareTag } from './write.ts';

const lanes = { low: 0, high: 0 };

/** Puts the tags and links a network gave, each once. A tag that begins with `$` is a cashtag. */
export function putGiven(
  terms: Terms,
  tags: readonly string[],
  links: readonly string[] = [],
): void {
  for (let index = 0; index < tags.length; index++) {
    const tag = tags[index] ?? '';
    const kind = tag.startsWith('$') ? Kind.cashtag : Kind.hashtag;
    const name = kind === Kind.cashtag ? tag.slice(1) : bareTag(tag);
    if (name === '') continue;
    foldInto(lanes, name, 0, name.length);
    putOnce(terms, terms.count, -1, index, kind);
  }
  for (let index = 0; index < links.length; index++) {
    const link = normaliseLink((links[index] ?? '').trim());
    if (link === '') continue;
    exactInto(lanes, link);
    putOnce(terms, terms.count, -2, index, Kind.link);
  }
}

/** Puts an entity of a text, unless one of the first `given` terms is the same. */
export function putEntity(terms: Terms, given: number, text: string, entity: TextEntity): void {
  const { kind, start } = entity;
  let { end } = entity;
  if (kind === Kind.link) exactInto(lanes, normaliseLink(text.slice(start, end)));
  else {
    // A list belongs to somebody: who it is counts.
    const slash = kind === Kind.mention ? text.indexOf('/', start) : -1;
    if (slash !== -1 && slash < end) end = slash;
    foldInto(lanes, text, start + 1, end);
  }
  putOnce(terms, given, start, end, kind);
}

function putOnce(terms: Terms, among: number, start: number, end: number, kind: number): void {
  const low = finishLow(lanes.low, kind);
  const high = finish(lanes.high, kind);
  if (!holds(terms, among, low, high)) put(terms, low, high, start, end, kind);
}
