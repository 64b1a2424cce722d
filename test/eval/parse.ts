import {
  type PayloadKind,
  payloadKinds,
  type Reader,
  readerOf,
} from '../../lib/ingest/payloads/index.ts';
import type { Kind } from './kind.ts';
import { expectDiscord, expectTelegram } from './payloads/chat.ts';
import { type Expected, snaked } from './payloads/expected.ts';
import { expectFeed } from './payloads/feeds.ts';
import { expectJetstream } from './payloads/jetstream.ts';
import { expectMastodon } from './payloads/mastodon.ts';
import { expectReddit } from './payloads/reddit.ts';
import { objectsIn } from './payloads/objects.ts';
import { createTally } from './payloads/tally.ts';
import { expectX } from './payloads/x.ts';

/** What a raw object says by its network's own description, found without the product's help. */
const described: Readonly<Record<PayloadKind, (raw: unknown) => Expected[]>> = {
  x: (raw) => expectX(snaked(raw)),
  reddit: expectReddit,
  mastodon: (raw) => expectMastodon(snaked(raw)),
  jetstream: expectJetstream,
  telegram: expectTelegram,
  discord: (raw) => expectDiscord(snaked(raw)),
  rss: expectFeed,
};

export const kind: Kind = {
  what: 'Posts in raw objects of the networks: which arrive with text, author, time and every count',
  needs: ['kind', 'posts'],
  async evaluate({ kind: name = '', posts = '' }) {
    const chosen = payloadKinds.find((each) => each === name);
    if (chosen === undefined) {
      const why = `--kind ${name} is none of ${payloadKinds.join(', ')}`;
      throw Object.assign(new Error(why), { code: 'KIND' });
    }
    const read: Reader = await readerOf(chosen);
    const tally = createTally();
    for await (const { raw, where } of objectsIn(posts, chosen === 'rss'))
      if (raw === undefined) tally.unreadable(where);
      else tally.add(where, described[chosen](raw), read(raw, Date.now()));
    return tally.report();
  },
};
