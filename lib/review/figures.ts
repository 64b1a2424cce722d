/** A number as people read it: `940`, `12,400`, `1.2M`. */
export function count(value: number): string {
  if (value < 1_000_000) return Math.round(value).toLocaleString('en-US');
  return `${(value / 1_000_000).toFixed(value < 10_000_000 ? 1 : 0)}M`;
}

/** A time span as people read it: `5 min`, `3 h`, `2 days`. */
export function span(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.round(ms / 3_600_000);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}
