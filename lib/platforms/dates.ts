const day = /^\d{4}(?:-\d\d){0,2}$/;
const iso = /^\d{4}-\d\d-\d\d[T ]\d/;
/** What says how far a time is from UTC. */
const zoned = /(?:\d\s*Z|\b(?:UTC?|GMT|[ECMP][SD]T)|[+-]\d\d:?\d\d)\s*(?:\d{4})?$/i;

/** RFC 822 as feeds spell it: years of two digits, times without a colon or a zone. */
const spelled =
  /^(?:[a-z]+\.?,?\s+)?(\d{1,2})[\s-]+([a-z]{3})[a-z]*\.?,?[\s-]+(\d{4}|\d{2})\s+(\d{1,2}):?(\d{2})(?::(\d{2}))?\s*(.*)$/i;

/** Zones that JavaScript does not know by name and feeds use all the same. */
const named: Readonly<Record<string, string>> = {
  '': 'GMT',
  UT: 'GMT',
  WET: 'GMT',
  BST: '+0100',
  CET: '+0100',
  WEST: '+0100',
  CEST: '+0200',
  EET: '+0200',
  EEST: '+0300',
  MSK: '+0300',
  JST: '+0900',
  AEST: '+1000',
};

/**
 * ms UTC of a date as networks and feeds write it: ISO 8601, RFC 822 and 2822, `Mon Mar 07 11:50:00 +0000 2016`. A time
 * without a zone is UTC wherever it is read. NaN for what is no date.
 */
export function parseDate(text: string): number {
  const trimmed = text.trim();
  if (iso.test(trimmed)) return Date.parse(zoned.test(trimmed) ? trimmed : `${trimmed}Z`);
  if (day.test(trimmed)) return Date.parse(trimmed);
  const [, date, month, year, hour, minute, second = '00', zone = ''] = spelled.exec(trimmed) ?? [];
  if (date === undefined) return Date.parse(zoned.test(trimmed) ? trimmed : `${trimmed} UTC`);
  // RFC 2822, 4.3: years below 50 are of this century.
  const full = year?.length === 4 ? year : `${Number(year) < 50 ? 20 : 19}${String(year)}`;
  const said = `${date} ${String(month)} ${full} ${String(hour)}:${String(minute)}:${second}`;
  const at = Date.parse(`${said} ${named[zone.toUpperCase()] ?? zone}`);
  return Number.isNaN(at) ? Date.parse(`${said} GMT`) : at;
}
