import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Media, Outgoing, Surroundings } from '../../../lib/platforms/platform.ts';
import { x } from '../../../lib/platforms/x/index.ts';
import { image } from '../image.ts';
import { stage, type Stage } from '../stage.ts';
import { xWorld } from './world.ts';

type XWorld = Awaited<ReturnType<typeof xWorld>>;
let world: XWorld;
let at: Stage;
beforeAll(async () => {
  world = await xWorld();
  at = stage(world);
});
afterEach(() => expect(world.problems()).toEqual([]));
afterAll(() => world.close());

const connect = (more: Partial<Surroundings> = {}) =>
  x.connect(
    { name: 'main', platform: 'x' },
    { fetch, now: Date.now, credentials: world.credentials, ...more },
  );
const video = (bytes: Buffer | string): Media => ({
  bytes: Buffer.from(bytes),
  type: 'video/mp4',
  alt: 'A film',
  name: 'film.mp4',
  seconds: 5,
});

/** Publishes one part with what is changed about it. */
const publish = async (
  text: string,
  change: Partial<Outgoing['parts'][number]> = {},
  more: Partial<Outgoing> = {},
) => {
  const { outgoing, attempt } = at.prepare(text);
  const parts = [{ ...outgoing.parts[0]!, ...change }];
  return (await connect()).publish!({ ...outgoing, ...more, parts }, 0, attempt());
};

describe('media on X', () => {
  it('goes up in chunks, byte by byte, and waits until a video is ready', async () => {
    const bytes = Buffer.alloc(5 * 1024 * 1024, 'film\r\n--');
    await publish('A long film.', { media: [video(bytes)] });
    const [post] = world.server.state.posts.filter(({ text }) => text === 'A long film.');
    const file = world.server.state.files.get(post!.media[0]!)!;
    expect(file.chunks).toHaveLength(2);
    expect(Buffer.concat(file.chunks).equals(bytes)).toBe(true);
    expect(file.asked).toBe(2);
  });

  it('says which file X cannot use, and posts nothing', async () => {
    const sending = publish('A broken film.', { media: [video('broken')] });
    await expect(sending).rejects.toMatchObject({
      code: 'DELIVERY_REFUSED',
      message: expect.stringContaining('film.mp4: unsupported codec') as string,
    });
    expect(await at.sent('A broken film.')).toEqual([]);
  });

  it('goes on from what an earlier attempt uploaded, unless that has expired', async () => {
    const { outgoing, attempt } = at.prepare('Two dots twice.');
    const parts = [{ ...outgoing.parts[0]!, media: [image, { ...image, alt: 'Again' }] }];
    const count = () => world.server.state.files.size;
    const before = count();
    const broken = { status: 503, body: 'over capacity' };
    world.proxy!.fail((path) => (path === '/2/tweets' ? broken : 'pass'));
    const failing = (await connect()).publish!({ ...outgoing, parts }, 0, attempt());
    await expect(failing).rejects.toMatchObject({ code: 'DELIVERY_UNKNOWN' });
    world.proxy!.fail(() => 'pass');
    expect(count()).toBe(before + 2);
    const kept = attempt().handles[0]!;
    expect(kept).toMatchObject({ media: expect.stringMatching(/^\d+,\d+$/) as string });
    await (
      await connect()
    ).publish!({ ...outgoing, parts }, 0, attempt());
    expect(count()).toBe(before + 2);
    expect((await at.sent('Two dots twice.')).map(({ alt }) => alt)).toEqual([
      ['Two dots', 'Again'],
    ]);
    const other = at.prepare('Two dots anew.');
    const stale = { ...kept, mediaUntil: new Date().toISOString() };
    const late = { ...other.attempt(), handles: [stale] };
    await (
      await connect()
    ).publish!({ ...other.outgoing, parts: [{ ...parts[0]!, text: 'Anew.' }] }, 0, late);
    expect(count()).toBe(before + 4);
  });

  it('begins anew when X forgot what was uploaded', async () => {
    const { outgoing, attempt } = at.prepare('Forgotten dots.');
    const parts = [{ ...outgoing.parts[0]!, media: [image] }];
    const connection = await connect();
    const publishIt = () => connection.publish!({ ...outgoing, parts }, 0, attempt());
    world.proxy!.fail((path) => (path === '/2/tweets' ? { status: 503 } : 'pass'));
    await expect(publishIt()).rejects.toMatchObject({ code: 'DELIVERY_UNKNOWN' });
    world.proxy!.fail(() => 'pass');
    world.server.state.files.clear();
    await expect(publishIt()).rejects.toMatchObject({ code: 'DELIVERY_BUSY' });
    await publishIt();
    expect(await at.sent('Forgotten dots.')).toHaveLength(1);
  });

  it('never shows a file that was changed since it went up', async () => {
    const { outgoing, attempt } = at.prepare('Changed dots.');
    const connection = await connect();
    const publishWith = (alt: string) => {
      const parts = [{ ...outgoing.parts[0]!, media: [{ ...image, alt }] }];
      return connection.publish!({ ...outgoing, parts }, 0, attempt());
    };
    world.proxy!.fail((path) => (path === '/2/tweets' ? { status: 503 } : 'pass'));
    await expect(publishWith('Before')).rejects.toMatchObject({ code: 'DELIVERY_UNKNOWN' });
    world.proxy!.fail(() => 'pass');
    await publishWith('After');
    expect((await at.sent('Changed dots.')).map(({ alt }) => alt)).toEqual([['After']]);
  });
});

describe('what X would refuse is refused before anything leaves', () => {
  const gif = { ...image, type: 'image/gif', name: 'a.gif' };
  const poll = { options: ['a', 'b'], duration: 86_400_000 };
  it.each<[string, Partial<Outgoing['parts'][number]>, Partial<Outgoing>, RegExp]>([
    ['', {}, {}, /neither words nor media/],
    ['$A and $B', {}, {}, /2 cashtags/],
    ['x', { media: [image, gif] }, {}, /alone/],
    ['x', { media: [image, image, image, image, image] }, {}, /5 images of 4/],
    ['x', { media: [{ ...image, bytes: Buffer.alloc(5_000_001) }] }, {}, /dots.png has 5000001/],
    ['x', { media: [{ ...image, alt: 'a'.repeat(1001) }] }, {}, /alt text of dots.png/],
    ['x', { media: [{ ...image, type: 'image/bmp' }] }, {}, /image\/bmp/],
    ['x', { media: [{ ...video('film'), seconds: 141 }] }, {}, /141 seconds/],
    ['x', { poll: { ...poll, options: ['a'] } }, {}, /2 to 4 options/],
    ['x', { poll: { ...poll, options: ['a', 'b'.repeat(26)] } }, {}, /not 1 to 25/],
    ['x', { poll: { ...poll, multiple: true } }, {}, /one answer/],
    ['x', { poll: { ...poll, duration: 60_000 } }, {}, /5 minutes/],
    ['x', { poll, media: [image] }, {}, /no media/],
    ['x', {}, { at: Date.now() + 3_600_000 }, /at once/],
    ['x', {}, { reply: 'https://example.com/1' }, /no post on X/],
  ])('%j %j %j', async (text, change, more, message) => {
    const before = world.server.requests.length;
    const refused = { code: 'DELIVERY_REFUSED', message: expect.stringMatching(message) as string };
    await expect(publish(text, change, more)).rejects.toMatchObject(refused);
    expect(world.server.requests.length).toBe(before);
  });
});

describe('a duplicate', () => {
  it('that is ours and newer than the claim is the post itself', async () => {
    const { outgoing, attempt } = at.prepare('Said by the attempt before.');
    const first = await (await connect()).publish!(outgoing, 0, attempt());
    const again = await (await connect()).publish!(outgoing, 0, attempt());
    expect(again).toMatchObject({ id: first.id, url: first.url });
  });

  it('that is older is refused, with what to do', async () => {
    const { outgoing, attempt } = at.prepare('Said long ago.');
    await (
      await connect()
    ).publish!(outgoing, 0, attempt());
    world.server.state.posts.at(-1)!.at -= 600_000;
    const again = (await connect()).publish!(outgoing, 0, attempt());
    await expect(again).rejects.toMatchObject({
      code: 'DELIVERY_REFUSED',
      remedy: expect.stringContaining('Change them') as string,
    });
  });
});

describe('answers on X', () => {
  it('go to those who mentioned us, and are found again', async () => {
    const [, stranger] = world.server.state.others;
    const id = world.server.state.nextId();
    const asked = { id, author: stranger!.id, at: Date.now(), media: [], poll: false };
    world.server.state.posts.push({ ...asked, text: 'Hi @pulse_desk' });
    const reply = `https://x.com/stranger/status/${id}`;
    const { outgoing, attempt } = at.prepare('Hello back.');
    const connection = await connect();
    const receipt = await connection.publish!({ ...outgoing, reply }, 0, attempt());
    expect((await at.sent('Hello back.'))[0]).toMatchObject({ parent: id });
    const found = await connection.find!({ ...outgoing, reply }, 0, attempt().handles, []);
    expect(found).toMatchObject({ id: receipt.id });
    world.server.state.posts.push({ ...asked, id: `${id}9`.slice(1), text: 'Not to you' });
    const uninvited = publish('Uninvited.', {}, { reply: `${id}9`.slice(1) });
    await expect(uninvited).rejects.toMatchObject({
      code: 'DELIVERY_REFUSED',
      remedy: expect.stringContaining('mentioned or quoted') as string,
    });
  });
});
