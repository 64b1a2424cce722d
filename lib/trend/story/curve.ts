const hour = 3_600_000;
/** Hours remembered. */
export const mostHours = 48;

/** Posts by the hour, UTC, without gaps: `counts[0]` is the hour `from` (hours since 1970). */
export interface Curve {
  from: number;
  /** 1 to 48 numbers, the newest last. */
  counts: readonly number[];
}

/** The curve of posts at these times (ms UTC), at most the 48 hours up to the newest; undefined without any. */
export function curveOf(times: readonly number[]): Curve | undefined {
  if (times.length === 0) return undefined;
  const hours = times.map((at) => Math.floor(at / hour));
  const last = hours.reduce((a, b) => Math.max(a, b));
  const from = Math.max(
    last - mostHours + 1,
    hours.reduce((a, b) => Math.min(a, b)),
  );
  const counts = new Array<number>(last - from + 1).fill(0);
  for (const at of hours) if (at >= from) counts[at - from] = (counts[at - from] ?? 0) + 1;
  return { from, counts };
}

/** Hour by hour what `join` makes of two curves; where one says nothing it counts as 0. The newest 48 hours stay. */
function joined(a: Curve, b: Curve, join: (a: number, b: number) => number): Curve {
  const end = Math.max(a.from + a.counts.length, b.from + b.counts.length);
  const from = Math.max(Math.min(a.from, b.from), end - mostHours);
  const counts = Array.from({ length: end - from }, (_, n) =>
    join(a.counts[from + n - a.from] ?? 0, b.counts[from + n - b.from] ?? 0),
  );
  return { from, counts };
}

/** Two looks at the same posts: the fuller one counts, because what was seen once is no longer held later. */
export const fullerCurve = (a: Curve | undefined, b: Curve | undefined): Curve | undefined =>
  a === undefined || b === undefined ? (a ?? b) : joined(a, b, Math.max);

/** Posts of two networks. */
export const addCurves = (a: Curve | undefined, b: Curve | undefined): Curve | undefined =>
  a === undefined || b === undefined ? (a ?? b) : joined(a, b, (x, y) => x + y);

/** The curve up to and with the hour that ends at `now` or holds it (ms UTC), hours without posts as 0. */
export function upTo(curve: Curve, now: number): Curve {
  const last = Math.ceil(now / hour) - 1;
  return joined(curve, { from: last, counts: [0] }, (x) => x);
}

/** As text, one sign an hour: `▁▂▅█▃`. The highest hour is full, an hour without posts lowest. */
export function sparkline({ counts }: Curve): string {
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  const sign = (count: number) =>
    count === 0 || most === 0 ? '▁' : ('▂▃▄▅▆▇█'[Math.ceil((count / most) * 7) - 1] ?? '█');
  return counts.map(sign).join('');
}
