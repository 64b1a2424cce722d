import { type AnyFeed, parseFeed as parseAny } from 'feedsmith';
import type { Signal } from '../../ingest/signal.ts';
import { hashtagsOf, plainText } from '../plain.ts';

type Parsed = Signal | { malformed: true; line: number; why: string };

/** What formats have in common, as far as we need it. */
interface Item {
  id?: string | undefined;
  link?: string | undefined;
  title?: string | undefined;
  body?: string | undefined;
  date?: string | undefined;
}

/** A headline that stands in for a missing title is cut here, characters. */
const longest = 300;

/**
 * Items of an RSS, Atom, RDF or JSON feed as signals. The author of all of them is the feed's host: bylines differ while
 * the voice is one. The text is the title, else the beginning of the body. An item without time is taken to be of
 * `now`. Throws Error when the text is no feed.
 */
export function parseFeed(text: string, url: string, now: number): Parsed[] {
  const found = parseAny(text);
  const { title, language, items } = sort(found);
  const host = URL.parse(url)?.hostname ?? 'feed';
  return items.map((item, index): Parsed => {
    try {
      const signal = signalOf(item, host, now);
      if (typeof signal === 'string') return { malformed: true, line: index + 1, why: signal };
      if (title) signal.channel = plainText(title);
      if (language) signal.language = language;
      return signal;
    } catch (error) {
      return { malformed: true, line: index + 1, why: String(error) };
    }
  });
}

function signalOf(item: Item, host: string, now: number): Signal | string {
  const text =
    plainText(item.title ?? '') ||
    plainText(item.body ?? '')
      .slice(0, longest)
      .trim();
  if (text === '') return 'it has neither title nor text';
  const own = [item.id, item.link].find((each) => each !== undefined && each.trim() !== '')?.trim();
  // A guid such as 17 is only unique within its feed.
  const id = own?.includes(':') ? own : `${host}/${own ?? text}`;
  const written = item.date === undefined ? now : Date.parse(item.date);
  // A date of tomorrow is a slip of somebody's clock; one that cannot be read says nothing.
  const at = Number.isNaN(written) ? now : Math.min(written, now);
  const signal: Signal = {
    id: `feeds:${id}`,
    network: 'feeds',
    text,
    at,
    author: host,
    tags: hashtagsOf(text),
  };
  const link = item.link?.trim() ?? '';
  if (/^https?:\/\//.test(link)) signal.url = link;
  return signal;
}

function sort(found: AnyFeed): { title?: string; language?: string; items: Item[] } {
  switch (found.format) {
    case 'rss': {
      const { title, language, items = [] } = found.feed;
      return {
        ...(title && { title }),
        ...(language && { language }),
        items: items.map((item) => ({
          id: item.guid?.value,
          link: item.link,
          title: item.title,
          body: item.description,
          date: item.pubDate ?? item.dc?.dates?.[0],
        })),
      };
    }
    case 'rdf': {
      const { title, items = [] } = found.feed;
      return {
        ...(title && { title }),
        items: items.map((item) => ({
          id: item.rdf?.about,
          link: item.link,
          title: item.title,
          body: item.description,
          date: item.dc?.dates?.[0],
        })),
      };
    }
    case 'atom': {
      const { title, entries = [] } = found.feed;
      return {
        ...(title !== undefined && { title: textOf(title) }),
        items: entries.map((entry) => ({
          id: entry.id,
          link: (entry.links?.find(({ rel }) => rel === 'alternate') ?? entry.links?.[0])?.href,
          title: entry.title === undefined ? undefined : textOf(entry.title),
          body: textOf(entry.summary ?? entry.content),
          date: entry.published ?? entry.updated,
        })),
      };
    }
    case 'json': {
      const { title, language, items = [] } = found.feed;
      return {
        ...(title && { title }),
        ...(language && { language }),
        items: items.map((item) => ({
          id: item.id,
          link: item.url,
          title: item.title,
          body: item.content_text ?? item.content_html,
          date: item.date_published,
        })),
      };
    }
  }
}

const textOf = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : typeof value === 'object' && value !== null && 'value' in value
      ? String(value.value)
      : '';
