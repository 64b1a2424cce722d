import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Outgoing, Part } from '../../../lib/platforms/platform.ts';
import { type Stage, stage } from '../stage.ts';
import { token, us } from './state.ts';
import { clip, youtubeWorld } from './world.ts';

let world: Awaited<ReturnType<typeof youtubeWorld>>;
let at: Stage;
beforeAll(async () => {
  world = await youtubeWorld();
  at = stage(world);
});
beforeEach(() => {
  world.server.state.takes = Infinity;
});
afterEach(() => expect(world.problems()).toEqual([]));
afterAll(() => world.close());

const prepare = (text: string, more: Partial<Part> = {}, whole: Partial<Outgoing> = {}) => {
  const { outgoing, attempt } = at.prepare(text);
  const parts = outgoing.parts.map((part) => ({ ...part, ...more }));
  return { outgoing: { ...outgoing, parts, ...whole }, attempt };
};
const publish = async (text: string, more: Partial<Part> = {}, whole: Partial<Outgoing> = {}) => {
  const { outgoing, attempt } = prepare(text, more, whole);
  return (await world.connect()).publish!(outgoing, 0, attempt());
};
const mib = 1024 ** 2;
const bytes = Uint8Array.from({ length: 20 * mib + 7 }, (_, index) => index % 251);
const long = { ...clip, bytes };
const sha = createHash('sha256').update(bytes).digest('hex');
const video = (id: string) => world.server.state.videos.get(id)!;

describe('an upload', () => {
  it('goes on after a kill from what has arrived, and comes whole', async () => {
    const { outgoing, attempt } = prepare('A long one.', { media: [long] });
    const sent = { pieces: 0 };
    world.proxy!.fail((_, method) =>
      method === 'PUT' && (sent.pieces += 1) === 2 ? 'lose' : 'pass',
    );
    const connection = await world.connect();
    const sending = connection.publish!(outgoing, 0, attempt());
    await expect(sending).rejects.toMatchObject({ code: 'DELIVERY_BUSY' });
    world.proxy!.fail(() => 'pass');
    expect(await connection.find!(outgoing, 0, attempt().handles, [])).toBe('absent');
    const uploads = world.server.state.uploads.size;
    const before = world.server.requests.length;
    const { id } = await (await world.connect()).publish!(outgoing, 0, attempt());
    const ranges = world.server.requests
      .slice(before)
      .map(({ headers }) => headers['content-range']);
    const all = String(bytes.length);
    expect(ranges).toEqual([
      `bytes */${all}`,
      `bytes ${String(8 * mib)}-${String(16 * mib - 1)}/${all}`,
      `bytes ${String(16 * mib)}-${String(bytes.length - 1)}/${all}`,
    ]);
    expect(world.server.state.uploads.size).toBe(uploads);
    expect(video(id).sha).toBe(sha);
  });

  it('sends again what YouTube did not take of a piece', async () => {
    world.server.state.takes = 5 * mib;
    const { id } = await publish('Taken in small bites.', { media: [long] });
    expect(video(id).sha).toBe(sha);
  });

  it('is begun anew when the words were changed since', async () => {
    const { outgoing, attempt } = prepare('Before.');
    world.proxy!.fail((path, method) => (world.acts!(path, method) ? 'lose' : 'pass'));
    const connection = await world.connect();
    await expect(connection.publish!(outgoing, 0, attempt())).rejects.toThrow();
    world.proxy!.fail(() => 'pass');
    const parts = outgoing.parts.map((part) => ({ ...part, text: 'After.' }));
    await connection.publish!({ ...outgoing, parts }, 0, attempt());
    expect([await at.sent('After.'), await at.sent('Before.')].map((each) => each.length)).toEqual([
      1, 0,
    ]);
  });
});

describe('a video', () => {
  it('is shown later by YouTube itself', async () => {
    const time = Date.now() + 86_400_000;
    const { id } = await publish('Later.', {}, { at: time });
    expect(video(id).status).toMatchObject({
      privacyStatus: 'private',
      publishAt: new Date(time).toISOString(),
    });
  });

  it('is shown at once when its time has passed on the way', async () => {
    const { id, at: shown } = await publish('Late.', {}, { at: Date.now() - 60_000 });
    expect(video(id).status).toMatchObject({ privacyStatus: 'public' });
    expect(video(id).status).not.toHaveProperty('publishAt');
    expect(Math.abs(shown - Date.now())).toBeLessThan(10_000);
  });

  it('has tags from its hashtags and keeps them when its words are changed', async () => {
    const receipt = await publish('With #One and #zwei.');
    video(receipt.id).snippet.tags = ['one', 'zwei', 'by hand'];
    const { outgoing } = prepare('Now with #three.', {}, { title: 'Another title' });
    await (
      await world.connect()
    ).edit!(receipt, outgoing, 0);
    expect(video(receipt.id).snippet).toEqual({
      title: 'Another title',
      description: 'Now with #three.',
      categoryId: '22',
      tags: ['one', 'zwei', 'by hand', 'three'],
      defaultLanguage: 'en',
      defaultAudioLanguage: 'en',
    });
  });

  it.each<[string, Partial<Part>, Partial<Outgoing>]>([
    ['needs a title', {}, { title: '' }],
    ['101 characters of 100', {}, { title: 'x'.repeat(101) }],
    ['must not hold', {}, { title: 'a > b' }],
    ['characters < and >', { text: 'a < b' }, {}],
    ['there is no video', { media: [] }, {}],
    ['no poll', { poll: { options: ['a', 'b'], duration: 1 } }, {}],
    ['video/ogg', { media: [{ ...clip, type: 'video/ogg' }] }, {}],
  ])('is refused before anything leaves: %s', async (why, more, whole) => {
    const before = world.server.requests.length;
    await expect(publish('No.', more, whole)).rejects.toThrow(why);
    expect(world.server.requests).toHaveLength(before);
  });

  it('takes no comment before it is shown', async () => {
    const { outgoing, attempt } = at.prepare('Later.', 'First comment.');
    const whole = { ...outgoing, at: Date.now() + 86_400_000 };
    const sending = (await world.connect()).publish!(whole, 0, attempt());
    await expect(sending).rejects.toThrow('nobody can comment');
  });
});

describe('a comment', () => {
  it('is changed and taken back', async () => {
    const { outgoing, attempt } = at.prepare('The video.', 'The comment: 1 < 2.');
    const connection = await world.connect();
    const post = await connection.publish!(outgoing, 0, attempt());
    const comment = await connection.publish!(outgoing, 1, attempt([post]));
    expect(comment.url).toBe(`https://www.youtube.com/watch?v=${post.id}&lc=${comment.id}`);
    const parts = outgoing.parts.map((part) => ({ ...part, text: 'Changed.' }));
    await connection.edit!(comment, { ...outgoing, parts }, 1);
    expect((await at.sent('Changed.')).map(({ id }) => id)).toEqual([comment.id]);
    await connection.remove!(comment);
    await connection.remove!(comment);
    expect(await at.sent('Changed.')).toEqual([]);
  });

  it('answers a video or a comment, and is found there', async () => {
    const { state } = world.server;
    const snippet = { title: 'Of others', description: '' };
    const theirs = state.addVideo({
      channelId: 'UC_others',
      snippet,
      status: { privacyStatus: 'public' },
      bytes: 1,
    });
    const said = state.addComment({ videoId: theirs.id, author: 'UC_others', text: 'Hm?' });
    for (const [reply, parent] of [
      [`https://youtu.be/${theirs.id}`, theirs.id],
      [`https://www.youtube.com/watch?v=${theirs.id}&lc=${said.id}`, said.id],
      [`youtube:${said.id}`, said.id],
    ] as const) {
      const text = `Below ${reply}`;
      const { outgoing, attempt } = prepare(text, { media: [] }, { reply });
      const connection = await world.connect();
      const find = () => connection.find!(outgoing, 0, attempt().handles, []);
      expect(await find()).toBe('absent');
      const { id } = await connection.publish!(outgoing, 0, attempt());
      expect((await at.sent(text)).map((post) => post.parent)).toEqual([parent]);
      expect(await find()).toMatchObject({ id });
    }
  });
});

describe('the limits', () => {
  it('are told to the meter, each operation by its name', async () => {
    const spent: string[] = [];
    const connection = await world.platform.connect(
      { name: 'main', platform: 'youtube' },
      {
        fetch,
        now: Date.now,
        credentials: world.credentials,
        meter: { spend: (operation) => spent.push(operation), learn: () => undefined },
      },
    );
    const { outgoing, attempt } = at.prepare('Metered.', 'Too.');
    const post = await connection.publish!(outgoing, 0, attempt());
    await connection.publish!(outgoing, 1, attempt([post]));
    await Array.fromAsync(connection.search!('Metered', 0));
    expect(spent).toEqual(['publish', 'media', 'write', 'search', 'read']);
  });

  it('and tokens that run out are renewed once', async () => {
    const given = ['stale', token];
    const refused: string[] = [];
    const tokens = {
      access: () => Promise.resolve(given[refused.length] ?? ''),
      refused: (each: string) => void refused.push(each),
    };
    const { YOUTUBE_API = '' } = world.credentials;
    const connection = await world.platform.connect(
      { name: 'main', platform: 'youtube' },
      { fetch, now: Date.now, credentials: { YOUTUBE_API }, tokens },
    );
    expect(await connection.whoami!()).toMatchObject({ id: us, name: '@thedesk' });
    expect(refused).toEqual(['stale']);
  });
});
