import { createBrotliCompress } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPublic } from '../../../lib/platforms/pages/address.ts';
import { readPage } from '../../../lib/platforms/pages/read.ts';
import { allowed, site } from './site.ts';

const html = { 'content-type': 'text/html' };

const why = (reason: RegExp) => ({
  code: 'SOURCE_FAILED',
  message: expect.stringMatching(reason) as string,
});

describe('what is no page of the public web is refused:', () => {
  it.each([
    ['http://localhost/', /is no public address/],
    ['http://127.1/', /is no public address/],
    ['http://0x7f000001/', /is no public address/],
    ['http://[::1]/', /is no public address/],
    ['http://[::ffff:169.254.169.254]/latest', /is no public address/],
    ['http://169.254.169.254/latest/meta-data', /is no public address/],
    ['https://10.0.0.7/', /is no public address/],
    ['file:///etc/passwd', /no address of the web/],
    ['http://me:secret@example.com/', /holds a password/],
    ['nonsense', /no address of the web/],
  ])('%s', async (url, reason) => {
    await expect(readPage(url)).rejects.toMatchObject(why(reason));
  });

  it('a name that leads to a private address, whatever else it leads to', async () => {
    const url = await site((_, answer) => answer.writeHead(200, html).end('<p>secret</p>'));
    const resolve = ((_: string, __: unknown, done: (...all: unknown[]) => void) => {
      done(null, [
        { address: '93.184.216.34', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ]);
    }) as never;
    const named = url.replace('127.0.0.1', 'inner.example');
    await expect(readPage(named, { resolve })).rejects.toMatchObject(why(/is no public address/));
  });

  it('a redirect into a private network, or without an end', async () => {
    const url = await site(({ url: path }, answer) => {
      const location = path === '/in' ? 'http://127.0.0.2/admin' : '/round';
      answer.writeHead(307, { location }).end();
    });
    await expect(readPage(`${url}/in`, { allowed })).rejects.toMatchObject(
      why(/127\.0\.0\.2 is no public/),
    );
    await expect(readPage(`${url}/round`, { allowed })).rejects.toMatchObject(
      why(/more than 5 times/),
    );
  });

  it('what is too large, also once it is unpacked, too slow, broken, empty or no page', async () => {
    const url = await site(({ url: path }, answer) => {
      if (path === '/large') answer.writeHead(200, html).end('x'.repeat(2_000));
      else if (path === '/bomb') {
        answer.writeHead(200, { ...html, 'content-encoding': 'br' });
        const packed = createBrotliCompress();
        packed.pipe(answer);
        packed.end(Buffer.alloc(1_000_000));
      } else if (path === '/cut') {
        answer.writeHead(200, { ...html, 'content-length': '100' }).write('<p>');
        setTimeout(() => answer.destroy(), 20);
      } else if (path === '/stuck') answer.writeHead(200, html).write('<p>');
      else if (path === '/garbled')
        answer.writeHead(200, { ...html, 'content-encoding': 'gzip' }).end('no gzip');
      else if (path === '/empty') answer.writeHead(200, html).end('<script>x</script>');
      else if (path === '/image') answer.writeHead(200, { 'content-type': 'image/png' }).end('x');
      else if (path === '/gone') answer.writeHead(410).end();
    });
    const limits = { allowed, bytes: 1_000 };
    const reading = (path: string) => readPage(url + path, limits);
    const hasty = (path: string) => readPage(url + path, { ...limits, patience: 300 });
    await expect(reading('/large')).rejects.toMatchObject(why(/larger than 1000 bytes/));
    await expect(reading('/bomb')).rejects.toMatchObject(why(/larger than 1000 bytes/));
    await expect(reading('/cut')).rejects.toMatchObject(why(/aborted/));
    await expect(reading('/garbled')).rejects.toMatchObject(why(/header/));
    await expect(reading('/empty')).rejects.toMatchObject(why(/nothing to read/));
    await expect(reading('/image')).rejects.toMatchObject(why(/image\/png and no page/));
    await expect(reading('/gone')).rejects.toMatchObject(why(/answered 410/));
    await expect(hasty('/stuck')).rejects.toMatchObject(why(/took too long/));
    await expect(hasty('/silent')).rejects.toMatchObject(why(/took too long/));
  });
});

describe('isPublic', () => {
  it.each(['93.184.216.34', '8.8.8.8', '172.32.0.1', '2606:4700::1111'])('takes %s', (address) => {
    expect(isPublic(address)).toBe(true);
  });

  it('refuses every private address of IPv4, also within IPv6', () => {
    const byte = fc.nat(255);
    const first = fc.constantFrom(
      [10],
      [127],
      [0],
      [169, 254],
      [192, 168],
      [172, 16],
      [172, 31],
      [100, 64],
      [224],
    );
    fc.assert(
      fc.property(first, byte, byte, byte, (net, ...rest) => {
        const address = [...net, ...rest].slice(0, 4).join('.');
        for (const each of [address, `::ffff:${address}`, `64:ff9b::${address}`])
          expect(isPublic(each)).toBe(false);
      }),
    );
  });

  it.each([
    '::',
    '::1',
    'fe80::1',
    'fc00::1',
    'fd12::1',
    'ff02::1',
    '2001:db8::1',
    '2002:7f00:1::',
    'x',
  ])('refuses %s', (address) => {
    expect(isPublic(address)).toBe(false);
  });
});
