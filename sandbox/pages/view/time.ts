import { html } from 'hono/html';
import type { Html } from './html.ts';

const steps: readonly (readonly [ms: number, unit: string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
];

/** `1 h 5 min`, `4 min 12 s`: the two largest units of a length of time in ms; the static script counts the same way. */
export function span(ms: number): string {
  const index = steps.findIndex(([size]) => ms >= size);
  if (index === -1) return `${String(Math.floor(ms / 1000))} s`;
  const [size, unit] = steps[index] ?? [1000, 's'];
  const [below, name] = steps[index + 1] ?? [1000, 's'];
  const rest = Math.floor((ms % size) / below);
  const first = `${String(Math.floor(ms / size))} ${unit}`;
  return rest > 0 ? `${first} ${String(rest)} ${name}` : first;
}

/** `3 min ago`, `just now`, `in 2 d`. Only the largest unit: nobody reads more of the past. */
export function ago(at: number, now: number): string {
  const distance = Math.abs(now - at);
  if (distance < 45_000) return 'just now';
  const [size, unit] = steps.find(([ms]) => distance >= ms) ?? [60_000, 'min'];
  const words = `${String(Math.max(1, Math.floor(distance / size)))} ${unit}`;
  return at > now ? `in ${words}` : `${words} ago`;
}

const exact = (at: number) => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

/** A time in words, with the exact one on hover; kept current by the static script. */
export function when(at: string | number | null | undefined, now: number): Html | '' {
  const ms = typeof at === 'number' ? at : Date.parse(at ?? '');
  if (!Number.isFinite(ms)) return '';
  return html`<time data-ago datetime="${new Date(ms).toISOString()}" title="${exact(ms)}"
    >${ago(ms, now)}</time
  >`;
}

/** A count-down to `at`. */
export function countdown(at: number, now: number): Html {
  return html`<time
    class="countdown"
    data-until
    datetime="${new Date(at).toISOString()}"
    title="${exact(at)}"
    >${at > now ? span(at - now) : 'any moment'}</time
  >`;
}
