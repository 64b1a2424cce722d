import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fail } from '../../../lib/errors.ts';
import type { Media, Outgoing } from '../../../lib/platforms/platform.ts';
import { type Stage, stage } from '../stage.ts';
import { instagramWorld } from './world.ts';

let world: Awaited<ReturnType<typeof instagramWorld>>;
let at: Stage;
beforeAll(async () => {
  world = await instagramWorld();
  at = stage(world);
});
beforeEach(() => {
  world.server.slow = 0;
});
afterEach(() => expect(world.problems()).toEqual([]));
afterAll(() => world.close());

const containers = () =>
  [...world.server.things.values()].filter(({ kind }) => kind === 'container');
const lose = () =>
  world.server.proxy.fail((path, method) => (world.acts!(path, method) ? 'lose' : 'pass'));
const pass = () => world.server.proxy.fail(() => 'pass');
const withMedia = (outgoing: Outgoing, media: Media[]): Outgoing => ({
  ...outgoing,
  parts: outgoing.parts.map((part, index) => (index === 0 ? { ...part, media } : part)),
});
const clip = (): Media => ({
  bytes: new Uint8Array(9),
  type: 'video/mp4',
  alt: 'Moving dots',
  name: 'clip.mp4',
  url: `${world.files}/clip.mp4`,
  seconds: 5,
});

/** A delivery whose first attempt died between the container and its publication. */
async function killed(text: string) {
  const { outgoing, attempt } = at.prepare(text);
  lose();
  const connection = await world.connect();
  await expect(connection.publish!(outgoing, 0, attempt())).rejects.toMatchObject({
    code: 'DELIVERY_UNKNOWN',
  });
  pass();
  return { outgoing, attempt, connection };
}

describe('a container', () => {
  it('is gone on from after a kill', async () => {
    const { outgoing, attempt, connection } = await killed('Killed in between.');
    const before = containers().length;
    expect(await connection.find!(outgoing, 0, attempt().handles, [])).toBe('absent');
    await connection.publish!(outgoing, 0, attempt());
    expect(containers()).toHaveLength(before);
    expect(await at.sent('Killed in between.')).toHaveLength(1);
  });

  it('is made anew once it has expired', async () => {
    const { outgoing, attempt, connection } = await killed('A day later.');
    world.server.pass(25 * 3_600_000);
    const before = containers().length;
    expect(await connection.find!(outgoing, 0, attempt().handles, [])).toBe('absent');
    await connection.publish!(outgoing, 0, attempt());
    expect(containers()).toHaveLength(before + 1);
    expect(await at.sent('A day later.')).toHaveLength(1);
  });

  it('is made anew when the words were edited meanwhile', async () => {
    const { outgoing, attempt, connection } = await killed('Old words.');
    const parts = outgoing.parts.map((part) => ({ ...part, text: 'New words.' }));
    await connection.publish!({ ...outgoing, parts }, 0, attempt());
    expect(await at.sent('Old words.')).toEqual([]);
    expect(await at.sent('New words.')).toHaveLength(1);
  });

  it('that the network has forgotten leads to the list of posts', async () => {
    const { outgoing, attempt } = at.prepare('Long ago.');
    const connection = await world.connect();
    const { id } = await connection.publish!(outgoing, 0, attempt());
    world.server.pass(3 * 86_400_000);
    expect(await connection.find!(outgoing, 0, attempt().handles, [])).toMatchObject({ id });
    expect(await connection.publish!(outgoing, 0, attempt())).toMatchObject({ id });
    expect(await at.sent('Long ago.')).toHaveLength(1);
  });

  it('whose publication does not tell the id is found in the list', async () => {
    const { outgoing, attempt } = at.prepare('Silent.');
    world.server.silent = true;
    const receipt = await (await world.connect()).publish!(outgoing, 0, attempt());
    expect(await at.sent('Silent.')).toMatchObject([{ id: receipt.id }]);
  });

  it('is waited for, and not beyond the deadline', async () => {
    world.server.slow = 2;
    const slow = at.prepare('Slow.');
    const connection = await world.connect();
    await connection.publish!(slow.outgoing, 0, slow.attempt());
    expect(await at.sent('Slow.')).toHaveLength(1);
    world.server.slow = 1000;
    const never = at.prepare('Never ready.');
    const over = AbortSignal.timeout(400);
    const check = () => {
      if (over.aborted) throw fail('CLAIM_EXPIRED', { delivery: 'd' });
    };
    const sending = connection.publish!(
      never.outgoing,
      0,
      never.attempt([], { signal: over, check }),
    );
    await expect(sending).rejects.toMatchObject({ code: 'CLAIM_EXPIRED' });
    expect(await at.sent('Never ready.')).toEqual([]);
  });

  it('of a video that cannot be fetched says why', async () => {
    const { outgoing, attempt } = at.prepare('No clip.');
    const missing = { ...clip(), url: `${world.files}/none.mp4` };
    const sending = (await world.connect()).publish!(withMedia(outgoing, [missing]), 0, attempt());
    await expect(sending).rejects.toMatchObject({
      code: 'DELIVERY_REFUSED',
      message: expect.stringContaining('could not be fetched') as string,
    });
  });

  it('of a picture that cannot be fetched names the address to look at', async () => {
    const { outgoing, attempt } = at.prepare('No picture.');
    const missing = { ...world.image, url: `${world.files}/none.jpg` };
    const sending = (await world.connect()).publish!(withMedia(outgoing, [missing]), 0, attempt());
    await expect(sending).rejects.toMatchObject({
      code: 'DELIVERY_REFUSED',
      remedy: expect.stringContaining('PULSE_MEDIA_URL') as string,
    });
  });
});

describe('what a post holds', () => {
  it('may be several files, videos among them, with the words of the images', async () => {
    world.server.slow = 1;
    const { outgoing, attempt } = at.prepare('A carousel.');
    const media = [world.image, clip(), { ...world.image, alt: 'Last' }];
    const connection = await world.connect();
    await connection.publish!(withMedia(outgoing, media), 0, attempt());
    expect((await at.sent('A carousel.'))[0]?.alt).toEqual(['Two dots', '', 'Last']);
  });

  it('may be a reel', async () => {
    const { outgoing, attempt } = at.prepare('A reel.');
    await (
      await world.connect()
    ).publish!(withMedia(outgoing, [clip()]), 0, attempt());
    expect(await at.sent('A reel.')).toHaveLength(1);
  });

  it.each<[string, (outgoing: Outgoing) => Outgoing]>([
    ['no file', (outgoing) => withMedia(outgoing, [])],
    ['a PNG', (outgoing) => withMedia(outgoing, [{ ...world.image, type: 'image/png' }])],
    ['eleven files', (outgoing) => withMedia(outgoing, Array(11).fill(world.image) as Media[])],
    [
      'a file without an address',
      (outgoing) =>
        withMedia(outgoing, [
          { bytes: world.image.bytes, type: 'image/jpeg', alt: '', name: 'a.jpg' },
        ]),
    ],
    [
      'a long alt text',
      (outgoing) => withMedia(outgoing, [{ ...world.image, alt: 'a'.repeat(1001) }]),
    ],
    ['a time', (outgoing) => ({ ...outgoing, at: Date.now() + 3_600_000 })],
    ['a post to answer', (outgoing) => ({ ...outgoing, reply: '1' })],
  ])('is refused with %s before anything leaves', async (_, change) => {
    const { outgoing, attempt } = at.prepare('Not this.');
    const before = world.server.requests.length;
    const sending = (await world.connect()).publish!(change(outgoing), 0, attempt());
    await expect(sending).rejects.toMatchObject({ code: 'DELIVERY_REFUSED' });
    expect(world.server.requests).toHaveLength(before);
  });
});

describe('a comment', () => {
  it('is found by its words and its time', async () => {
    const { outgoing, attempt } = at.prepare('The post.', 'The first comment.');
    const connection = await world.connect();
    const first = await connection.publish!(outgoing, 0, attempt());
    const find = () => connection.find!(outgoing, 1, attempt().handles, [first]);
    world.server.comment(first.id, 'Another comment.');
    expect(await find()).toBe('absent');
    const { id } = await connection.publish!(outgoing, 1, attempt([first]));
    expect(await find()).toMatchObject({ part: 1, id });
  });

  it.each(['a'.repeat(301), 'BUY THIS NOW', '#a #b #c #d #e'])(
    'is refused before it leaves: %.20s',
    async (text) => {
      const { outgoing, attempt } = at.prepare('Commented.', text);
      const connection = await world.connect();
      const first = await connection.publish!(outgoing, 0, attempt());
      await expect(connection.publish!(outgoing, 1, attempt([first]))).rejects.toMatchObject({
        code: 'DELIVERY_REFUSED',
      });
    },
  );
});
