import { parseFeed as parseAny } from 'feedsmith';
import type { Signal } from '../../ingest/signal.ts';
import { parseDate } from '../dates.ts';
import { hashtagsOf, plainText } from '../plain.ts';
import { type Channel, channelOf, type Item } from './items.ts';

type Parsed = Signal | { malformed: true; line: number; why: string };

/** A headline that stands in for a missing title is cut here, characters. */
const longest = 300;

/**
 * Items of an RSS, Atom, RDF or JSON feed as signals. The author of all of them is the feed's host: bylines differ while
 * the voice is one. The text is the title, else the beginning of the body. An item without time is taken to be of
 * `now`, or as old as the feed where `now` is not given. Without an address the feed's own link names its host. Throws
 * Error when the text is no feed.
 */
export function parseFeed(text: string, url?: string, now?: number): Parsed[] {
  const channel = channelOf(parseAny(text));
  const home = url ?? channel.link;
  const { hostname = '' } = URL.parse(home ?? '') ?? {};
  const host = hostname === '' ? 'feed' : hostname;
  return channel.items.map((item, index): Parsed => {
    try {
      const signal = signalOf(item, channel, { host, home, now });
      return typeof signal === 'string'
        ? { malformed: true, line: index + 1, why: signal }
        : signal;
    } catch (error) {
      return { malformed: true, line: index + 1, why: String(error) };
    }
  });
}

interface Around {
  host: string;
  home: string | undefined;
  now: number | undefined;
}

function signalOf(item: Item, channel: Channel, { host, home, now }: Around): Signal | string {
  const text =
    plainText(item.title ?? '') ||
    plainText(item.body ?? '')
      .slice(0, longest)
      .trim();
  if (text === '') return 'it has neither title nor text';
  const at = timeOf(item.date, now) ?? now ?? timeOf(channel.date, now);
  if (at === undefined) return 'it has no time';
  const own = [item.id, item.link].find((each) => each !== undefined && each.trim() !== '')?.trim();
  // A guid such as 17 is only unique within its feed.
  const id = own?.includes(':') ? own : `${host}/${own ?? text}`;
  const signal: Signal = {
    id: `feeds:${id}`,
    network: 'feeds',
    text,
    at,
    author: host,
    tags: hashtagsOf(text),
  };
  const link = addressOf(item.link?.trim() ?? '', home);
  if (link !== undefined) signal.url = link;
  if (channel.title) signal.channel = plainText(channel.title);
  const language = item.language ?? channel.language;
  if (language) signal.language = language;
  const byline = plainText(item.byline ?? '');
  if (byline !== '' && byline !== host) signal.byline = byline;
  if (item.counts && Object.keys(item.counts).length > 0) signal.counts = item.counts;
  return signal;
}

/** As it stands, unless it is only a path on the feed's site. */
function addressOf(link: string, home = ''): string | undefined {
  if (/^https?:\/\//.test(link)) return link;
  const full = link === '' ? null : URL.parse(link, home);
  return full && /^https?:$/.test(full.protocol) ? full.href : undefined;
}

/** A date of tomorrow is a slip of somebody's clock; one that cannot be read says nothing. */
function timeOf(date: string | undefined, now = Infinity): number | undefined {
  const written = date === undefined ? NaN : parseDate(date);
  return Number.isNaN(written) ? undefined : Math.min(written, now);
}
