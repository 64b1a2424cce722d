import { DOMParser } from 'linkedom';
import { at, type Expected, list, string } from './expected.ts';
import { textOfHtml } from './words.ts';

/** What is used of an element; the types of browsers are not loaded here. */
interface Element {
  tagName: string;
  textContent: string;
  children: Iterable<Element>;
  getAttribute(name: string): string | null;
  hasAttribute(name: string): boolean;
  getElementsByTagName(name: string): Iterable<Element>;
}

const documentOf = (xml: string) =>
  new DOMParser().parseFromString(xml, 'text/xml') as unknown as {
    documentElement: Element | null;
  };

/** RSS 2.0 and 0.9x, RSS 1.0 (RDF), RFC 4287 (Atom), Dublin Core, Slash, RFC 4685, Media RSS, iTunes; jsonfeed.org. */
export function expectFeed(raw: unknown): Expected[] {
  if (typeof raw !== 'string') return itemsOfJson(raw);
  if (/^\s*\{/.test(raw)) return itemsOfJson(JSON.parse(raw));
  const root = documentOf(raw.trim()).documentElement;
  if (!root || !/^(rss|feed|rdf:RDF)$/.test(root.tagName)) return [];
  return named(root, 'item', 'entry').flatMap((item) => expectItem(item, root.tagName));
}

function expectItem(item: Element, group: string): Expected[] {
  const first = (...names: string[]) => firstOf(item, names);
  const body = first('description', 'content:encoded', 'summary', 'content');
  const plain = first('title', 'dc:title') || body;
  const words = textOfHtml(plain).trim();
  const links = directs(item, 'link');
  const link =
    links.find((each) => each.getAttribute('rel') === 'alternate') ??
    links.find((each) => !each.hasAttribute('rel'));
  const address = link?.getAttribute('href') ?? link?.textContent.trim() ?? '';
  const byline = bylineOf(item);
  // An item without words is no post.
  if (words === '') return [];
  return [
    {
      group,
      id: '',
      // XHTML was resolved with the rest of the XML.
      texts: [words, plain, words.slice(0, 300)],
      exact: false,
      ...(byline !== '' && { byline }),
      links: /^https?:/.test(address) ? [address] : [],
      times: timesOf(first('pubDate', 'dc:date', 'published', 'updated', 'dcterms:issued')),
      ...countsOf(item),
    },
  ];
}

/** The item's own author; his name where there is one. */
function bylineOf(item: Element): string {
  const [person] = directs(item, 'author');
  const name = person && firstOf(person, ['name', 'email']);
  const bare = person && [...person.children].length === 0 ? person.textContent.trim() : '';
  return textOfHtml([name, bare].find(Boolean) ?? firstOf(item, ['dc:creator', 'itunes:author']));
}

/** A date without a zone is UTC; some feeds leave the colon out. */
const timesOf = (date: string): number[] =>
  [date, `${date}Z`, `${date} UTC`, date.replace(/ (\d\d)(\d\d)(?= |$)(?! \d\d:)/, ' $1:$2')]
    .filter(() => date !== '')
    .map((each) => Date.parse(each))
    .filter((time) => !Number.isNaN(time));

function countsOf(item: Element) {
  const numbers: [string, string | null | undefined][] = [
    [
      'replies',
      directs(item, 'slash:comments')[0]?.textContent ?? directs(item, 'thr:total')[0]?.textContent,
    ],
    ['views', named(item, 'media:statistics')[0]?.getAttribute('views')],
    ['bookmarks', named(item, 'media:statistics')[0]?.getAttribute('favorites')],
    ['likes', named(item, 'media:starRating')[0]?.getAttribute('count')],
  ];
  const counts = Object.fromEntries(
    numbers.flatMap(([name, text]) => (/^\d+$/.test(text ?? '') ? [[name, Number(text)]] : [])),
  ) as Record<string, number>;
  return { counts, unnamed: [] };
}

function itemsOfJson(raw: unknown): Expected[] {
  return list(at(raw).items).map((item): Expected => {
    const date = string(item.date_published) || string(item.date_modified);
    const body = string(item.content_text) || textOfHtml(string(item.content_html));
    return {
      group: 'JSON feed',
      id: '',
      texts: [string(item.title) || body],
      exact: false,
      byline: string(list(item.authors)[0]?.name) || undefined,
      times: date === '' ? [] : [Date.parse(date)],
      counts: {},
      unnamed: [],
    };
  });
}

/** Elements below with one of these names, however deep. */
const named = (within: Element, ...names: string[]): Element[] =>
  names.flatMap((name) => Array.from(within.getElementsByTagName(name)));

const firstOf = (within: Element, names: readonly string[]): string =>
  names.map((name) => directs(within, name)[0]?.textContent.trim() ?? '').find(Boolean) ?? '';

const directs = (within: Element, name: string): Element[] =>
  Array.from(within.children).filter(({ tagName }) => tagName === name);
