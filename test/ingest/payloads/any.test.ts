import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type PayloadKind,
  payloadKinds,
  type Reader,
  readerOf,
} from '../../../lib/ingest/payloads/index.ts';
import { kindOf } from '../../../lib/ingest/payloads/recognise.ts';
import type { Signal } from '../../../lib/ingest/signal.ts';
import { raws } from './raws.ts';

const readers = new Map<PayloadKind, Reader>();
beforeAll(async () => {
  for (const kind of payloadKinds) readers.set(kind, await readerOf(kind));
});

/** What everybody may rely on (lib/ingest/signal.ts). */
function hold(signals: readonly Signal[]): void {
  const ids = signals.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const signal of signals) {
    const { id, network, text, at, author, url, tags, language, links, counts, copy } = signal;
    expect(id.startsWith(`${network}:`)).toBe(true);
    expect(text).toBe(text.normalize('NFC'));
    expect(Number.isInteger(at) && at >= 0).toBe(true);
    for (const each of [author, language, signal.channel, signal.byline])
      if (each !== undefined) expect(typeof each).toBe('string');
    for (const each of [...(url === undefined ? [] : [url]), ...(links ?? [])])
      expect(each).toMatch(/^https?:\/\//);
    for (const tag of tags) expect([tag, tag.startsWith('#')]).toEqual([tag.toLowerCase(), false]);
    for (const [name, count] of Object.entries(counts ?? {}))
      expect([name, Number.isFinite(count)]).toEqual([name, true]);
    expect(copy === undefined || copy).toBe(true);
    expect(JSON.parse(JSON.stringify(signal))).toEqual(signal);
  }
}

/** A real raw object in which some values are others, or gone. */
const damaged = fc
  .record({
    raw: fc.constantFrom(...raws),
    seed: fc.infiniteStream(fc.nat()),
    junk: fc.jsonValue(),
    rate: fc.constantFrom(3, 10, 40),
  })
  .map(({ raw, seed, junk, rate }) => {
    const pick = (): number => Number(seed.next().value);
    const spoil = (value: unknown): unknown => {
      if (pick() % rate === 0)
        return [junk, null, '', 0, -1, 1e300, '\uD800', [value], { value }][pick() % 9];
      if (Array.isArray(value)) return value.map(spoil);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, spoil(each)]));
    };
    return spoil(raw);
  });

describe('whatever JSON comes', () => {
  it('never throws, and gives signals that hold', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(...payloadKinds), (raw, kind) => {
        kindOf(raw);
        hold(readers.get(kind)!(raw));
      }),
    );
  });

  it('never throws when real objects are damaged, whosever they are', () => {
    fc.assert(
      fc.property(damaged, (raw) => {
        kindOf(raw);
        for (const read of readers.values()) hold(read(raw));
      }),
      { numRuns: 400 },
    );
  });

  it('may be as deep as it likes', () => {
    let raw: unknown = raws[0];
    for (let depth = 0; depth < 20_000; depth += 1) raw = depth % 2 === 0 ? [raw] : { data: raw };
    for (const kind of payloadKinds.filter((each) => each !== 'rss'))
      expect(() => readers.get(kind)!(raw)).not.toThrow();
    expect(readers.get('x')!(raw)).toHaveLength(1);
  });

  it('gives each post once, however it is wrapped', () => {
    for (const raw of raws)
      for (const read of readers.values()) {
        const alone = read(raw);
        hold(alone);
        expect(read([raw, { response: raw }])).toEqual(alone);
        if (!JSON.stringify(raw).startsWith('{"event"'))
          expect(read({ uri: '', status: 200, response: JSON.stringify(raw) })).toEqual(alone);
      }
  });

  it('may have been renamed by a client that writes names like this: createdAt', () => {
    for (const raw of raws) {
      const kind = kindOf(raw) ?? 'rss';
      if (!['x', 'mastodon', 'discord'].includes(kind)) continue;
      const text = JSON.stringify(raw).replace(/"\w+":/g, (name) =>
        name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      );
      expect(readers.get(kind)!(JSON.parse(text))).toEqual(readers.get(kind)!(raw));
    }
  });

  it('is recognised by its looks', () => {
    const known = raws.map((raw) => kindOf(raw));
    expect(new Set(known)).toEqual(new Set(payloadKinds.filter((kind) => kind !== 'rss')));
    for (const raw of raws) {
      const kind = kindOf(raw);
      expect([kind, kind && readers.get(kind)!(raw).length > 0]).toEqual([kind, true]);
    }
    for (const other of [1, 'x', null, [], {}, { id: 1, t: 1, x: 'a' }, { id: '1', title: 'a' }])
      expect(kindOf(other)).toBeUndefined();
  });
});
