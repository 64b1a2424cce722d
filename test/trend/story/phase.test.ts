import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMalformed, readArchive } from '../../../lib/ingest/archive.ts';
import { type Curve, curveOf } from '../../../lib/trend/story/curve.ts';
import { durationOf } from '../../../lib/trend/story/duration.ts';
import { type Phase, phaseOf, phases } from '../../../lib/trend/story/phase.ts';
import { shared } from '../../shared.ts';
import { hour, start } from '../posts.ts';

/** Phases hour by hour of posts whose numbers by the hour are these. */
function phasesOf(counts: readonly number[], remember = true): Phase[] {
  const found: Phase[] = [];
  const from = start / hour;
  for (let n = 1; n <= counts.length; n++) {
    const curve = {
      from: from + Math.max(0, n - 48),
      counts: counts.slice(Math.max(0, n - 48), n),
    };
    found.push(phaseOf(curve, start + n * hour, remember ? found.at(-1) : undefined));
  }
  return found;
}
const changes = (all: readonly Phase[]) =>
  all.filter((each, n) => n > 0 && each !== all[n - 1]).length;

describe('the phase of a trend', () => {
  it('goes from emerging over peaking to fading, and up again at a new top', () => {
    expect(phasesOf([5, 8, 20, 40, 60, 60, 58, 55, 30, 12, 4, 1, 0])).toEqual([
      ...Array.from({ length: 8 }, () => 'emerging'),
      ...Array.from({ length: 2 }, () => 'peaking'),
      ...Array.from({ length: 3 }, () => 'fading'),
    ]);
    expect(phasesOf([10, 40, 40, 5, 2, 1, 20, 90, 120]).slice(-3)).toEqual([
      'fading',
      'emerging',
      'emerging',
    ]);
  });

  it('takes the hour that runs for as long as it lasted', () => {
    const curve = { from: start / hour, counts: [30, 30, 30, 30, 30, 30, 15] };
    expect(phaseOf(curve, start + 6.5 * hour, 'peaking')).toBe('peaking');
    const counts = [30, 30, 30, 30, 30, 0, 2];
    expect(phaseOf({ ...curve, counts }, start + 7 * hour)).toBe('fading');
    expect(phaseOf({ ...curve, counts }, start + 6.1 * hour)).toBe('peaking');
  });

  it('is one of three for every curve and every time', () => {
    const curve = fc.record({
      from: fc.integer({ min: -10, max: 1_000_000 }),
      counts: fc.array(fc.nat(10_000), { minLength: 1, maxLength: 48 }),
    });
    fc.assert(
      fc.property(
        curve,
        fc.integer({ min: -100, max: 400 }),
        fc.option(fc.constantFrom(...phases), { nil: undefined }),
        (each: Curve, hours, before) => {
          const now = (each.from + each.counts.length) * hour + (hours * hour) / 4;
          expect(phases).toContain(phaseOf(each, now, before));
        },
      ),
    );
  });

  it('of real disasters emerges with the news, ends fading, and flickers less with a memory', async () => {
    const times = new Map<string, number[]>();
    for await (const item of readArchive(shared('data/trends/crisislex_t6.ndjson.gz'))) {
      if (isMalformed(item)) continue;
      for (const tag of item.tags) times.set(tag, [...(times.get(tag) ?? []), item.at]);
    }
    const curves = ['westtx', 'prayforboston', 'yycflood', 'bigwet', 'prayforoklahoma'].map(
      (tag) => {
        const posts = (times.get(tag) ?? []).sort((a, b) => a - b);
        const first = Math.floor((posts[0] ?? 0) / hour);
        return Array.from(
          { length: 96 },
          (_, n) => posts.filter((at) => Math.floor(at / hour) === first + n).length,
        );
      },
    );
    let [steady, plain] = [0, 0];
    for (const counts of curves) {
      const found = phasesOf(counts);
      steady += changes(found);
      plain += changes(phasesOf(counts, false));
      expect(found.indexOf('emerging')).toBeLessThan(12);
      expect(found.slice(-12).every((phase) => phase === 'fading')).toBe(true);
    }
    expect(steady).toBeLessThan(plain);
    expect(steady / curves.length).toBeLessThan(10);
  });
});

describe('how long a trend lasts', () => {
  it.each([
    ['flash', [1, 0, 30, 20, 1, 1, 0, 1, 1]],
    ['story', Array.from({ length: 20 }, () => 5)],
    ['lasting', Array.from({ length: 48 }, () => 5)],
    ['flash', [4]],
  ])('is a %s', (kind, counts) => expect(durationOf({ from: 0, counts })).toBe(kind));
});

describe('a curve', () => {
  it('counts every post of its last 48 hours once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 80 * hour }), { minLength: 1 }), (ats) => {
        const curve = curveOf(ats);
        const last = Math.floor(Math.max(...ats) / hour);
        const held = ats.filter((at) => Math.floor(at / hour) > last - 48);
        expect(curve?.counts.reduce((a, b) => a + b, 0)).toBe(held.length);
        expect((curve?.from ?? 0) + (curve?.counts.length ?? 0)).toBe(last + 1);
      }),
    );
  });
});
