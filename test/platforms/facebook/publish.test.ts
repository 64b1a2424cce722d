import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Handle, Media, Outgoing } from '../../../lib/platforms/platform.ts';
import { image } from '../image.ts';
import { type Stage, stage } from '../stage.ts';
import { facebookWorld } from './world.ts';

let world: Awaited<ReturnType<typeof facebookWorld>>;
let at: Stage;
beforeAll(async () => {
  world = await facebookWorld();
  at = stage(world);
});
afterEach(() => expect(world.problems()).toEqual([]));
afterAll(() => world.close());

const acting = (path: string, method: string) => world.acts?.(path, method) ?? false;
const drafts = () => [...world.server.things.values()].filter((each) => each.kind === 'post');
const withParts = (outgoing: Outgoing, media: Media[]): Outgoing => ({
  ...outgoing,
  parts: outgoing.parts.map((part) => ({ ...part, media })),
});

describe('a post that is made unseen first', () => {
  it('is shown by the next attempt when the first died before showing it', async () => {
    const { outgoing, attempt } = at.prepare('Killed in between.');
    world.server.proxy.fail((path, method) => (acting(path, method) ? 'lose' : 'pass'));
    const connection = await world.connect();
    await expect(connection.publish!(outgoing, 0, attempt())).rejects.toMatchObject({
      code: 'DELIVERY_UNKNOWN',
    });
    world.server.proxy.fail(() => 'pass');
    expect(await at.sent('Killed in between.')).toEqual([]);
    const before = drafts().length;
    const receipt = await connection.publish!(outgoing, 0, attempt());
    expect(drafts()).toHaveLength(before);
    expect(attempt().handles[0]).toMatchObject({ post: receipt.id, kind: 'post' });
  });

  it('is made anew when its words were edited meanwhile', async () => {
    const { outgoing, attempt } = at.prepare('Old words.');
    world.server.proxy.fail((path, method) => (acting(path, method) ? 'lose' : 'pass'));
    const connection = await world.connect();
    await connection.publish!(outgoing, 0, attempt()).catch(() => undefined);
    world.server.proxy.fail(() => 'pass');
    const edited = { ...outgoing, parts: [{ text: 'New words.', media: [] }] };
    await connection.publish!(edited, 0, attempt());
    expect(await at.sent('New words.')).toHaveLength(1);
    expect(await at.sent('Old words.')).toEqual([]);
  });

  it('is made anew when somebody deleted it unseen', async () => {
    const { outgoing, attempt } = at.prepare('Deleted unseen.');
    world.server.proxy.fail((path, method) => (acting(path, method) ? 'lose' : 'pass'));
    const connection = await world.connect();
    await connection.publish!(outgoing, 0, attempt()).catch(() => undefined);
    world.server.proxy.fail(() => 'pass');
    world.server.things.delete(attempt().handles[0]?.post ?? '');
    expect(await connection.find!(outgoing, 0, attempt().handles, [])).toBe('absent');
    await connection.publish!(outgoing, 0, attempt());
    expect(await at.sent('Deleted unseen.')).toHaveLength(1);
  });

  it('is found by its words when what was kept is lost', async () => {
    const { outgoing, attempt } = at.prepare('Lost handle.');
    const connection = await world.connect();
    const { id } = await connection.publish!(outgoing, 0, attempt());
    const handles: Handle[] = [{ since: new Date().toISOString() }];
    expect(await connection.find!(outgoing, 0, handles, [])).toMatchObject({ id });
  });

  it('waits for its time, and is known to', async () => {
    const { outgoing, attempt } = at.prepare('Tomorrow.');
    const time = Date.now() + 86_400_000;
    const later = { ...outgoing, at: time };
    const connection = await world.connect();
    const { id } = await connection.publish!(later, 0, attempt());
    expect(await at.sent('Tomorrow.')).toEqual([]);
    const found = await connection.find!(later, 0, attempt().handles, []);
    expect(found).toMatchObject({ id, at: Math.round(time / 1000) * 1000 });
  });

  it.each([5 * 60_000, 31 * 86_400_000])('cannot wait for %i ms', async (ahead) => {
    const { outgoing, attempt } = at.prepare('At a wrong time.');
    const seen = world.server.requests.length;
    const wrong = { ...outgoing, at: Date.now() + ahead };
    const sending = (await world.connect()).publish!(wrong, 0, attempt());
    await expect(sending).rejects.toMatchObject({ code: 'DELIVERY_REFUSED' });
    expect(world.server.requests).toHaveLength(seen);
  });

  it('carries several photos, each with its words, unseen until then', async () => {
    const { outgoing, attempt } = at.prepare('Two photos.');
    const media = [image, { ...image, alt: 'The same again' }];
    await (
      await world.connect()
    ).publish!(withParts(outgoing, media), 0, attempt());
    const [post] = await at.sent('Two photos.');
    expect(post?.alt).toEqual(['Two dots', 'The same again']);
  });
});

describe('a video', () => {
  const clip: Media = {
    bytes: new Uint8Array(2500).fill(7),
    type: 'video/mp4',
    alt: '',
    name: 'clip.mp4',
    seconds: 4,
  };
  const pieces = () =>
    world.server.requests.filter(
      ({ body }) => (body as Record<string, unknown> | undefined)?.upload_phase === 'transfer',
    );

  it('goes up in the pieces the network asks for', async () => {
    world.server.piece = 1000;
    const { outgoing, attempt } = at.prepare('A clip.');
    const before = pieces().length;
    const receipt = await (
      await world.connect()
    ).publish!(withParts(outgoing, [clip]), 0, attempt());
    expect(pieces()).toHaveLength(before + 3);
    expect(await at.sent('A clip.')).toMatchObject([{ id: receipt.id }]);
  });

  it('goes on from what the network has after a kill', async () => {
    world.server.piece = 1000;
    const { outgoing, attempt } = at.prepare('A clip, cut.');
    const whole = withParts(outgoing, [clip]);
    let count = 0;
    world.server.proxy.fail((path) => {
      count += path.endsWith('/videos') ? 1 : 0;
      return count === 4 ? 'lose' : 'pass';
    });
    const connection = await world.connect();
    await expect(connection.publish!(whole, 0, attempt())).rejects.toMatchObject({
      code: 'DELIVERY_BUSY',
    });
    world.server.proxy.fail(() => 'pass');
    expect(await connection.find!(whole, 0, attempt().handles, [])).toBe('absent');
    const videos = () => [...world.server.things.values()].filter(({ kind }) => kind === 'video');
    const before = videos().length;
    const { id } = await connection.publish!(whole, 0, attempt());
    expect(videos()).toHaveLength(before);
    expect(world.server.things.get(id)).toMatchObject({ bytes: 2500, published: true });
    expect(await connection.find!(whole, 0, attempt().handles, [])).toMatchObject({ id });
  });
});

describe('a comment', () => {
  it('is found among others by its words, its author and its time', async () => {
    const { outgoing, attempt } = at.prepare('The post.', 'First comment.');
    const connection = await world.connect();
    const first = await connection.publish!(outgoing, 0, attempt());
    world.server.comment(first.id, 'First comment.');
    world.server.comment(first.id, 'First comment.', undefined, Date.now() - 3_600_000);
    const find = () => connection.find!(outgoing, 1, attempt().handles, [first]);
    expect(await find()).toBe('absent');
    const { id } = await connection.publish!(outgoing, 1, attempt([first]));
    expect(await find()).toMatchObject({ part: 1, id });
  });

  it('answers the post it is told to, once', async () => {
    const parent = await (
      await world.connect()
    ).publish!(at.prepare('A question.').outgoing, 0, at.prepare('A question.').attempt());
    const { outgoing, attempt } = at.prepare('An answer.');
    const reply = { ...outgoing, reply: parent.url ?? '' };
    const { id } = await (await world.connect()).publish!(reply, 0, attempt());
    const [answer] = await at.sent('An answer.');
    expect(answer).toMatchObject({ id, parent: parent.id });
    const found = await (await world.connect()).find!(reply, 0, attempt().handles, []);
    expect(found).toMatchObject({ id });
  });

  it('takes one photo', async () => {
    const { outgoing, attempt } = at.prepare('Below me.', 'Look.');
    const connection = await world.connect();
    const first = await connection.publish!(outgoing, 0, attempt());
    const whole = withParts(outgoing, [image]);
    await connection.publish!(whole, 1, attempt([first]));
    expect((await at.sent('Look.'))[0]?.alt).toEqual(['Two dots']);
    const two = withParts(outgoing, [image, image]);
    await expect(connection.publish!(two, 1, attempt([first]))).rejects.toMatchObject({
      code: 'DELIVERY_REFUSED',
    });
  });
});
