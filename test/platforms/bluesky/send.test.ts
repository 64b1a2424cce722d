import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Connection, Media, Outgoing, Part } from '../../../lib/platforms/platform.ts';
import type { Receipt } from '../../../lib/store/record.ts';
import { image } from '../image.ts';
import { stage, type Stage } from '../stage.ts';
import { type BlueskyWorld, blueskyWorld } from './world.ts';

const bytes = Buffer.from('AAAAIGZ0eXBpc29tAAACAGlzb21pc28yYXZjMW1wNDE=', 'base64');
const video: Media = {
  bytes,
  type: 'video/mp4',
  alt: 'A cat',
  name: 'cat.mp4',
  width: 640,
  height: 360,
};

interface Value {
  text: string;
  facets?: { index: { byteStart: number; byteEnd: number }; features: object[] }[];
  embed?: Record<string, unknown>;
  reply?: { root: { uri: string }; parent: { uri: string } };
  langs?: string[];
}

describe('what Bluesky can do beside what all can', () => {
  let world: BlueskyWorld;
  let connection: Connection;
  let prepare: Stage['prepare'];
  beforeAll(async () => {
    world = await blueskyWorld();
    ({ prepare } = stage(world));
    connection = await world.connect();
  });
  afterEach(() => expect(world.problems()).toEqual([]));
  afterAll(() => world.close());

  const publish = (part: Partial<Part>, more: Partial<Outgoing> = {}): Promise<Receipt> => {
    const { outgoing, attempt } = prepare('Words.');
    const parts = outgoing.parts.map((each) => ({ ...each, ...part }));
    return connection.publish!({ ...outgoing, parts, ...more }, 0, attempt());
  };
  const value = async ({ id }: Receipt) => {
    const posts = await world.server.posts(world.account.did);
    return posts.find(({ uri }) => uri === id)?.value as unknown as Value;
  };

  it('lays links over their words, and finds those that stand there', async () => {
    const text =
      'Grüße: **see** [the 👪 page](https://example.com/ä) or https://example.org #Börse';
    const { text: plain, facets = [] } = await value(await publish({ text }));
    expect(plain).toBe('Grüße: see the 👪 page or https://example.org #Börse');
    const shown = Buffer.from(plain);
    const marked = facets.map(({ index: { byteStart, byteEnd }, features }) => ({
      words: shown.subarray(byteStart, byteEnd).toString(),
      ...features[0],
    }));
    expect(marked).toMatchObject([
      { words: 'the 👪 page', uri: 'https://example.com/%C3%A4' },
      { words: 'https://example.org', uri: 'https://example.org' },
      { words: '#Börse', tag: 'Börse' },
    ]);
  });

  it('shows a video', async () => {
    const { embed } = await value(await publish({ media: [video] }));
    expect(embed).toMatchObject({
      $type: 'app.bsky.embed.video',
      alt: 'A cat',
      aspectRatio: { width: 640, height: 360 },
      video: { mimeType: 'video/mp4', size: bytes.length },
    });
  });

  it('shows the page behind a link with its picture, and files rather than that', async () => {
    const link = { url: 'https://example.com/p', title: 'Page', description: 'About', image };
    const { embed } = await value(await publish({ link }));
    expect(embed).toMatchObject({
      $type: 'app.bsky.embed.external',
      external: { uri: link.url, title: 'Page', thumb: { mimeType: 'image/png' } },
    });
    const both = await value(await publish({ link, media: [image] }));
    expect(both.embed?.$type).toBe('app.bsky.embed.images');
  });

  it('answers a post, and the thread that it belongs to', async () => {
    const root = await publish({ text: 'Root.' });
    const middle = await publish({ text: 'Middle.' }, { reply: root.id });
    const rkey = middle.id.split('/').at(-1) ?? '';
    const address = `https://bsky.app/profile/${world.account.handle}/post/${rkey}`;
    const { outgoing, attempt } = prepare('Leaf one.', 'Leaf two.');
    const answer = { ...outgoing, reply: address };
    const first = await connection.publish!(answer, 0, attempt());
    const second = await connection.publish!(answer, 1, attempt([first]));
    const links = async (receipt: Receipt) => {
      const { reply } = await value(receipt);
      return [reply?.root.uri, reply?.parent.uri];
    };
    expect(await links(middle)).toEqual([root.id, root.id]);
    expect(await links(first)).toEqual([root.id, middle.id]);
    expect(await links(second)).toEqual([root.id, first.id]);
  });

  it.each([['at://did:plc:nobody/app.bsky.feed.post/3n2t5ucb4iufq'], ['https://example.com/']])(
    'refuses to answer %s',
    async (reply) => {
      await expect(publish({}, { reply })).rejects.toMatchObject({ code: 'DELIVERY_REFUSED' });
    },
  );

  it.each<[string, Partial<Part>]>([
    ['a video beside an image', { media: [video, image] }],
    ['five images', { media: Array.from({ length: 5 }, () => image) }],
    ['a file of another kind', { media: [{ ...image, type: 'image/tiff' }] }],
    ['an image that is too large', { media: [{ ...image, bytes: new Uint8Array(2_000_001) }] }],
    ['no image at all', { media: [{ ...image, bytes: new Uint8Array(10) }] }],
    ['a poll', { poll: { options: ['a', 'b'], duration: 3e6 } }],
  ])('refuses %s', async (_name, part) => {
    await expect(publish(part)).rejects.toMatchObject({ code: 'DELIVERY_REFUSED' });
  });
});
