import { z } from 'zod';
import type { Platform } from '../platform.ts';

/** Web pages: read only, without an account. */
export const pages: Platform = {
  name: 'pages',
  title: 'Web pages',
  credentials: [],
  settings: z.strictObject({
    url: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe('Address of the page, where no other is asked for'),
  }),
  keyed: false,
  grace: 0,
  connect: (account, { now }) =>
    Promise.resolve({
      /** The page at this address, or at the account's, as one signal; none when it says it is older. */
      async *timeline(author, since) {
        const { readPage, signalOf } = await import('./read.ts');
        const own = typeof account.url === 'string' ? account.url : author;
        const url = URL.canParse(author) ? author : own;
        const signal = signalOf(await readPage(url), now());
        if (signal.at >= since) yield signal;
      },
    }),
};
