import { fail } from '../../errors.ts';
import type { Signal } from '../../ingest/signal.ts';

/** What is sent so that an unchanged feed is not sent again. */
export interface FeedCursor {
  etag?: string;
  modified?: string;
}

export interface FeedRead {
  items: (Signal | { malformed: true; line: number; why: string })[];
  cursor: FeedCursor;
  /** The server says that nothing has changed. */
  unchanged: boolean;
}

interface Surroundings {
  fetch: typeof globalThis.fetch;
  /** ms UTC; for items that say no time. */
  now: () => number;
  signal?: AbortSignal;
}

/** Largest feed that is read, bytes, and longest wait, ms. */
const bodyLimit = 5 * 1024 * 1024;
const patience = 20_000;

/**
 * Reads a feed. An item that cannot be used comes as malformed, numbered from 1. Throws SOURCE_FAILED when the feed is
 * down, too large or no feed.
 */
export async function readFeed(
  url: string,
  cursor: FeedCursor,
  { fetch, now, signal }: Surroundings,
): Promise<FeedRead> {
  try {
    const limits = [AbortSignal.timeout(patience), ...(signal ? [signal] : [])];
    const response = await fetch(url, {
      headers: {
        accept:
          'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5',
        'user-agent': 'SocialPulse',
        ...(cursor.etag && { 'if-none-match': cursor.etag }),
        ...(cursor.modified && { 'if-modified-since': cursor.modified }),
      },
      redirect: 'follow',
      signal: AbortSignal.any(limits),
    });
    if (response.status === 304) return { items: [], cursor, unchanged: true };
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    const bytes = await readBody(response);
    const { parseFeed } = await import('./parse.ts');
    const text = decodeFeed(bytes, response.headers.get('content-type') ?? '');
    const etag = response.headers.get('etag');
    const modified = response.headers.get('last-modified');
    return {
      items: parseFeed(text, url, now()),
      cursor: { ...(etag && { etag }), ...(modified && { modified }) },
      unchanged: false,
    };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw fail('SOURCE_FAILED', { source: `The feed ${withoutSecrets(url)}`, why }, error);
  }
}

async function readBody(response: Response): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const body: AsyncIterable<Uint8Array> | Iterable<Uint8Array> = response.body ?? [];
  for await (const part of body) {
    size += part.length;
    if (size > bodyLimit) throw new Error(`it is larger than ${bodyLimit} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Text of a feed in the encoding that its first line, else its content type names; UTF-8 otherwise. */
export function decodeFeed(bytes: Uint8Array, contentType: string): string {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  const named =
    /<\?xml[^>]*encoding=["']([\w-]+)["']/i.exec(start)?.[1] ??
    /charset=["']?([\w-]+)/i.exec(contentType)?.[1];
  try {
    return new TextDecoder(named ?? 'utf-8').decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

/** Feeds of one's own carry their key in the query or the user part. */
function withoutSecrets(url: string): string {
  const parsed = URL.parse(url);
  return parsed === null ? 'with an address that is none' : `${parsed.origin}${parsed.pathname}`;
}
