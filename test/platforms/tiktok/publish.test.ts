import { afterAll, afterEach, beforeEach, beforeAll, describe, expect, it } from 'vitest';
import type { Media, Outgoing, Part } from '../../../lib/platforms/platform.ts';
import { type Stage, stage } from '../stage.ts';
import { never } from '../world.ts';
import { username } from './state.ts';
import { clip, tiktokWorld } from './world.ts';

let world: Awaited<ReturnType<typeof tiktokWorld>>;
let at: Stage;
beforeAll(async () => {
  world = await tiktokWorld();
  at = stage(world);
});
beforeEach(() => {
  const fine = { working: 0, failReason: undefined, lists: true, commentDisabled: false };
  Object.assign(world.server.state, fine);
});
afterEach(() => expect(world.problems()).toEqual([]));
afterAll(() => world.close());

const photo = (name: string): Media => ({
  bytes: new Uint8Array(9),
  type: 'image/jpeg',
  alt: '',
  name,
  url: `https://media.example/${name}`,
});
const prepare = (text: string, more: Partial<Part> = {}, whole: Partial<Outgoing> = {}) => {
  const { outgoing, attempt } = at.prepare(text);
  const parts = outgoing.parts.map((part) => ({ ...part, ...more }));
  return { outgoing: { ...outgoing, parts, ...whole }, attempt };
};
const publish = async (text: string, more: Partial<Part> = {}, whole: Partial<Outgoing> = {}) => {
  const { outgoing, attempt } = prepare(text, more, whole);
  return (await world.connect()).publish!(outgoing, 0, attempt());
};
/** 12 pieces of 5 MiB, and a bit. */
const long = { ...clip, bytes: new Uint8Array(60 * 1024 ** 2 + 123) };
const puts = () => world.server.requests.filter(({ method }) => method === 'PUT');
const begun = () => [...world.server.state.posts.values()];

describe('an upload', () => {
  it('goes on after a kill from what has arrived, under the id it was given', async () => {
    const { outgoing, attempt } = prepare('A long one.', { media: [long] });
    const sent = { pieces: 0 };
    world.proxy!.fail((_, method) =>
      method === 'PUT' && (sent.pieces += 1) === 6 ? 'cut' : 'pass',
    );
    const before = begun().length;
    const connection = await world.connect();
    await expect(connection.publish!(outgoing, 0, attempt())).rejects.toMatchObject({
      code: 'DELIVERY_BUSY',
    });
    world.proxy!.fail(() => 'pass');
    expect(await connection.find!(outgoing, 0, attempt().handles, [])).toBe('absent');
    expect(puts()).toHaveLength(6);
    await (
      await world.connect()
    ).publish!(outgoing, 0, attempt());
    // The sixth had arrived, though nobody heard of it.
    expect(puts()).toHaveLength(12);
    expect(begun()).toHaveLength(before + 1);
    expect(await at.sent('A long one.')).toHaveLength(1);
  });

  it.each([
    [
      'its address is an hour old',
      () => world.server.state.pass(3_600_001),
      'Too old.',
      'Too old.',
    ],
    ['the words were changed', () => undefined, 'Before.', 'After.'],
  ])('is begun anew when %s', async (_, happens, before, after) => {
    const { outgoing, attempt } = prepare(before);
    world.proxy!.fail((path, method) => (world.acts!(path, method) ? 'lose' : 'pass'));
    const connection = await world.connect();
    await expect(connection.publish!(outgoing, 0, attempt())).rejects.toThrow();
    world.proxy!.fail(() => 'pass');
    happens();
    const parts = outgoing.parts.map((part) => ({ ...part, text: after }));
    await connection.publish!({ ...outgoing, parts }, 0, attempt());
    expect(await at.sent(after)).toHaveLength(1);
    if (before !== after) expect(await at.sent(before)).toEqual([]);
  });
});

describe('what TikTok works on', () => {
  it('is waited for', async () => {
    world.server.state.working = 1;
    const { id } = await publish('Worked on.');
    expect((await at.sent('Worked on.')).map((post) => post.id)).toEqual([id]);
  });

  it('is unknown when the time is over, and then asked for, never sent again', async () => {
    world.server.state.working = 3;
    const { outgoing, attempt } = prepare('Slow.');
    const over = new AbortController();
    const deadline = { signal: over.signal, check: () => over.signal.throwIfAborted() };
    setTimeout(() => over.abort(new Error('over')), 300);
    const connection = await world.connect();
    const sending = connection.publish!(outgoing, 0, attempt([], deadline));
    await expect(sending).rejects.toMatchObject({ code: 'DELIVERY_UNKNOWN' });
    const find = () => connection.find!(outgoing, 0, attempt().handles, []);
    await expect(find()).rejects.toMatchObject({ code: 'DELIVERY_BUSY' });
    begun().at(-1)!.working = 0;
    expect(await find()).toMatchObject({ part: 0 });
    await connection.publish!(outgoing, 0, attempt([], never));
    expect(await at.sent('Slow.')).toHaveLength(1);
  });

  it.each([
    ['picture_size_check_failed', 'DELIVERY_REFUSED', /1080p/],
    ['spam_risk_text', 'DELIVERY_REFUSED', /change the words/],
    ['internal', 'DELIVERY_BUSY', /tried again/],
    ['something_new', 'DELIVERY_REFUSED', /Change what it objects to/],
  ])('and fails as %s is %s, and can be begun anew', async (reason, code, remedy) => {
    world.server.state.failReason = reason;
    const text = `Fails as ${reason}.`;
    const { outgoing, attempt } = prepare(text);
    const connection = await world.connect();
    const sending = connection.publish!(outgoing, 0, attempt());
    const error = await sending.catch((thrown: unknown) => thrown as Error & { remedy: string });
    expect(error).toMatchObject({ code, message: expect.stringContaining(reason) as string });
    expect((error as { remedy: string }).remedy).toMatch(remedy);
    expect(await connection.find!(outgoing, 0, attempt().handles, [])).toBe('absent');
    world.server.state.failReason = undefined;
    await connection.publish!(outgoing, 0, attempt());
    expect(await at.sent(text)).toHaveLength(1);
  });
});

describe('photos', () => {
  it('are fetched from where they are', async () => {
    const media = [photo('a.jpg'), photo('b.jpg')];
    const receipt = await publish('Two photos.', { media }, { title: 'A title' });
    expect(receipt.url).toBe(`https://www.tiktok.com/@${username}/photo/${receipt.id}`);
    const { body } = world.server.requests.find(({ path }) => path.includes('/content/'))!;
    expect(body).toMatchObject({
      post_info: { title: 'A title', description: 'Two photos.' },
      source_info: { photo_images: media.map(({ url }) => url) },
    });
  });

  it('may be out when the answer is lost: asked of the list, else of a person', async () => {
    const { outgoing, attempt } = prepare('Lost photo.', { media: [photo('a.jpg')] });
    const connection = await world.connect();
    const find = () => connection.find!(outgoing, 0, attempt().handles, []);
    expect(await find()).toBe('absent');
    world.proxy!.fail((path) => (path.includes('/content/init/') ? 'cut' : 'pass'));
    const sending = connection.publish!(outgoing, 0, attempt());
    await expect(sending).rejects.toMatchObject({ code: 'DELIVERY_UNKNOWN' });
    world.proxy!.fail(() => 'pass');
    expect(await find()).toMatchObject({ part: 0, id: (await at.sent('Lost photo.'))[0]?.id });
    world.server.state.lists = false;
    expect(await find()).toBe('unknown');
  });
});

describe('what the account may do', () => {
  it('is asked for before each post', async () => {
    world.server.state.commentDisabled = true;
    await publish('Nobody may comment.');
    expect(world.server.requests.at(-1)?.path).toContain('/status/fetch/');
    const { state } = world.server;
    state.options = ['SELF_ONLY'];
    const before = begun().length;
    await expect(publish('To everyone?')).rejects.toMatchObject({
      code: 'DELIVERY_REFUSED',
      remedy: expect.stringContaining('SELF_ONLY') as string,
    });
    state.options = ['PUBLIC_TO_EVERYONE'];
    await expect(publish('Long?', { media: [{ ...clip, seconds: 400 }] })).rejects.toThrow('300 s');
    expect(begun()).toHaveLength(before);
  });

  it.each<[string, Partial<Part>, Partial<Outgoing>]>([
    ['a video or photos', { media: [] }, {}],
    ['no poll', { poll: { options: ['a', 'b'], duration: 1 } }, {}],
    ['plans no posts', {}, { at: Date.now() + 3_600_000 }],
    ['takes no answers', {}, { reply: '123' }],
    ['has no address', { media: [{ ...photo('a.jpg'), url: '' }] }, {}],
    ['cannot be in one post', { media: [clip, photo('a.jpg')] }, {}],
    ['91 characters of 90', { media: [photo('a.jpg')] }, { title: 'x'.repeat(91) }],
  ])('refuses before anything leaves: %s', async (why, more, whole) => {
    const before = world.server.requests.length;
    await expect(publish('No.', more, whole)).rejects.toThrow(why);
    expect(world.server.requests).toHaveLength(before);
  });
});

it('counts a post that had no id of its own when it went out', async () => {
  const { id } = await publish('Counted later.');
  const connection = await world.connect();
  const { publishId } = begun().find((post) => post.id === id)!;
  const receipt = { part: 0, id: publishId, at: 0 };
  const [numbers] = await connection.metrics!([receipt]);
  expect(numbers).toMatchObject({ id: publishId, counts: { views: 120, likes: 7, shares: 1 } });
});
