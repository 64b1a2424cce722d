const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Milliseconds of `90s`, `15m`, `2h`, `1d`, `250ms`; NaN for anything else. */
export function parseDuration(text: string): number {
  const found = /^(\d+)(ms|s|m|h|d)$/.exec(text);
  return found ? Number(found[1]) * units[found[2] as keyof typeof units] : NaN;
}

/** The same the other way, in the largest unit that leaves no rest: `90s`, `2h`. */
export function formatDuration(ms: number): string {
  const fitting = Object.entries(units).findLast(([, size]) => ms >= size && ms % size === 0);
  return fitting === undefined ? `${String(ms)}ms` : `${String(ms / fitting[1])}${fitting[0]}`;
}
