import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { pages } from '../../../lib/platforms/pages/index.ts';
import { decodePage, readPage, signalOf } from '../../../lib/platforms/pages/read.ts';
import { allowed, article, site } from './site.ts';

const html = { 'content-type': 'text/html; charset=utf-8' };

describe('a web page', () => {
  it('is read without what is around its words', async () => {
    const url = await site((_, answer) => answer.writeHead(200, html).end(article));
    const page = await readPage(`${url}/a?key=1`, { allowed });
    expect(page).toMatchObject({
      url: `${url}/trees`,
      byline: 'Ada Brandt',
      site: 'The Paper',
      language: 'de-AT',
      published: Date.UTC(2026, 10, 20, 8, 30),
      excerpt: 'Four hundred trees for the river #Baum.',
    });
    expect(page.title).toContain('Trees & more');
    expect(page.text).toContain('\n\nCafé <b> The council');
    expect(page.text).not.toMatch(/Log in|Cookies|alert/);
  });

  it('comes as one signal, by the time it says of itself', async () => {
    const url = await site((_, answer) => answer.writeHead(200, html).end(article));
    const page = await readPage(url, { allowed });
    const now = Date.UTC(2026, 10, 21);
    expect(signalOf(page, now)).toMatchObject({
      network: 'pages',
      at: page.published,
      author: 'Ada Brandt',
      channel: 'The Paper',
      tags: ['baum'],
      language: 'de-AT',
    });
    expect(signalOf({ ...page, published: now + 1 }, now).at).toBe(now);
    expect(signalOf(page, now).id).toMatch(/^pages:[0-9a-f]{24}$/);
  });

  it('may be packed, plain, or lie elsewhere', async () => {
    const url = await site(({ url: path }, answer) => {
      if (path === '/packed')
        answer.writeHead(200, { ...html, 'content-encoding': 'gzip' }).end(gzipSync(article));
      else if (path === '/plain')
        answer.writeHead(200, { 'content-type': 'text/plain' }).end('One\r\n\r\nTwo *three*');
      else answer.writeHead(302, { location: '/packed' }).end();
    });
    expect((await readPage(`${url}/else`, { allowed })).byline).toBe('Ada Brandt');
    expect(await readPage(`${url}/plain`, { allowed })).toMatchObject({
      title: 'One',
      text: 'One\n\nTwo *three*',
    });
  });

  it.each([
    [
      'iso-8859-1 by its type',
      Buffer.from('<p>\xfc</p>', 'latin1'),
      'text/html; charset=ISO-8859-1',
      '<p>ü</p>',
    ],
    [
      'one by its head',
      Buffer.from('<meta charset="shift_jis">\x83\x65', 'latin1'),
      'text/html',
      '<meta charset="shift_jis">テ',
    ],
    ['a mark above all', Buffer.from('\ufeffü', 'utf16le'), 'text/html; charset=latin1', 'ü'],
    ['an unknown one', Buffer.from('ü'), 'text/html; charset=klingon', 'ü'],
  ])('is decoded: %s', (_, bytes, type, text) => {
    expect(decodePage(bytes, type)).toBe(text);
  });

  it('is connected without a request, and its settings are strict', async () => {
    expect(pages.settings?.safeParse({ url: 'ftp://a.b' }).success).toBe(false);
    expect(pages.settings?.safeParse({ url: 'https://a.b/c' }).success).toBe(true);
    const connection = await pages.connect(
      { name: 'p', platform: 'pages' },
      {
        fetch,
        now: () => 0,
        credentials: {},
      },
    );
    expect(Object.keys(connection)).toEqual(['timeline']);
    const read = Array.fromAsync(connection.timeline?.('http://127.0.0.1:9/x?key=s', 0) ?? []);
    await expect(read).rejects.toMatchObject({
      code: 'SOURCE_FAILED',
      message: expect.stringMatching(
        /^The page http:\/\/127\.0\.0\.1:9\/x could not be read: 127\.0\.0\.1 is no public/,
      ) as string,
    });
  });
});
