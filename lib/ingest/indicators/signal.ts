import { formatDuration } from '../../duration.ts';
import type { Indicator } from '../../store/indicator.ts';
import type { Move } from './moves.ts';
import type { Signal } from '../signal.ts';

/** What signals of indicators call their network. */
export const indicatorNetwork = 'indicator';

/** Volume from which on it is worth a word, as a multiple of the usual one. */
const worthSaying = 1.5;

/** A move as a signal. Its id is the same for every reading within one span of time, so that a move is told once. */
export function signalOfMove(move: Move, indicator: Indicator): Signal {
  const { kind, over, at, change } = move;
  const what = kind === 'volume' ? 'volume' : formatDuration(over);
  const way = change < 0 ? 'down' : 'up';
  const url = sourceOf(indicator);
  return {
    id: `${indicatorNetwork}:${move.indicator}:${what}:${String(Math.floor(at / over))}:${way}`,
    network: indicatorNetwork,
    text: sayMove(move, indicator),
    at,
    tags: [],
    channel: indicator.title,
    ...(url !== undefined && { url }),
  };
}

/**
 * One line with the number, its time and its source, e.g. `Gold price up 7.3 % in 1 hour to 2,143 USD (14:20 UTC on
 * 21 Nov 2026); the usual change is 0.3 %, volume 3.2 times usual. Source: example.org`.
 */
export function sayMove(move: Move, indicator: Indicator): string {
  const { title, kind, change, span, value, usual, volume, at } = move;
  const unit = indicator.unit === undefined ? '' : ` ${indicator.unit}`;
  const when = `${clock.format(at)} UTC on ${day.format(at)}`;
  const source = `Source: ${sourceName(indicator)}`;
  const much = volume !== undefined && volume >= worthSaying;
  const traded = much ? `volume ${oneDigit(volume)} times usual` : '';
  if (kind === 'volume') return `${title}: ${traded} in ${words(span)} until ${when}. ${source}`;
  const way = change < 0 ? 'down' : 'up';
  const facts = [`the usual change is ${percent(usual)}`, traded].filter(Boolean).join(', ');
  return `${title} ${way} ${percent(change)} in ${words(span)} to ${amount(value)}${unit} (${when}); ${facts}. ${source}`;
}

/** Where people can look it up. */
const sourceOf = ({ page, url }: Indicator) => page ?? url;

function sourceName(indicator: Indicator): string {
  const host = URL.parse(sourceOf(indicator) ?? '')?.hostname.replace(/^www\./, '');
  return host ?? indicator.file ?? indicator.name;
}

const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});
const day = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

const oneDigit = (value: number) => value.toLocaleString('en-US', { maximumFractionDigits: 1 });

function percent(share: number): string {
  const value = Math.abs(share) * 100;
  const digits = value < 1 ? 2 : 1;
  return `${value.toLocaleString('en-US', { maximumFractionDigits: digits })} %`;
}

function amount(value: number): string {
  if (value >= 1000) return value.toLocaleString('en-US', { maximumFractionDigits: 0 });
  if (value >= 100) return value.toLocaleString('en-US', { maximumFractionDigits: 2 });
  return value.toLocaleString('en-US', { maximumSignificantDigits: 4 });
}

/** `80 minutes`, `24 hours`, `3 days`: what it really took, rounded. */
function words(ms: number): string {
  const minutes = Math.max(5, Math.round(ms / 300_000) * 5);
  const hours = Math.round(ms / 3_600_000);
  if (minutes < 120 && minutes !== 60) return counted(minutes, 'minute');
  return hours <= 48 ? counted(hours, 'hour') : counted(Math.round(hours / 24), 'day');
}

const counted = (count: number, unit: string) =>
  `${String(count)} ${unit}${count === 1 ? '' : 's'}`;
