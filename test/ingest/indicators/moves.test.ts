import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { movesOf } from '../../../lib/ingest/indicators/moves.ts';
import type { Point } from '../../../lib/ingest/indicators/rows.ts';
import { sayMove, signalOfMove } from '../../../lib/ingest/indicators/signal.ts';
import { indicatorSchema } from '../../../lib/store/indicator.ts';

const hour = 3_600_000;
const start = Date.UTC(2026, 10, 1);
const price = indicatorSchema.parse({
  name: 'gold-price',
  title: 'Gold price',
  about: 'gold',
  unit: 'USD',
  url: 'https://www.metals.example/api',
  value: 'price',
});

/** Ten days of small ups and downs, the same every time. */
const calm = (hours = 240): Point[] =>
  Array.from({ length: hours }, (_, n) => ({
    at: start + n * hour,
    value: 2000 * (1 + 0.002 * Math.sin(n * 12.9898) + 0.001 * Math.sin(n * 78.233)),
    volume: 100 + 20 * Math.sin(n * 3.7),
  }));
const then = (points: readonly Point[], factor: number, volume = 100): Point[] => [
  ...points,
  { at: start + points.length * hour, value: (points.at(-1)?.value ?? 0) * factor, volume },
];

describe('a move', () => {
  it('is what is far outside of the indicator’s own past', () => {
    expect(movesOf(calm(), price)).toEqual([]);
    const [up, ...others] = movesOf(then(calm(), 1.07, 330), price);
    expect(up).toMatchObject({ kind: 'value', over: hour, span: hour, about: 'gold' });
    expect(up?.change).toBeCloseTo(0.07, 3);
    expect(up?.z).toBeGreaterThan(5);
    expect(up?.volume).toBeCloseTo(3.3, 1);
    // A day has moved as much, and is as unusual.
    expect(others.map(({ over }) => over)).toEqual([24 * hour]);
    const [down] = movesOf(then(calm(), 0.9), price);
    expect(down?.change).toBeLessThan(-0.09);
    expect(down?.z).toBeLessThan(-5);
  });

  it('says its number, how long it took, its time, its source and what is usual', () => {
    const [up] = movesOf(then(calm(), 1.07, 330), price);
    const text = sayMove(up!, price);
    expect(text).toMatch(
      /^Gold price up 7 % in 1 hour to 2,1\d\d USD \(00:00 UTC on 11 Nov 2026\); the usual change is 0\.\d+ %, volume 3\.3 times usual\. Source: metals\.example$/,
    );
    expect(text.length).toBeLessThan(200);
    const late = { ...up!, span: 80 * 60_000, volume: undefined };
    expect(sayMove(late, price)).toContain('in 80 minutes');
    expect(sayMove(late, price)).not.toContain('volume');
  });

  it('is one signal for as long as its time span lasts', () => {
    const [up] = movesOf(then(calm(), 1.07), price);
    const id = signalOfMove(up!, price).id;
    expect(signalOfMove({ ...up!, at: up!.at + hour / 2, z: 9 }, price).id).toBe(id);
    expect(signalOfMove({ ...up!, at: up!.at + hour }, price).id).not.toBe(id);
    expect(signalOfMove({ ...up!, change: -0.1 }, price).id).not.toBe(id);
  });

  it('may be one of the volume alone', () => {
    const [move, ...others] = movesOf(then(calm(), 1, 900), price);
    expect(others).toEqual([]);
    expect(move).toMatchObject({ kind: 'volume' });
    expect(sayMove(move!, price)).toMatch(/^Gold price: volume 9 times usual in 24 hours until /);
  });

  it('needs a past: nothing is unusual on the first days', () => {
    expect(movesOf(then(calm(20), 1.5), price)).toEqual([]);
    const week = movesOf(then(calm(100), 1.5), price);
    expect(week.map(({ over }) => over)).toEqual([hour]);
    expect(movesOf([], price)).toEqual([]);
  });

  it('of a value that never moved is judged by its size', () => {
    const peg = calm().map(({ at }) => ({ at, value: 1 }));
    expect(movesOf(peg, price)).toEqual([]);
    expect(movesOf(then(peg, 1.005), price)).toEqual([]);
    expect(movesOf(then(peg, 0.96), price)[0]).toMatchObject({ z: -99, over: hour });
  });

  it('is not hidden by moves of the past, nor found where hours are missing', () => {
    const wild = calm().map((point, n) => (n % 40 === 7 ? { ...point, value: 2500 } : point));
    expect(movesOf(then(wild, 1.07), price)[0]?.over).toBe(hour);
    const gap = calm();
    gap.splice(-3);
    const alone = { at: start + 240 * hour, value: 2100 };
    expect(movesOf([...gap, alone], price).map(({ over }) => over)).toEqual([24 * hour]);
  });

  it('is the same whatever the unit, and the same every time', () => {
    const factor = fc.double({ min: 0.5, max: 2, noNaN: true });
    const scale = fc.constantFrom(0.001, 4, 1024, 65_536);
    fc.assert(
      fc.property(factor, scale, (change, unit) => {
        const points = then(calm(), change);
        const moves = movesOf(points, price);
        expect(movesOf(points, price)).toEqual(moves);
        const other = movesOf(
          points.map((point) => ({ ...point, value: point.value * unit })),
          price,
        );
        expect(other.map(({ over }) => over)).toEqual(moves.map(({ over }) => over));
        for (const [n, { z }] of other.entries()) expect(z).toBeCloseTo(moves[n]?.z ?? 0, 6);
        for (const { change: share, z } of moves) {
          expect(Math.abs(share) * 100).toBeGreaterThanOrEqual(price.least);
          expect(Math.sign(share)).toBe(Math.sign(z));
        }
      }),
      { numRuns: 60 },
    );
  });
});
