import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readerOf } from '../../../lib/ingest/payloads/index.ts';
import type { Signal } from '../../../lib/ingest/signal.ts';
import { kind } from '../../eval/parse.ts';
import { createTally } from '../../eval/payloads/tally.ts';
import { expectX } from '../../eval/payloads/x.ts';
import { shared } from '../../shared.ts';
import { linesOf, slice } from './slice.ts';

/** Real recordings, at most so many raw objects of each, and how many posts they hold by the judge of `npm run eval`. */
const recordings: readonly (readonly [name: string, file: string, most: number, posts: number])[] =
  [
    ['x', 'x_responses.ndjson.gz', 100, 285],
    ['x', 'x_v11_stocknet_6000.ndjson.gz', 400, 487],
    ['reddit', 'reddit_listings.ndjson.gz', 30, 1389],
    ['mastodon', 'mastodon_responses.ndjson.gz', 441, 351],
    ['jetstream', 'jetstream_v1_150frames.jsonl', 152, 17],
    ['telegram', 'telegram_updates.ndjson', 14, 4],
    ['telegram', 'telegram_messages.ndjson', 38, 6],
    ['discord', 'discord_gateway_events.ndjson.gz', 83, 4],
  ];

describe('real raw objects', () => {
  it.each(recordings)('of %s (%s) give every post right', async (name, file, most, posts) => {
    const path = slice(shared(join('data/payloads', file)), most);
    const { metrics, lines } = await kind.evaluate({ kind: name, posts: path });
    expect(lines?.filter((line) => line.startsWith('/'))).toEqual([]);
    expect(metrics).toEqual({ right: 1, posts, extra: 0 });
  });

  it('of feeds give every item right, in all formats', async () => {
    const folder = shared('data/payloads/rss');
    const { metrics, lines } = await kind.evaluate({ kind: 'rss', posts: folder });
    expect(metrics).toEqual({ right: 1, posts: 239, extra: 0 });
    expect(lines).toContain(`${readdirSync(folder).length} raw objects, 1 of them without a post`);
  });

  it('are judged by somebody who notices what is missing or changed', async () => {
    const [line = ''] = linesOf(shared('data/payloads/x_v11_stocknet_6000.ndjson.gz'), 1);
    const raw: unknown = JSON.parse(line);
    const [signal, original] = (await readerOf('x'))(raw);
    const rightOf = (...found: Signal[]) => {
      const tally = createTally();
      tally.add('', expectX(raw), found);
      return tally.report().metrics.right;
    };
    expect(rightOf(signal!, original!)).toBe(1);
    expect(rightOf(signal!)).toBe(0.5);
    const { author: _, ...nobodys } = signal!;
    for (const wrong of [
      nobodys,
      { ...signal!, text: `${signal!.text.slice(0, 80)}…` },
      { ...signal!, at: signal!.at + 60_000 },
      { ...signal!, counts: { ...signal!.counts, followers: 0 } },
      { ...signal!, links: [], text: signal!.text.replace(/https?:\S+/, '') },
    ])
      expect(rightOf(wrong, original!)).toBe(0.5);
    expect(rightOf(signal!, original!, { ...signal!, id: 'x:1' })).toBeCloseTo(2 / 3);
  });
});
