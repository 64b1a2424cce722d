import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { feedSource } from '../../lib/ingest/sources.ts';
import { ingest } from '../../lib/ingest/ingest.ts';
import { parseFeed } from '../../lib/platforms/feeds/parse.ts';
import { decodeFeed, readFeed } from '../../lib/platforms/feeds/read.ts';
import { shared } from '../shared.ts';

const url = 'https://news.example.org/rss';
const now = Date.parse('2026-11-21T12:00:00Z');
// Looked up at each call: the network is replaced after this file was read.
const fetch: typeof globalThis.fetch = (...request) => globalThis.fetch(...request);
const around = { fetch, now: () => now };

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const rss = (items: string) => `<?xml version="1.0"?><rss version="2.0"><channel>
  <title>News &amp; more</title><link>https://news.example.org</link><language>en</language>${items}</channel></rss>`;
const item = (n: number) => `<item><title>Item ${n} &amp;amp; &lt;b&gt;more&lt;/b&gt; #Flood</title>
  <guid isPermaLink="false">${n}</guid><link>https://news.example.org/${n}</link>
  <pubDate>Sat, 21 Nov 2026 0${n}:00:00 GMT</pubDate></item>`;

describe('real feeds', () => {
  it('can all be read, whatever their format and encoding', () => {
    const folder = shared('data/payloads/rss');
    const read = readdirSync(folder).map((name) => {
      const text = decodeFeed(readFileSync(join(folder, name)), '');
      try {
        return [name, parseFeed(text, url, now).filter((each) => !('malformed' in each)).length];
      } catch (error) {
        return [name, (error as Error).message];
      }
    });
    expect(Object.fromEntries(read)).toEqual({
      'atom-customfields.atom': 15,
      'craigslist.rss': 25,
      'encoding.rss': 40,
      'gulp-atom.atom': 10,
      'heraldsun.rss': 2,
      'instant-article.rss': 1,
      'itunes-category.rss': 1,
      'itunes-keywords-array.rss': 1,
      'itunes-keywords.rss': 1,
      'many-links.rss': 25,
      'narro.rss': 1,
      'reddit-atom.rss': 24,
      'reddit.rss': 24,
      'unrecognized.rss': 'Unrecognized feed format',
      'xml2js-options.rss': 69,
    });
  });

  it('keep their letters', () => {
    const text = decodeFeed(readFileSync(shared('data/payloads/rss/encoding.rss')), '');
    expect(parseFeed(text, url, now)[0]).toMatchObject({
      text: 'Mãe de utente é a nova presidente da Raríssimas',
    });
  });
});

describe('a feed', () => {
  it('becomes signals without markup, and a broken item is counted', async () => {
    const body = rss(`${item(1)}<item><pubDate>never</pubDate></item>${item(2)}`);
    server.use(http.get(url, () => HttpResponse.xml(body)));
    const { items } = await readFeed(url, {}, around);
    expect(items[0]).toEqual({
      id: 'feeds:news.example.org/1',
      network: 'feeds',
      text: 'Item 1 & more #Flood',
      at: Date.parse('2026-11-21T01:00:00Z'),
      author: 'news.example.org',
      tags: ['flood'],
      url: 'https://news.example.org/1',
      channel: 'News & more',
      language: 'en',
    });
    expect(items.filter((each) => 'malformed' in each).length).toBeLessThanOrEqual(1);
    expect(items.filter((each) => !('malformed' in each))).toHaveLength(2);
  });

  it('that is JSON is read too', () => {
    const feed = {
      version: 'https://jsonfeed.org/version/1.1',
      title: 'J',
      items: [{ id: '7', content_html: '<p>Only a <b>body</b></p>', url: 'https://a.example/7' }],
    };
    expect(parseFeed(JSON.stringify(feed), url, now)).toEqual([
      expect.objectContaining({ text: 'Only a body', at: now, id: 'feeds:news.example.org/7' }),
    ]);
  });

  it('is not sent again unless it has changed, and then gives only what is new', async () => {
    let count = 2;
    server.use(
      http.get(url, ({ request }) => {
        const tag = `"v${count}"`;
        if (request.headers.get('if-none-match') === tag)
          return new HttpResponse(null, { status: 304 });
        const items = Array.from({ length: count }, (_, n) => item(n + 1)).join('');
        return HttpResponse.xml(rss(items), { headers: { etag: tag } });
      }),
    );
    const source = feedSource(url, {
      fetch,
      clock: { now: () => now, sleep: () => Promise.resolve() },
      listen: 0,
      window: 0,
    });
    let cursors = {};
    const runs = [];
    for (const there of [2, 2, 3]) {
      count = there;
      const intake = ingest([source], { cursors });
      const ids = [];
      for await (const { id } of intake) ids.push(id);
      ({ cursors } = intake);
      runs.push(ids.map((id) => id.split('/').at(-1)));
    }
    expect(runs).toEqual([['1', '2'], [], ['3']]);
    expect(JSON.stringify(cursors).length).toBeLessThan(300);
  });

  it.each([
    ['is down', () => new HttpResponse('oops', { status: 503 }), 'it answered 503'],
    ['does not answer', () => HttpResponse.error(), ''],
    ['is no feed', () => HttpResponse.html('<h1>Moved</h1>'), 'Unrecognized feed format'],
    ['is too large', () => new HttpResponse('x'.repeat(6_000_000)), 'larger than 5242880 bytes'],
  ])('that %s is an error that hides what may be a key', async (_what, answer, why) => {
    server.use(http.get(url, answer));
    const reading = readFeed(`${url}?key=hunter2`, {}, around);
    await expect(reading).rejects.toMatchObject({ code: 'SOURCE_FAILED', retryable: true });
    const message = await reading.catch((error: unknown) => (error as Error).message);
    expect(message).toContain(why);
    expect(message).not.toContain('hunter2');
  });
});
