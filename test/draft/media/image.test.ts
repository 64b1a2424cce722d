import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { fitMedia, type MediaFile } from '../../../lib/draft/media/fit.ts';
import type { Media, MediaRules } from '../../../lib/platforms/platform.ts';
import { colourAt, grain, halves, movingGif, rules } from './pictures.ts';

const fit = (bytes: Uint8Array, more: Partial<MediaRules> = {}, file: Partial<MediaFile> = {}) =>
  fitMedia({ bytes, alt: 'A map', name: 'map.png', ...file }, { ...rules, ...more });
const fitted = async (...given: Parameters<typeof fit>): Promise<Media> => {
  const found = await fit(...given);
  if ('unfit' in found) throw new Error(found.unfit.message);
  return found.media;
};
const unfit = async (...given: Parameters<typeof fit>) => {
  const found = await fit(...given);
  return 'unfit' in found ? found.unfit : undefined;
};

describe('an image is brought to a network', () => {
  it('without where and with what it was taken, turned as it was held', async () => {
    const photo = await halves(400, 200, '#ff0000', '#0000ff')
      .withExif({
        IFD0: { Make: 'SecretCamera', Artist: 'Ann' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' },
      })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect((await sharp(photo).metadata()).exif).toBeDefined();
    const media = await fitted(photo);
    expect([media.width, media.height]).toEqual([200, 400]);
    const { exif, icc, xmp, iptc, orientation } = await sharp(media.bytes).metadata();
    expect([exif, icc, xmp, iptc, orientation]).toEqual(Array(5).fill(undefined));
    expect(Buffer.from(media.bytes).includes('SecretCamera')).toBe(false);
    // What was on the left is above when the camera was turned.
    const [red = 0, , blue = 0] = await colourAt(media.bytes, 0.5, 0.1);
    expect(red).toBeGreaterThan(blue);
  });

  it('in the colours every screen knows', async () => {
    const wide = await halves(40, 40, '#ff0000', '#00ff00').withIccProfile('p3').png().toBuffer();
    const media = await fitted(wide);
    expect((await sharp(media.bytes).metadata()).icc).toBeUndefined();
    const [red = 0, green = 0] = await colourAt(media.bytes, 0.1, 0.5);
    expect(red).toBeGreaterThan(240);
    expect(green).toBeLessThan(20);
  });

  it('within its bytes: less quality first, then fewer pixels', async () => {
    const photo = await grain(1600, 1200).jpeg({ quality: 95 }).toBuffer();
    const most = await fitted(photo, { bytes: 1_300_000 });
    expect(most.bytes.length).toBeLessThanOrEqual(1_300_000);
    expect(most.width).toBe(1600);
    const less = await fitted(photo, { bytes: 400_000 });
    expect(less.bytes.length).toBeLessThanOrEqual(400_000);
    expect([less.width, less.height]).toEqual([1024, 768]);
    expect(await unfit(photo, { bytes: 50_000 })).toEqual({
      message: expect.stringMatching(/^has \d+(\.\d)? kB even when it is made smaller$/) as string,
      expected: '50 kB at most',
    });
  });

  it('as a JPEG on white where what can be seen through is too large', async () => {
    const glass = await grain(300, 300, 4).png().toBuffer();
    const hole = {
      create: { width: 300, height: 300, channels: 4 as const, background: '#00000000' },
    };
    const empty = await sharp(hole).png().toBuffer();
    const media = await fitted(glass, { bytes: 150_000 });
    expect([media.type, media.name]).toEqual(['image/jpeg', 'map.jpg']);
    const white = await fitted(empty, { types: ['image/jpeg'] });
    expect(await colourAt(white.bytes, 0.5, 0.5)).toEqual([255, 255, 255]);
    expect((await fitted(empty)).type).toBe('image/png');
  });

  it('cut around what matters', async () => {
    const wide = await halves(800, 200, '#ff0000', '#0000ff').png().toBuffer();
    const ratio = { min: 1, max: 1 };
    const left = await fitted(wide, { ratio }, { focus: { x: 0.1, y: 0.5 } });
    const right = await fitted(wide, { ratio }, { focus: { x: 0.9, y: 0.5 } });
    expect([left.width, left.height]).toEqual([200, 200]);
    expect(await colourAt(left.bytes, 0.9, 0.5)).toEqual([255, 0, 0]);
    expect(await colourAt(right.bytes, 0.1, 0.5)).toEqual([0, 0, 255]);
    // From the middle, the bottom up, as networks ask for it.
    expect(left.focus?.x).toBeCloseTo(-0.2);
    expect(left.focus?.y).toBeCloseTo(0);
  });

  it('moving where the network lets it, with its times', async () => {
    const gif = await movingGif(120, 80);
    const small = { size: { width: 60, height: 60 }, ratio: { min: 1, max: 1 } };
    const moving = await fitted(gif, { ...small, types: ['image/gif'] });
    expect([moving.type, moving.width, moving.height]).toEqual(['image/gif', 60, 60]);
    const { pages, delay, pageHeight } = await sharp(moving.bytes, { animated: true }).metadata();
    expect([pages, delay, pageHeight]).toEqual([3, [100, 200, 300], 60]);
    const still = await fit(gif);
    expect(still).toMatchObject({ notes: ['still'], media: { type: 'image/jpeg', width: 120 } });
  });

  it('to the same bytes every time', async () => {
    const photo = await grain(700, 500).png().toBuffer();
    const once = await fitted(photo, { bytes: 300_000 });
    const again = await fitted(photo, { bytes: 300_000 });
    expect(Buffer.from(once.bytes).equals(again.bytes)).toBe(true);
  });

  it('only when it is one, whatever its name says', async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>';
    expect(await unfit(Buffer.from(svg))).toMatchObject({
      message: expect.stringContaining('no image') as string,
    });
    expect(await unfit(Buffer.from('%PDF-1.7'))).toBeDefined();
    expect(await unfit(new Uint8Array())).toBeDefined();
    const photo = await grain(200, 200).jpeg().toBuffer();
    expect(await unfit(photo.subarray(0, photo.length / 2))).toMatchObject({
      expected: 'a whole image',
    });
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 12345\n`;
    expect(await unfit(Buffer.from(pointer))).toMatchObject({
      expected: 'the file; `git lfs pull` fetches it',
    });
  });

  it('never when it would fill memory', async () => {
    // 20,000 by 10,000 pixels in a few kB.
    const side = { width: 20_000, height: 10_000, channels: 3 as const };
    const bomb = await sharp({ create: { ...side, background: '#fff' } })
      .png()
      .toBuffer();
    expect(bomb.length).toBeLessThan(3_000_000);
    expect(await unfit(bomb)).toMatchObject({ message: expect.stringMatching(/pixels/) as string });
  });
});
