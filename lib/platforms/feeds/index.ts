import type { Platform } from '../platform.ts';

/** RSS, Atom, RDF and JSON Feed: read only, without an account. What is read is in `read.ts`. */
export const feeds: Platform = {
  name: 'feeds',
  title: 'Feeds',
  credentials: [],
  keyed: false,
  grace: 0,
  connect: (account, { fetch, now }) =>
    Promise.resolve({
      /** Items of the feed at the account's `url` since then, newest first. */
      async *timeline(_author, since) {
        const { readFeed } = await import('./read.ts');
        const { items } = await readFeed(String(account.url), {}, { fetch, now });
        const signals = items.flatMap((item) => ('malformed' in item ? [] : [item]));
        yield* signals.filter(({ at }) => at >= since).sort((a, b) => b.at - a.at);
      },
    }),
};
