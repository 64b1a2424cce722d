import type { AnyFeed } from 'feedsmith';
import type { Count } from '../../ingest/signal.ts';

/** What items of all formats have in common, as far as we need it. */
export interface Item {
  id?: string | undefined;
  link?: string | undefined;
  title?: string | undefined;
  body?: string | undefined;
  date?: string | undefined;
  byline?: string | undefined;
  language?: string | undefined;
  counts?: Partial<Record<Count, number>>;
}

export interface Channel {
  title?: string | undefined;
  language?: string | undefined;
  /** Address of the site. */
  link?: string | undefined;
  /** When the feed itself was written. */
  date?: string | undefined;
  items: Item[];
}

/** What a feed holds, whatever its format. */
export function channelOf(found: AnyFeed): Channel {
  switch (found.format) {
    case 'rss': {
      const { title, language, link, pubDate, lastBuildDate, dc, items = [] } = found.feed;
      return {
        title,
        language,
        link,
        date: pubDate ?? lastBuildDate ?? dc?.dates?.[0],
        items: items.map((item) => ({
          id: item.guid?.value,
          link: item.link,
          title: item.title ?? item.dc?.titles?.[0] ?? item.media?.title?.value,
          body: item.description ?? item.content?.encoded,
          date: item.pubDate ?? item.dc?.dates?.[0] ?? item.dcterms?.issued?.[0],
          byline: personOf(item.authors?.[0]) ?? item.dc?.creators?.[0] ?? item.itunes?.author,
          language: item.dc?.languages?.[0],
          counts: countsOf(item),
        })),
      };
    }
    case 'rdf': {
      const { title, link, dc, items = [] } = found.feed;
      return {
        title,
        link,
        date: dc?.dates?.[0],
        language: dc?.languages?.[0],
        items: items.map((item) => ({
          id: item.rdf?.about,
          link: item.link,
          title: item.title ?? item.dc?.titles?.[0],
          body: item.description ?? item.content?.encoded,
          date: item.dc?.dates?.[0],
          byline: item.dc?.creators?.[0],
          language: item.dc?.languages?.[0],
          counts: countsOf(item),
        })),
      };
    }
    case 'atom': {
      const { title, updated, links = [], authors, entries = [] } = found.feed;
      return {
        title: textOf(title),
        link: pageOf(links),
        date: updated,
        language: found.feed.xml?.lang,
        items: entries.map((entry) => ({
          id: entry.id,
          link: pageOf(entry.links ?? []),
          title: textOf(entry.title),
          body: textOf(entry.summary) || textOf(entry.content),
          date: entry.published ?? entry.updated,
          byline: personOf(entry.authors?.[0]) ?? entry.dc?.creators?.[0] ?? personOf(authors?.[0]),
          language: entry.xml?.lang,
          counts: countsOf(entry),
        })),
      };
    }
    case 'json': {
      const { title, language, home_page_url, authors, items = [] } = found.feed;
      return {
        title,
        language,
        link: home_page_url,
        items: items.map((item) => ({
          id: item.id,
          link: item.url ?? item.external_url,
          title: item.title,
          body: item.content_text ?? item.content_html ?? item.summary,
          date: item.date_published ?? item.date_modified,
          byline: (item.authors?.[0] ?? authors?.[0])?.name,
          language: item.language,
        })),
      };
    }
  }
}

const pageOf = (links: readonly { href?: string; rel?: string }[]): string | undefined =>
  (links.find(({ rel }) => rel === 'alternate') ?? links.find(({ rel }) => rel === undefined))
    ?.href ?? links[0]?.href;

const personOf = (who: { name?: string; email?: string } | undefined) => who?.name ?? who?.email;

interface Counted {
  slash?: { comments?: number };
  thr?: { total?: number };
  links?: readonly { thr?: { count?: number } }[];
  media?: Counting & { groups?: readonly Counting[] };
}
interface Counting {
  community?: {
    starRating?: { count?: number };
    statistics?: { views?: number; favorites?: number };
  };
}

/** Comments (Slash, RFC 4685), and how a video did (Media RSS 1.5.1, `media:community`). */
function countsOf(item: object): Partial<Record<Count, number>> {
  const { slash, thr, links = [], media } = item as Counted;
  const replies =
    slash?.comments ??
    thr?.total ??
    links.find((link) => link.thr?.count !== undefined)?.thr?.count;
  const { community } = [media, ...(media?.groups ?? [])].find((each) => each?.community) ?? {};
  const likes = community?.starRating?.count;
  const { views, favorites } = community?.statistics ?? {};
  return {
    ...(replies !== undefined && { replies }),
    ...(likes !== undefined && { likes }),
    ...(views !== undefined && { views }),
    ...(favorites !== undefined && { bookmarks: favorites }),
  };
}

const textOf = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : typeof value === 'object' && value !== null && 'value' in value
      ? String(value.value)
      : '';
