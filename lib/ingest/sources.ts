import type { Profile } from '../store/profile.ts';
import { readSince, unseen } from './read-since.ts';
import type { Reading, Source } from './source.ts';

/** Every source that the profiles name, each once. */
export function sourcesOf(
  profiles: readonly Pick<Profile, 'sources'>[],
  reading: Reading,
): readonly Source[] {
  const sources = profiles.flatMap(({ sources: { feeds, jetstream, bluesky } }) => [
    ...feeds.map((url) => feedSource(url, reading)),
    ...bluesky.authors.map((actor) => authorSource(actor, reading)),
    ...bluesky.search.map((query) => searchSource(query, reading)),
    ...(jetstream ? [jetstreamSource(reading)] : []),
  ]);
  return [...new Map(sources.map((source) => [source.name, source])).values()];
}

export function feedSource(url: string, { fetch, clock }: Reading): Source {
  return {
    name: `feeds:${url}`,
    async *read(cursor, keep, signal) {
      const { readFeed } = await import('../platforms/feeds/read.ts');
      const around = { fetch, now: () => clock.now(), ...(signal && { signal }) };
      const { etag, modified } = cursor;
      const known = { ...(etag && { etag }), ...(modified && { modified }) };
      const found = await readFeed(url, known, around);
      const fresh = unseen(found.items, cursor);
      yield* fresh.items;
      if (!found.unchanged) keep({ ...found.cursor, seen: fresh.seen });
    },
  };
}

export function authorSource(actor: string, reading: Reading): Source {
  return {
    name: `bluesky:author:${actor}`,
    async *read(cursor, keep, signal) {
      const { readAuthor } = await import('../platforms/bluesky/read.ts');
      const around = { fetch: reading.fetch, ...(signal && { signal }) };
      yield* readSince(cursor, keep, reading, (since) => readAuthor(actor, since, around));
    },
  };
}

export function searchSource(query: string, reading: Reading): Source {
  return {
    name: `bluesky:search:${query}`,
    async *read(cursor, keep, signal) {
      const { searchPosts } = await import('../platforms/bluesky/read.ts');
      const around = { fetch: reading.fetch, ...(signal && { signal }) };
      yield* readSince(cursor, keep, reading, (since) => searchPosts(query, since, around));
    },
  };
}

export function jetstreamSource({ clock, listen }: Reading): Source {
  return {
    name: 'bluesky:jetstream',
    stream: true,
    async *read(cursor, keep, signal) {
      const { listenJetstream } = await import('../platforms/bluesky/read-jetstream.ts');
      yield* listenJetstream({
        duration: listen,
        clock,
        keep: (place) => keep({ place }),
        ...(cursor.place !== undefined && { cursor: cursor.place }),
        ...(signal && { signal }),
      });
    },
  };
}
