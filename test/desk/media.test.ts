import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  contentFor,
  isFetched,
  mediaFor,
  mediaHashes,
  mediaVerdicts,
} from '../../lib/desk/media.ts';
import type { PostDocument } from '../../lib/draft/document.ts';
import { platformNamed, platforms } from '../../lib/platforms/index.ts';
import { tiktok } from '../../lib/platforms/tiktok/index.ts';
import type { TestDesk } from '../scenarios/desk.ts';
import { deskWithFiles, forInstagram, photo, sha } from './media-stage.ts';

let at: TestDesk;
beforeAll(async () => {
  at = await deskWithFiles();
});
afterAll(() => at.close());

const document = (more: Partial<PostDocument> = {}): PostDocument => ({
  id: 'p',
  profile: 'crypto',
  targets: ['instagram'],
  media: [],
  variants: [{ name: 'a', parts: ['Words'], overrides: {} }],
  ...more,
});

describe('files of a post', () => {
  it('are known by their own hash, in LFS or not, and whether they are there', async () => {
    const files = ['plain (1) ü', 'large', 'nowhere', 'gone'].map(
      (name) => `content/media/${name}.png`,
    );
    const media = [...files, '../x.png'].map((file) => ({ file, alt: '', part: 0 }));
    expect(await mediaHashes(at.app.desk, document({ media }), 'main')).toEqual({
      [files[0]!]: sha(photo),
      [files[1]!]: sha(photo),
      [files[3]!]: 'c'.repeat(64),
    });
  });

  it('are sent as the network takes them, in LFS or not', async () => {
    const plain = await forInstagram(at);
    const large = await forInstagram(at, 'content/media/large.png');
    expect(Buffer.from(large.bytes).equals(plain.bytes)).toBe(true);
    expect(plain).toMatchObject({
      type: 'image/jpeg',
      width: 955,
      height: 500,
      name: 'plain (1) ü.jpg',
    });
    await expect(forInstagram(at, 'content/media/gone.png')).rejects.toMatchObject({
      code: 'DELIVERY_NOT_ALLOWED',
      message: expect.stringContaining('Git LFS') as string,
    });
    await expect(forInstagram(at, 'content/media/none.png')).rejects.toMatchObject({
      code: 'DELIVERY_NOT_ALLOWED',
    });
  });

  it('are judged once for the same bytes, and named when they cannot be sent', async () => {
    const { desk } = at.app;
    const media = ['words', 'large', 'gone'].map((name) => ({
      file: `content/media/${name}.png`,
      alt: '',
      part: 0,
    }));
    const accounts = [{ name: 'instagram', platform: 'instagram' }];
    const reach = { accounts, networks: platforms };
    const judge = async () => {
      const hashes = await mediaHashes(desk, document({ media }), 'main');
      return mediaVerdicts(desk, document({ media }), reach, hashes, 'main');
    };
    const verdicts = await judge();
    expect(verdicts('instagram', 'content/media/words.png')).toHaveProperty('unfit');
    expect(verdicts('instagram', 'content/media/gone.png')).toHaveProperty('unfit');
    expect(verdicts('instagram', 'content/media/large.png')).toEqual({ notes: ['cropped'] });
    const before = at.sandbox.requests.filter(({ path }) => path.endsWith('/raw')).length;
    await judge();
    expect(at.sandbox.requests.filter(({ path }) => path.endsWith('/raw'))).toHaveLength(before);
  });

  it('go with polls, cards and titles where a network has them', async () => {
    const image = 'content/media/large.png';
    const link = { url: 'https://a.example/b', image, part: 0 };
    const poll = { options: ['Up', 'Down'], duration: 3_600_000, part: 0 };
    const given = document({ title: 'T', reply: { discord: '42' }, link, poll });
    const content = await contentFor(
      at.app.desk,
      given,
      'discord',
      platformNamed('discord'),
      'main',
    );
    expect(content).toMatchObject({
      title: 'T',
      reply: '42',
      parts: [
        {
          text: 'Words',
          media: [],
          poll,
          link: { url: link.url, title: 'a.example', description: '' },
        },
      ],
    });
    const card = content.parts[0]?.link?.image;
    expect((await sharp(card?.bytes).metadata()).width).toBe(1200);
    const bare = await contentFor(at.app.desk, document({ link }), 'x', platformNamed('x'), 'main');
    expect(bare.parts).toEqual([{ text: 'Words', media: [] }]);
  });

  it('have an address only where they are fetched from one', async () => {
    const photos = await mediaFor(
      at.app.desk,
      { file: 'content/media/large.png', alt: '' },
      tiktok,
      'main',
    );
    expect(photos.url).toContain('/tiktok/content/media/large.png');
    expect(isFetched(tiktok.media!, 'content/media/film.mp4')).toBe(false);
    const elsewhere = await mediaFor(
      at.app.desk,
      { file: 'content/media/large.png', alt: '' },
      platformNamed('x'),
      'main',
    );
    expect(elsewhere).not.toHaveProperty('url');
  });

  it('are refused with what helps where nobody has said from where', async () => {
    const { mediaUrl: _none, ...settings } = at.app.desk.settings;
    const desk = { ...at.app.desk, settings };
    const entry = { file: 'content/media/large.png', alt: '' };
    await expect(mediaFor(desk, entry, platformNamed('instagram'), 'main')).rejects.toMatchObject({
      message: expect.stringContaining('PULSE_MEDIA_URL') as string,
    });
  });
});
