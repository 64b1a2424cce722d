import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gist } from '../../lib/ingest/fingerprint.ts';
import { createMemory } from '../../lib/ingest/memory.ts';
import { createOnce, noCounts } from '../../lib/ingest/once.ts';
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

  it('marks what says nearly the same, and no report with another number', () => {
    const once = createOnce();
    const text = 'Flood warning for the whole coast, move uphill now and stay away from rivers';
    once.admit(signal('a', text));
    for (const copy of [
      `${text} - The Daily Example`,
      `Wow. RT @a: ${text} http://t.co/x`,
      `@mum ${text} please`,
      text.replace('whole ', ''),
    ])
      expect(once.admit(signal(copy, copy))).toMatchObject({ copy: true, text: copy });
    expect(once.counts.nearDuplicates).toBe(4);
    const toll = (dead: number) =>
      `The storm has killed ${dead} people in the north of the country, police say`;
    expect(once.admit(signal('x', toll(12)))).not.toHaveProperty('copy');
    expect(once.admit(signal('y', toll(31)))).not.toHaveProperty('copy');
  });

  it('marks templates, the same words to many names, and a regular rhythm', () => {
    const once = createOnce();
    const all = (texts: readonly string[], author: string, every?: number) =>
      texts.map((text, index) => {
        const at = every === undefined ? index * 100_000 + index * index * 9000 : index * every;
        return once.admit({ ...signal(`${text} ${author}`, text), at, author })?.marks;
      });
    const none = undefined;
    const price = (n: number) => `The price of one coin is now ${n} dollars, up ${n / 10} %`;
    const prices = [101, 202, 303, 404, 505].map(price);
    expect(all(prices, 'a')).toEqual([none, none, none, ['automated'], ['automated']]);
    const asked = ['x', 'y', 'z', 'q'].map((name) => `@${name} please just follow me back now`);
    expect(all(asked, 'b').at(-1)).toEqual(['spam']);
    const chat = ['Good morning', 'So tired', 'Lunch at last', 'Rain again', 'Home', 'Night all'];
    expect(all(chat, 'c')).toEqual(chat.map(() => none));
    expect(all(chat, 'd', 3_600_000).at(-1)).toEqual(['automated']);
  });

  it('takes no greeting for a copy of another', () => {
    const once = createOnce();
    once.admit(signal('a', 'Good morning'));
    expect(once.admit(signal('b', 'Good morning!'))).not.toHaveProperty('copy');
  });

  it('counts as many distinct ids as there are', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (ids) => {
        const once = createOnce(noCounts(), 1000);
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
