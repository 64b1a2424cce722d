import { describe, expect, it } from 'vitest';
import { fail } from '../../lib/errors.ts';
import type { Cursor, Cursors } from '../../lib/ingest/cursors.ts';
import { ingest } from '../../lib/ingest/ingest.ts';
import { isDue, pressed, recovered } from '../../lib/ingest/pace.ts';
import type { Source } from '../../lib/ingest/source.ts';

const minute = 60_000;

describe('the pause of a source', () => {
  it('doubles under pressure, to six hours at most, and shrinks by a quarter', () => {
    const pauses: number[] = [];
    let cursor: Cursor = {};
    for (let n = 0; n < 9; n += 1) {
      cursor = pressed(cursor, 0);
      pauses.push((cursor.pause ?? 0) / minute);
    }
    expect(pauses).toEqual([5, 10, 20, 40, 80, 160, 320, 360, 360]);
    const steps: number[] = [];
    for (let n = 0; n < 40 && cursor.pause !== undefined; n += 1) {
      cursor = recovered(cursor, 0);
      steps.push(n);
    }
    expect(steps.length).toBeGreaterThan(10);
    expect(cursor).toEqual({});
  });

  it('lasts at least as long as the network said', () => {
    const cursor = pressed({ place: 7 }, 1000, 99 * minute);
    expect(cursor).toMatchObject({ place: 7, next: 99 * minute });
    expect([isDue(cursor, 99 * minute - 1), isDue(cursor, 99 * minute)]).toEqual([false, true]);
  });
});

it('a source under pressure is left alone, read again, and keeps its place', async () => {
  let down = true;
  let asked = 0;
  const source: Source = {
    name: 'one',
    // eslint-disable-next-line @typescript-eslint/require-await
    async *read(cursor, keep) {
      asked += 1;
      keep({ place: (cursor.place ?? 0) + 1 });
      if (down) throw fail('SOURCE_FAILED', { source: 'one', why: 'it answered 429' });
      yield {
        id: `x:${String(asked)}`,
        network: 'x',
        text: `${String(asked)} words`,
        at: 1,
        tags: [],
      };
    },
  };
  let cursors: Cursors = {};
  const seen: number[] = [];
  for (let at = 0; at < 90; at += 1) {
    down = at < 30;
    const intake = ingest([source], { cursors, now: () => at * minute });
    const before = asked;
    for await (const { id } of intake) expect(id).toContain('x:');
    if (asked > before) seen.push(at);
    else expect(intake.paused).toEqual(['one']);
    ({ cursors } = intake);
  }
  // At once, after 5, 10 and 20 minutes; then it answers, and is asked ever more often.
  expect(seen.slice(0, 4)).toEqual([0, 5, 15, 35]);
  const gaps = seen.slice(4).map((at, n) => at - seen[n + 3]!);
  expect(gaps.every((gap, n) => n === 0 || gap <= gaps[n - 1]!)).toBe(true);
  expect(gaps.at(-1)).toBeLessThan(5);
  expect(cursors.one?.place).toBe(asked);
});
