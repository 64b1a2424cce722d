import { createHash } from 'node:crypto';
import { fail } from '../../errors.ts';
import type { Signal } from '../../ingest/signal.ts';
import { hashtagsOf } from '../plain.ts';
import { download, type DownloadLimits } from './download.ts';
import type { Page } from './parse.ts';

/** Reads a web page. Throws SOURCE_FAILED when it is down, private, too large, too slow or no page. */
export async function readPage(url: string, limits: DownloadLimits = {}): Promise<Page> {
  try {
    const found = await download(url, limits);
    const text = decodePage(found.bytes, found.contentType);
    if (/^text\/plain\b/i.test(found.contentType)) return plainPage(text, found.url);
    const { parsePage } = await import('./parse.ts');
    return parsePage(text, found.url);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw fail('SOURCE_FAILED', { source: `The page ${withoutSecrets(url)}`, why });
  }
}

/** A page as one post: its title and what it says of itself. */
export function signalOf(page: Page, now: number): Signal {
  const { title, excerpt, byline, site, language, published = now } = page;
  const text = [title, excerpt].filter((each) => each !== '').join('\n\n');
  return {
    id: `pages:${createHash('sha256').update(page.url).digest('hex').slice(0, 24)}`,
    network: 'pages',
    text,
    at: Math.min(published, now),
    url: page.url,
    tags: hashtagsOf(text),
    ...(byline !== undefined && { author: byline }),
    ...(site !== undefined && { channel: site }),
    ...(language !== undefined && { language }),
  };
}

/** Byte order marks, read as Latin-1. */
const marks = [
  ['ï»¿', 'utf-8'],
  ['þÿ', 'utf-16be'],
  ['ÿþ', 'utf-16le'],
] as const;

/** Text of a page in the encoding of its byte order mark, else its content type, else its head; UTF-8 otherwise. */
export function decodePage(bytes: Uint8Array, contentType: string): string {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 2048));
  const mark = marks.find(([bytesOf]) => head.startsWith(bytesOf))?.[1];
  const named = /charset\s*=\s*["']?([\w:.-]+)/i;
  const inHead = named.exec(head.match(/<meta[^>]*>/gi)?.join('') ?? '');
  const name = mark ?? (named.exec(contentType) ?? inHead)?.[1];
  try {
    return new TextDecoder(name ?? 'utf-8').decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

function plainPage(text: string, url: string): Page {
  const paragraphs = text.normalize('NFC').replace(/\r\n?/g, '\n').trim();
  if (paragraphs === '') throw new Error('there is nothing to read on it');
  const [first = ''] = paragraphs.split('\n');
  return { url, title: first.trim().slice(0, 200), text: paragraphs, excerpt: '' };
}

/** Addresses of one's own carry a key in the query or the user part. */
function withoutSecrets(url: string): string {
  const parsed = URL.parse(url);
  return parsed === null ? 'with an address that is none' : `${parsed.origin}${parsed.pathname}`;
}
