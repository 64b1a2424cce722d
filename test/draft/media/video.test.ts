import { describe, expect, it } from 'vitest';
import { fitMedia } from '../../../lib/draft/media/fit.ts';
import { kindOf, nameFor, pointerIn } from '../../../lib/draft/media/kind.ts';
import { stripVideo } from '../../../lib/draft/media/strip.ts';
import { formatBytes, formatRatio } from '../../../lib/draft/media/unfit.ts';
import { videoUnfit } from '../../../lib/draft/media/video.ts';
import type { VideoRules } from '../../../lib/platforms/platform.ts';
import { film, rules } from './pictures.ts';

const video: VideoRules = {
  count: 1,
  types: ['video/mp4', 'video/quicktime'],
  bytes: 10_000,
  length: { min: 1, max: 60 },
};
const fit = (bytes: Uint8Array, name = 'film.mp4') =>
  fitMedia({ bytes, alt: '', name }, { ...rules, video });

describe('a video', () => {
  it.each(['mp4', 'mov'] as const)(
    'is sent as it is coded, without what tells where: %s',
    async (as) => {
      const bytes = await film({ as, title: 'SecretPlace', rotation: 90 });
      expect(Buffer.from(bytes).includes('SecretPlace')).toBe(true);
      const fitted = await fit(bytes, `film.${as}`);
      expect(fitted).toMatchObject({
        media: { width: 360, height: 640, seconds: 2, name: `film.${as}` },
      });
      if ('unfit' in fitted) return;
      expect(fitted.media.bytes.length).toBe(bytes.length);
      expect(Buffer.from(fitted.media.bytes).includes('SecretPlace')).toBe(false);
      expect(Buffer.from(fitted.media.bytes).includes('+51.5074')).toBe(false);
    },
  );

  it('that tells nothing is the same bytes, and what is no video is left alone', async () => {
    const bytes = await film();
    expect(stripVideo(stripVideo(bytes))).toEqual(stripVideo(bytes));
    const odd = new Uint8Array([0, 0, 0, 9, 109, 111, 111, 118, 0, 0, 0]);
    expect(stripVideo(odd)).toBe(odd);
  });

  it('of a type the network does not take, or broken, is named', async () => {
    const webm = await film({ as: 'webm' });
    expect(await fit(webm)).toEqual({
      unfit: { message: 'is video/webm', expected: 'video/mp4, video/quicktime' },
    });
    const half = (await film()).subarray(0, 300);
    expect(await fit(half)).toMatchObject({
      unfit: { message: expect.stringContaining('cannot be read') as string },
    });
    expect(await fitMedia({ bytes: webm, alt: '', name: '' }, rules)).toEqual({
      unfit: { message: 'is a video', expected: 'an image' },
    });
  });

  const facts = {
    type: 'video/mp4',
    bytes: 900,
    width: 640,
    height: 360,
    seconds: 30,
    codec: 'avc',
  };
  it.each<[Partial<typeof facts>, Partial<VideoRules>, string | undefined]>([
    [{}, {}, undefined],
    [{ seconds: 75.26 }, {}, 'is 75.3 seconds long'],
    [{ seconds: 0.5 }, {}, 'is 0.5 seconds long'],
    [{ bytes: 12_400 }, {}, 'has 12.4 kB'],
    [{}, { ratio: { min: 0.5, max: 1 } }, 'is 640 by 360'],
    [{ codec: 'av1' }, { codecs: ['avc', 'hevc'] }, 'is coded as av1'],
    [{}, { count: 0 }, 'is a video'],
  ])('%j by %j: %s', (more, other, message) =>
    expect(videoUnfit({ ...facts, ...more }, { ...video, ...other })?.message).toBe(message),
  );
});

describe('kinds and words', () => {
  it('knows what it may hand to a decoder, and nothing else', () => {
    const ftyp = (brand: string) => Buffer.from(`\0\0\0\x18ftyp${brand}\0\0\0\0`, 'latin1');
    expect(kindOf(ftyp('isom'))).toBe('video/mp4');
    expect(kindOf(ftyp('qt  '))).toBe('video/quicktime');
    for (const brand of ['avif', 'heic', 'mif1']) expect(kindOf(ftyp(brand))).toBeUndefined();
  });

  it('reads pointers into LFS as git-lfs writes them', () => {
    const pointer = (oid: string) =>
      Buffer.from(`version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize 42\n`);
    expect(pointerIn(pointer('ab'.repeat(32)))).toEqual({ oid: 'ab'.repeat(32), size: 42 });
    expect(pointerIn(pointer('../../x'))).toBeUndefined();
    expect(pointerIn(Buffer.from('version 1'))).toBeUndefined();
  });

  it.each([
    ['chart.png', 'image/jpeg', 'chart.jpg'],
    ['a.b.PNG', 'image/webp', 'a.b.webp'],
    ['chart.JPEG', 'image/jpeg', 'chart.JPEG'],
    ['chart', 'image/png', 'chart.png'],
  ])('%s sent as %s is %s', (name, type, wanted) => expect(nameFor(name, type)).toBe(wanted));

  it('says sizes and shapes as people do', () => {
    expect([2_000_000, 1_049_000, 900, 3e9].map(formatBytes)).toEqual([
      '2 MB',
      '1 MB',
      '0.9 kB',
      '3 GB',
    ]);
    expect([0.8, 1.91, 1, 16 / 9].map(formatRatio)).toEqual(['4:5', '1.91:1', '1:1', '16:9']);
  });
});
