import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gist } from '../../lib/ingest/fingerprint.ts';
import { createMemory } from '../../lib/ingest/memory.ts';
import { createOnce } from '../../lib/ingest/once.ts';
import type { Signal } from '../../lib/ingest/signal.ts';

const signal = (id: string, text: string): Signal => ({
  id,
  network: 'archive',
  text,
  at: 0,
  tags: [],
});

describe('a memory', () => {
  it('knows the last numbers again, at least as many as it was made for', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 300 }),
        fc.integer({ min: 1, max: 30 }),
        (keys, capacity) => {
          const memory = createMemory(capacity);
          const seen: number[] = [];
          for (const key of keys) {
            const isNew = memory.add(key);
            const lately = [...new Set(seen.toReversed())].slice(0, capacity);
            // Never forgets too early, and never takes for known what never was there.
            if (lately.includes(key)) expect(isNew).toBe(false);
            if (!seen.includes(key)) expect(isNew).toBe(true);
            seen.push(key);
          }
        },
      ),
    );
  });
});

describe('every post once', () => {
  it('leaves out the same id and marks what says the same', () => {
    const once = createOnce();
    const text = 'Flood warning for the whole coast, move uphill now';
    expect(once.admit(signal('a', text))).toEqual(signal('a', text));
    expect(once.admit(signal('a', 'edited since'))).toBeUndefined();
    for (const copy of [
      `RT @somebody: ${text}`,
      `RT @b: RT @a: ${text} https://t.co/abc`,
      `${text.toUpperCase()}!!`,
    ])
      expect(once.admit(signal(copy, copy))).toMatchObject({ copy: true, text: copy });
    expect(once.admit(signal('e', 'Something else altogether happened'))).not.toHaveProperty(
      'copy',
    );
    expect(once.counts).toEqual({ signals: 5, malformed: 0, duplicates: 1, nearDuplicates: 3 });
  });

  it('takes no greeting for a copy of another', () => {
    const once = createOnce();
    once.admit(signal('a', 'Good morning'));
    expect(once.admit(signal('b', 'Good morning!'))).not.toHaveProperty('copy');
  });

  it('counts as many distinct ids as there are', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (ids) => {
        const once = createOnce();
        for (const id of ids) once.admit(signal(id, id));
        expect(once.counts.signals).toBe(new Set(ids).size);
        expect(once.counts.duplicates).toBe(ids.length - new Set(ids).size);
      }),
    );
  });

  it('tells texts apart that differ in a letter', () => {
    expect(gist('The bridge at Cork is closed')).not.toBe(gist('The bridge at York is closed'));
  });
});
