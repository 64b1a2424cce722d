import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { Connection, Platform } from '../../lib/platforms/platform.ts';
import type { Receipt } from '../../lib/store/record.ts';
import { describeAbilities } from './contract-abilities.ts';
import { describeFaults } from './contract-faults.ts';
import { itIf, stage, type Stage } from './stage.ts';
import { never, type World } from './world.ts';

/** What every network that can publish has to do, against the network itself or a stand-in that is no kinder. */
export function describePublishing(world: World, can: Abilities): void {
  const { platform } = world;
  describe(platform.title, () => {
    const at = stage(world);
    afterEach(() => expect(world.problems()).toEqual([]));
    afterAll(() => world.close());

    describePosts(platform, at, can);
    describeAbilities(platform, at, can);
    describeFaults(platform, at);
  });
}

/** What a connection of the network has; what it has not is no test's business. */
export type Abilities = Pick<Connection, keyof Connection>;

function describePosts(platform: Platform, at: Stage, can: Abilities): void {
  it('asks for nothing before it has to', async () => {
    const before = at.world.proxy?.seen.length;
    await at.world.connect();
    expect(at.world.proxy?.seen.length).toBe(before);
  });

  it('publishes a post', async () => {
    const { world, prepare, sent } = at;
    const { outgoing, attempt } = prepare('Hello, world.');
    const receipt = await (await world.connect()).publish!(outgoing, 0, attempt());
    expect(receipt).toMatchObject({ part: 0, id: expect.stringMatching(/./) as string });
    expect(URL.canParse(receipt.url ?? '')).toBe(true);
    expect((await sent('Hello, world.')).map(({ id }) => id)).toEqual([receipt.id]);
  });

  itIf(platform.keyed)('makes one post of the same handle sent twice', async () => {
    const { world, prepare, sent } = at;
    const { outgoing, attempt } = prepare('Said twice.');
    const first = await (await world.connect()).publish!(outgoing, 0, attempt());
    const again = await (await world.connect()).publish!(outgoing, 0, attempt());
    expect(again).toMatchObject({ id: first.id, url: first.url });
    expect(await sent('Said twice.')).toHaveLength(1);
  });

  itIf(platform.keyed)('makes one post of the same key sent again in a while', async () => {
    const { world, prepare, sent } = at;
    const { outgoing, attempt } = prepare('Said later.');
    const connection = await world.connect();
    const first = await connection.publish!(outgoing, 0, attempt());
    const { handles } = attempt();
    const later = platform.handles!(outgoing, Date.now() + 30_000, randomBytes(8), handles);
    const again = await connection.publish!(outgoing, 0, { ...attempt(), handles: later });
    expect(again.id).toBe(first.id);
    expect(await sent('Said later.')).toHaveLength(1);
  });

  itIf(can.find)('finds what is there, and never makes up what is not', async () => {
    const { world, prepare } = at;
    const { outgoing, attempt } = prepare('Found again.');
    const connection = await world.connect();
    const find = async () => (await world.connect()).find!(outgoing, 0, attempt().handles, []);
    expect(await find()).toBe(world.missing);
    const receipt = await connection.publish!(outgoing, 0, attempt());
    expect(await find()).toMatchObject({ part: 0, id: receipt.id, url: receipt.url });
  });

  itIf(platform.parts)('publishes what follows below what it follows', async () => {
    const { world, prepare } = at;
    const texts = ['Thread one.', 'Thread two.', 'Thread three.'].slice(0, platform.parts?.most);
    const { outgoing, attempt } = prepare(...texts);
    const connection = await world.connect();
    const receipts: Receipt[] = [];
    for (const index of texts.keys())
      receipts.push(await connection.publish!(outgoing, index, attempt(receipts)));
    const ids = receipts.map(({ id }) => id);
    expect(new Set(ids).size).toBe(texts.length);
    const posts = (await world.posts()).filter(({ id }) => ids.includes(id));
    expect(posts.map(({ text }) => text)).toEqual(texts);
    const above = platform.parts?.as === 'thread' ? ids : ids.map(() => ids[0]);
    expect(posts.slice(1).map(({ parent }) => parent)).toEqual(above.slice(0, -1));
    if (!connection.find) return;
    for (const index of texts.keys()) {
      const found = await connection.find(
        outgoing,
        index,
        attempt().handles,
        receipts.slice(0, index),
      );
      expect(found).toMatchObject({ part: index, id: ids[index] });
    }
  });

  itIf(platform.media)('sends a file with the words that describe it', async () => {
    const { world, prepare, sent } = at;
    const { outgoing, attempt } = prepare('With a file.');
    const parts = [{ text: 'With a file.', media: [world.image] }];
    await (
      await world.connect()
    ).publish!({ ...outgoing, parts }, 0, attempt());
    const alt = platform.media?.altLength === 0 ? [] : [world.image.alt];
    expect((await sent('With a file.')).map((post) => post.alt)).toEqual([alt]);
  });

  it('shows what measure and show promise of Markdown', async () => {
    const { world, prepare, sent } = at;
    const text = 'It is **bold** and _wry_, see [the page](https://example.com/a_b_c) \\*now\\*.';
    const { outgoing, attempt } = prepare(text);
    await (
      await world.connect()
    ).publish!(outgoing, 0, attempt());
    const shown = platform.show?.(text) ?? text;
    expect(await sent(shown)).toHaveLength(1);
  });

  it('refuses a text that is too long before anything leaves, and its measure says so', async () => {
    const { world, prepare, sent } = at;
    const text = 'x'.repeat(platform.measure!('').limit + 1);
    expect(platform.measure!(text).fits).toBe(false);
    expect(platform.measure!(text.slice(1)).fits).toBe(true);
    const { outgoing, attempt } = prepare(text);
    const sending = (await world.connect()).publish!(outgoing, 0, attempt());
    await expect(sending).rejects.toMatchObject({ code: 'DELIVERY_REFUSED' });
    expect(await sent(text)).toEqual([]);
  });

  it('takes a text that just fits', async () => {
    const { world, prepare, sent } = at;
    const text = 'y'.repeat(platform.measure!('').limit);
    const { outgoing, attempt } = prepare(text);
    await (
      await world.connect()
    ).publish!(outgoing, 0, attempt([], never));
    expect(await sent(text)).toHaveLength(1);
  });
}
