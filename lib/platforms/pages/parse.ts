import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';

/** What a page says. Data of others. */
export interface Page {
  /** As the page calls itself, else where it was found. */
  url: string;
  title: string;
  /** Paragraphs with a blank line between them; NFC. */
  text: string;
  /** What it says of itself in a sentence or two, or how it begins. */
  excerpt: string;
  byline?: string;
  site?: string;
  /** BCP 47. */
  language?: string;
  /** ms UTC. */
  published?: number;
}

/** Elements of a page that are looked at, at most; larger ones would take seconds. */
const mostElements = 30_000;

/** What people would read of a page, without menus and advertising. Throws an error with a plain sentence. */
export function parsePage(html: string, url: string): Page {
  const document = open(/<html[\s>]/i.test(html) ? html : `<html><body>${html}</body></html>`);
  const meta = (name: string) =>
    attribute(document, `meta[property="${name}"], meta[name="${name}"]`, 'content');
  const own = {
    url: canonical(attribute(document, 'link[rel="canonical"]', 'href'), url),
    title: document.querySelector('title')?.textContent ?? '',
    language: document.documentElement.getAttribute('lang') ?? '',
  };
  const article = new Readability(document, {
    maxElemsToParse: mostElements,
  }).parse();
  const text = paragraphsOf(article?.content ?? '');
  if (text === '') throw new Error('there is nothing to read on it');
  const published = Date.parse(article?.publishedTime ?? meta('article:published_time') ?? '');
  const byline = line(article?.byline);
  const site = line(article?.siteName);
  const language = line(article?.lang ?? own.language);
  return {
    url: own.url,
    title: line(article?.title ?? own.title),
    text,
    excerpt: line(article?.excerpt) || (text.split('\n\n')[0] ?? ''),
    ...(byline !== '' && { byline }),
    ...(site !== '' && { site }),
    ...(language !== '' && { language }),
    ...(!Number.isNaN(published) && { published }),
  };
}

/** What is used of a document; the types of browsers are not loaded here. */
interface Parsed {
  documentElement: Element;
  querySelector(selector: string): Element | null;
}

interface Element {
  textContent: string | null;
  getAttribute(name: string): string | null;
}

const open = (html: string) =>
  (parseHTML as unknown as (html: string) => { document: Parsed })(html).document;

function attribute(document: Parsed, selector: string, name: string): string | undefined {
  return document.querySelector(selector)?.getAttribute(name) ?? undefined;
}

/** Another address of the same site, or the page's own. */
function canonical(href: string | undefined, url: string): string {
  const found = href === undefined ? null : URL.parse(href, url);
  return found?.host === new URL(url).host ? found.href : url;
}

function paragraphsOf(content: string): string {
  const parted = content.replace(
    /<\/(?:p|h[1-6]|li|blockquote|pre|tr|div)>|<br\b[^>]*>/gi,
    '$&\n\n',
  );
  const document = open(`<html><body>${parted}</body></html>`);
  const text = document.querySelector('body')?.textContent ?? '';
  const paragraphs = text.split(/\n\s*\n/).map(line);
  return paragraphs.filter((each) => each !== '').join('\n\n');
}

const line = (text: string | null | undefined) =>
  (text ?? '').replace(/\s+/g, ' ').trim().normalize('NFC');
