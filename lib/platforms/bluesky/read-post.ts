import type { Signal } from '../../ingest/signal.ts';
import { parseDate } from '../dates.ts';
import { hashtagsOf } from '../plain.ts';

const day = 86_400_000;

/** What is read of a post's record (lexicon app.bsky.feed.post); anything may be missing or wrong. */
interface PostRecord {
  text?: unknown;
  createdAt?: unknown;
  langs?: unknown;
  tags?: unknown;
  facets?: unknown;
  embed?: unknown;
}

/**
 * A post of a record, or why it is none. The text of a post that is only a picture is empty. `seenAt` (ms UTC) is when the network saw it: a `createdAt` more than a day
 * away from it, which clients may set at will, is not believed.
 */
export function signalOfRecord(
  did: string,
  rkey: string,
  value: unknown,
  seenAt: number,
  author = did,
): Signal | string {
  const record = (typeof value === 'object' && value !== null ? value : {}) as PostRecord;
  if (typeof record.text !== 'string') return 'it has no text';
  const text = record.text.normalize('NFC');
  const created = typeof record.createdAt === 'string' ? parseDate(record.createdAt) : NaN;
  const signal: Signal = {
    id: `bluesky:at://${did}/app.bsky.feed.post/${rkey}`,
    network: 'bluesky',
    text,
    at: Math.abs(created - seenAt) <= day ? Math.min(created, seenAt) : seenAt,
    author,
    tags: tagsOf(record, text),
    url: `https://bsky.app/profile/${did}/post/${rkey}`,
  };
  const links = linksOf(record).filter((link) => !text.includes(link));
  if (links.length > 0) signal.links = links;
  const language: unknown = Array.isArray(record.langs) ? record.langs[0] : undefined;
  if (typeof language === 'string') signal.language = language;
  return signal;
}

/** What its words link to, which the text shows shortened, and its card. */
function linksOf({ facets, embed }: PostRecord): readonly string[] {
  const features = (Array.isArray(facets) ? facets : []).flatMap((facet: unknown) => {
    const { features } = (facet ?? {}) as { features?: unknown };
    return Array.isArray(features) ? (features as unknown[]) : [];
  });
  const card = (embed as { external?: unknown } | null | undefined)?.external;
  const links = [...features, card].map(
    (each) => (each as { uri?: unknown } | null | undefined)?.uri,
  );
  return [...new Set(links)].filter(
    (link): link is string => typeof link === 'string' && /^https?:\/\//.test(link),
  );
}

/** Tags of the facets and of the record, and those that stand in the text unmarked. */
function tagsOf(record: PostRecord, text: string): readonly string[] {
  const facets: unknown[] = Array.isArray(record.facets) ? record.facets : [];
  const marked = facets.flatMap((facet) => {
    const features = (facet as { features?: unknown } | null)?.features;
    return (Array.isArray(features) ? features : []).map(
      (feature) => (feature as { tag?: unknown } | null)?.tag,
    );
  });
  const listed: unknown[] = Array.isArray(record.tags) ? record.tags : [];
  const named = [...marked, ...listed].flatMap((tag) =>
    typeof tag === 'string' ? [tag.replace(/^#/, '').toLowerCase()] : [],
  );
  return [...new Set([...named, ...hashtagsOf(text)])];
}
