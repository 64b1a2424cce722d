import { fail } from '../errors.ts';
import type { Connection } from '../platforms/platform.ts';
import type { AccountSource } from '../store/profile.ts';
import type { ArchiveItem } from './archive.ts';
import { readSince } from './read-since.ts';
import type { Signal } from './signal.ts';
import type { Reading, Source } from './source.ts';

/** What is read with an account of ours, one source for each thing that is asked for. */
export function accountSources(
  from: AccountSource,
  platform: string,
  connect: () => Promise<Connection>,
  reading: Reading,
): readonly Source[] {
  const read = (
    what: string,
    open: (connection: Connection, since: number) => AsyncIterable<Signal> | undefined,
  ): Source => ({
    name: `${platform}/${from.account}:${what}`,
    async *read(cursor, keep) {
      const connection = await connect();
      yield* readSince(cursor, keep, reading, (since) => {
        const posts = open(connection, since);
        if (posts === undefined) throw cannot(`${platform}/${from.account}`, what);
        return posts;
      });
    },
  });
  return [
    ...(from.own ? [read('own', (connection, since) => connection.own?.(since))] : []),
    ...(from.mentions
      ? [read('mentions', (connection, since) => connection.mentions?.(since))]
      : []),
    ...from.search.map((query) =>
      read(`search:${query}`, (connection, since) => connection.search?.(query, since)),
    ),
    ...from.authors.map((author) =>
      read(`author:${author}`, (connection, since) => connection.timeline?.(author, since)),
    ),
    ...(from.listen === false ? [] : [streamOf(from, platform, connect, reading)]),
  ];
}

/** What the account hears as it is written, for as long as this run listens. */
function streamOf(
  { account, listen }: AccountSource,
  platform: string,
  connect: () => Promise<Connection>,
  { clock, listen: duration }: Reading,
): Source {
  const name = `${platform}/${account}:stream`;
  return {
    name,
    stream: true,
    async *read(cursor, keep, signal): AsyncGenerator<ArchiveItem> {
      const connection = await connect();
      if (connection.listen === undefined) throw cannot(`${platform}/${account}`, 'stream');
      yield* connection.listen({
        duration,
        clock,
        ...(cursor.resume !== undefined && { cursor: cursor.resume }),
        keep: (resume) => keep({ resume }),
        ...(signal && { signal }),
        ...(Array.isArray(listen) && { terms: listen }),
      });
    },
  };
}

function cannot(source: string, what: string) {
  const why = `its network offers no "${what.split(':', 1)[0] ?? what}" (see docs/platforms.md)`;
  return fail('SOURCE_FAILED', { source, why });
}
