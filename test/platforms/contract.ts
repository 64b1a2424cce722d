import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fail } from '../../lib/errors.ts';
import type { Deadline, Media, Outgoing } from '../../lib/platforms/platform.ts';
import type { Receipt } from '../../lib/store/record.ts';
import { image } from './image.ts';
import { never, type World } from './world.ts';

/**
 * What every network that can publish has to do, against the network itself. `has` says what the network has beyond
 * what all have: accounts with passwords and limits, and a connection that can break.
 */
export function describePublishing(
  name: string,
  has: { passwords: boolean; connection: boolean },
  build: () => Promise<World>,
): void {
  describe(name, () => {
    let world: World;
    beforeAll(async () => {
      world = await build();
    });
    afterAll(() => world.close());

    const prepare = (...texts: string[]) => {
      const parts = texts.map((text) => ({ text, media: [] as Media[] }));
      const outgoing: Outgoing = { delivery: `p-${random()}.main`, parts, language: 'en' };
      const entropy = randomBytes(8 * texts.length);
      return {
        outgoing,
        handles: world.platform.handles?.(outgoing, Date.now(), entropy, []) ?? [],
      };
    };
    const sent = async (text: string) => (await world.posts()).filter((post) => post.text === text);

    it('publishes a post', async () => {
      const { outgoing, handles } = prepare('Hello, world.');
      const receipt = await (await world.connect()).publish!(outgoing, 0, handles, [], never);
      expect(receipt).toMatchObject({ part: 0, id: expect.stringMatching(/./) as string });
      expect(URL.canParse(receipt.url!)).toBe(true);
      expect(await sent('Hello, world.')).toEqual([{ text: 'Hello, world.', alt: [] }]);
    });

    it('makes one post of the same handle sent twice', async () => {
      const { outgoing, handles } = prepare('Said twice.');
      const connection = await world.connect();
      const first = await connection.publish!(outgoing, 0, handles, [], never);
      const again = await connection.publish!(outgoing, 0, handles, [], never);
      expect(again).toMatchObject({ id: first.id, url: first.url });
      expect(await sent('Said twice.')).toHaveLength(1);
    });

    it('makes one post of the same key sent again at a later time', async () => {
      const { outgoing, handles } = prepare('Said later.');
      const connection = await world.connect();
      const first = await connection.publish!(outgoing, 0, handles, [], never);
      const later = world.platform.handles!(outgoing, Date.now() + 9e6, randomBytes(8), handles);
      const again = await connection.publish!(outgoing, 0, later, [], never);
      expect(again.id).toBe(first.id);
      expect(await sent('Said later.')).toHaveLength(1);
    });

    it('finds what is there, and is sure of what is not', async () => {
      const { outgoing, handles } = prepare('Found again.');
      const connection = await world.connect();
      expect(await connection.find!(outgoing, 0, handles)).toBe('absent');
      const receipt = await connection.publish!(outgoing, 0, handles, [], never);
      const found = (await (await world.connect()).find!(outgoing, 0, handles)) as Receipt;
      expect(found).toMatchObject({ part: 0, id: receipt.id, url: receipt.url });
    });

    it('publishes a thread in order, each part below the one before', async () => {
      const { outgoing, handles } = prepare('Thread one.', 'Thread two.', 'Thread three.');
      const connection = await world.connect();
      const receipts: Receipt[] = [];
      for (const index of outgoing.parts.keys())
        receipts.push(await connection.publish!(outgoing, index, handles, receipts, never));
      expect(new Set(receipts.map(({ id }) => id)).size).toBe(3);
      const posts = (await world.posts()).filter(({ text }) => text.startsWith('Thread'));
      expect(posts.map(({ text }) => text)).toEqual([
        'Thread one.',
        'Thread two.',
        'Thread three.',
      ]);
    });

    it('sends an image with the words that describe it', async () => {
      const { outgoing, handles } = prepare('With an image.');
      const parts = [{ text: 'With an image.', media: [image] }];
      await (
        await world.connect()
      ).publish!({ ...outgoing, parts }, 0, handles, [], never);
      expect(await sent('With an image.')).toEqual([{ text: 'With an image.', alt: ['Two dots'] }]);
    });

    it('refuses a text that is too long, and its measure says so', async () => {
      const text = 'x'.repeat(world.platform.measure!('').limit + 1);
      expect(world.platform.measure!(text).fits).toBe(false);
      expect(world.platform.measure!(text.slice(1)).fits).toBe(true);
      const { outgoing, handles } = prepare(text);
      const sending = (await world.connect()).publish!(outgoing, 0, handles, [], never);
      await expect(sending).rejects.toMatchObject({ code: 'DELIVERY_REFUSED' });
      expect(await sent(text)).toEqual([]);
    });

    it('lets nothing leave once the deadline has passed', async () => {
      const { outgoing, handles } = prepare('Too late.');
      const over: Deadline = {
        signal: AbortSignal.abort(),
        check: () => {
          throw fail('CLAIM_EXPIRED', { delivery: outgoing.delivery });
        },
      };
      const connection = await world.connect();
      const sending = connection.publish!(outgoing, 0, handles, [], over);
      await expect(sending).rejects.toMatchObject({ code: 'CLAIM_EXPIRED' });
      expect(await connection.find!(outgoing, 0, handles)).toBe('absent');
    });

    it('says that a server that is down is busy, never that a post is absent', async () => {
      const { outgoing, handles } = prepare('Into the void.');
      const connection = await world.connect();
      await world.down();
      try {
        const sending = connection.publish!(outgoing, 0, handles, [], never);
        const code = expect.stringMatching(/^DELIVERY_(BUSY|UNKNOWN)$/) as string;
        await expect(sending).rejects.toMatchObject({ code });
        const asking = connection.find!(outgoing, 0, handles);
        await expect(asking).rejects.toMatchObject({ code: 'DELIVERY_BUSY', retryable: true });
      } finally {
        await world.up();
      }
      expect(await connection.find!(outgoing, 0, handles)).toBe('absent');
    });

    if (has.passwords)
      it('refuses a wrong password', async () => {
        const stranger = await world.stranger!();
        const { outgoing, handles } = prepare('Not me.');
        const sending = stranger.publish!(outgoing, 0, handles, [], never);
        await expect(sending).rejects.toMatchObject({ code: 'DELIVERY_REFUSED' });
        expect(await sent('Not me.')).toEqual([]);
      });

    if (has.passwords)
      it('is told when to come back', async () => {
        const limited = await world.limited!();
        const { outgoing, handles } = prepare('One too many.');
        const sending = limited.publish!(outgoing, 0, handles, [], never);
        await expect(sending).rejects.toMatchObject({
          code: 'DELIVERY_BUSY',
          details: { status: 429, until: expect.any(Number) as number },
        });
      });

    for (const how of has.connection ? (['cut', 'lose'] as const) : [])
      it(`does not know after an answer that broke off (${how}), and find does`, async ({
        skip,
      }) => {
        if (!world.breaks) return skip('nothing can break here');
        const { outgoing, handles } = prepare(`Broken: ${how}.`);
        const connection = await world.connect();
        world.breaks(how);
        const sending = connection.publish!(outgoing, 0, handles, [], never);
        await expect(sending).rejects.toMatchObject({ code: 'DELIVERY_UNKNOWN' });
        const found = await connection.find!(outgoing, 0, handles);
        expect(typeof found).toBe(how === 'cut' ? 'object' : 'string');
        await connection.publish!(outgoing, 0, handles, [], never);
        expect(await sent(`Broken: ${how}.`)).toHaveLength(1);
      });
  });
}

function random(): string {
  return randomBytes(4).toString('hex');
}
