import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServer } from '../../bot/server.ts';
import { serveMedia } from '../../lib/desk/serve-media.ts';
import { createSigner } from '../../lib/tokens/sign.ts';
import { halves } from '../draft/media/pictures.ts';
import type { TestDesk } from '../scenarios/desk.ts';
import { base, deskWithFiles, forInstagram } from './media-stage.ts';

let at: TestDesk;
beforeAll(async () => {
  at = await deskWithFiles();
});
afterAll(() => at.close());

const serve = (url: string) => {
  const { pathname, searchParams } = new URL(url);
  return serveMedia(at.app.desk, pathname.slice('/media/'.length), searchParams);
};

describe('networks that fetch files', () => {
  it('get exactly what they are sent, and where to find it', async () => {
    const media = await forInstagram(at, 'content/media/plain (1) ü.png', { x: 0, y: 0.5 });
    expect(media.url).toMatch(
      /^https:\/\/desk\.example\/media\/[0-9a-f]{32}\/instagram\/content\/media\//,
    );
    const served = await serve(media.url ?? '');
    expect(served?.type).toBe('image/jpeg');
    expect(Buffer.from(served?.bytes ?? []).equals(media.bytes)).toBe(true);
  });

  it('get nothing else: every other address is one nobody was given', async () => {
    const url = new URL((await forInstagram(at)).url ?? '');
    const wrong = (change: (other: URL) => void) => {
      const other = new URL(url);
      change(other);
      return serve(other.href);
    };
    const cases: ((other: URL) => void)[] = [
      (other) => other.searchParams.delete('key'),
      (other) => other.searchParams.set('key', createSigner('another token').sign('x')),
      (other) => other.searchParams.set('until', String(Number(url.searchParams.get('until')) + 1)),
      (other) => other.searchParams.set('focus', '0,0'),
      (other) => (other.pathname = url.pathname.replace('/instagram/', '/threads/')),
      (other) => (other.pathname = url.pathname.replace('plain', 'large')),
      (other) => (other.pathname = '/media/../.gitlab-ci.yml'),
      (other) => (other.pathname = '/media/%2e%2e%2f.gitlab-ci.yml'),
      (other) => (other.pathname = '/media/'),
    ];
    for (const change of cases) expect(await wrong(change)).toBeUndefined();
    const before = at.sandbox.requests.length;
    await wrong((other) => other.searchParams.set('key', ''));
    expect(at.sandbox.requests).toHaveLength(before);
  });

  it('get nothing any more when the time is over or the file has changed', async () => {
    const { url = '' } = await forInstagram(at, 'content/media/large.png');
    const { gitlab } = at.app.desk;
    const other = await halves(30, 30, '#ffffff', '#000000').png().toBuffer();
    const content = Buffer.from(other).toString('base64');
    expect(await serve(url)).toBeDefined();
    await gitlab.commitFiles(
      'main',
      [{ action: 'update', path: 'content/media/large.png', content, encoding: 'base64' }],
      'Change',
    );
    expect(await serve(url)).toBeUndefined();
    const { url: next = '' } = await forInstagram(at, 'content/media/large.png');
    expect(await serve(next)).toBeDefined();
    at.clock.advance(7 * 3_600_000);
    expect(await serve(next)).toBeUndefined();
  });

  it('get it from the bot as it is and not to be run, without a list of what there is', async () => {
    const { url = '', bytes } = await forInstagram(at);
    const bot = createServer({
      verify: () => ({ ok: false, status: 401, why: '' }),
      take: () => 'taken',
      machine: () => undefined,
      media: (path, query) => serveMedia(at.app.desk, path, query),
    });
    const ask = (to: string, method = 'GET') => bot.fetch(new Request(to, { method }));
    const answer = await ask(url);
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'x-content-type-options': 'nosniff',
      'content-length': String(bytes.length),
    });
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
    const head = await ask(url, 'HEAD');
    expect([head.status, (await head.text()).length]).toEqual([200, 0]);
    for (const to of [url.split('?')[0]!, `${base}/`, base, `${base}?list`])
      expect((await ask(to)).status).toBe(404);
    expect((await ask(url, 'POST')).status).toBe(404);
  });
});
