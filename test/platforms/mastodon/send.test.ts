import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { mastodon } from '../../../lib/platforms/mastodon/index.ts';
import type { Connection, Media, Outgoing, Part } from '../../../lib/platforms/platform.ts';
import { image } from '../image.ts';
import { stage, type Stage } from '../stage.ts';
import { type MastodonWorld, mastodonWorld } from './world.ts';

const video: Media = { ...image, type: 'video/mp4', name: 'cat.mp4', alt: 'me when a cat' };

describe('what Mastodon can do beside what all can', () => {
  let world: MastodonWorld;
  let connection: Connection;
  let prepare: Stage['prepare'];
  beforeAll(async () => {
    world = await mastodonWorld();
    ({ prepare } = stage(world));
    connection = await world.connect();
  });
  afterEach(() => expect(world.problems()).toEqual([]));
  afterAll(() => world.close());

  const sent = () => {
    const posted = world.server.requests.filter(
      ({ method, path }) => method === 'POST' && path === '/api/v1/statuses',
    );
    return posted.at(-1)!;
  };
  const changed = (part: Partial<Part>, more: Partial<Outgoing> = {}) => {
    const { outgoing, attempt } = prepare('Words.');
    const parts = outgoing.parts.map((each) => ({ ...each, ...part }));
    return { outgoing: { ...outgoing, parts, ...more }, attempt };
  };
  const publish = (part: Partial<Part>, more: Partial<Outgoing> = {}) => {
    const { outgoing, attempt } = changed(part, more);
    return connection.publish!(outgoing, 0, attempt());
  };
  const connectWith = (settings: object) =>
    mastodon.connect(
      { name: 'main', platform: 'mastodon', ...settings },
      { fetch, now: Date.now, credentials: world.credentials },
    );

  it('says who may see it, what it warns of and in which language', async () => {
    const settings = { visibility: 'unlisted', spoiler: 'Numbers', sensitive: true };
    const { outgoing, attempt } = changed({}, { language: 'pt-BR' });
    await (
      await connectWith(settings)
    ).publish!(outgoing, 0, attempt());
    expect(sent().headers['idempotency-key']).toBe(`socialpulse ${outgoing.delivery} 0`);
    expect(sent().body).toEqual({
      status: 'Words.',
      language: 'pt',
      visibility: 'unlisted',
      spoiler_text: 'Numbers',
      sensitive: true,
    });
    await expect(connectWith({ visibility: 'everybody' })).rejects.toThrow();
  });

  it('counts the warning too', async () => {
    const { outgoing, attempt } = changed({ text: 'x'.repeat(490) });
    const warning = await connectWith({ spoiler: 'Eleven char' });
    await expect(warning.publish!(outgoing, 0, attempt())).rejects.toMatchObject({
      code: 'DELIVERY_REFUSED',
      message: expect.stringContaining('501 of at most 500') as string,
    });
  });

  it('takes a longer text where the instance does', async () => {
    const text = 'y'.repeat(900);
    await expect(publish({ text })).rejects.toMatchObject({ code: 'DELIVERY_REFUSED' });
    world.server.state.limits.characters = 1000;
    const fresh = await world.connect();
    const { outgoing, attempt } = changed({ text });
    await fresh.publish!(outgoing, 0, attempt());
    expect(await fresh.rules!()).toMatchObject({
      characters: 1000,
      url: 23,
      media: { count: 4, bytes: 16_777_216, altLength: 10_000, video: { bytes: 103_809_024 } },
      poll: { options: { min: 2, max: 4 }, length: 50, duration: { max: 2_629_746_000 } },
    });
    world.server.state.limits.characters = 500;
  });

  it('waits until a video is ready, and does not send it again to try again', async () => {
    const { outgoing, attempt } = changed({ media: [{ ...video, focus: { x: -0.5, y: 0.3 } }] });
    const files = world.server.state.media;
    const before = files.size;
    world.proxy!.fail((path, method) =>
      world.acts!(path, method) ? { status: 429, body: { error: 'Too many' } } : 'pass',
    );
    const sending = connection.publish!(outgoing, 0, attempt());
    await expect(sending).rejects.toMatchObject({ code: 'DELIVERY_BUSY' });
    world.proxy!.fail(() => 'pass');
    expect(attempt().handles[0]?.media).toBe([...files.keys()].at(-1));
    await connection.publish!(outgoing, 0, attempt());
    expect(files.size).toBe(before + 1);
    expect([...files.values()].at(-1)).toMatchObject({
      description: 'me when a cat',
      focus: '-0.50,0.30',
    });
    // Uploads that are gone are made anew.
    const { outgoing: other, attempt: again } = changed({ media: [image] });
    await again().keep({ media: '1' });
    await connection.publish!(other, 0, again());
    expect(files.size).toBe(before + 2);
  });

  it.each<[string, Partial<Part>]>([
    ['a video beside an image', { media: [video, image] }],
    ['five images', { media: Array.from({ length: 5 }, () => image) }],
    ['a file of another kind', { media: [{ ...image, type: 'text/plain' }] }],
    ['a file that is too large', { media: [{ ...image, bytes: new Uint8Array(17_000_000) }] }],
    ['an alt text that is too long', { media: [{ ...image, alt: 'x'.repeat(10_001) }] }],
    ['a poll beside an image', { media: [image], poll: { options: ['a', 'b'], duration: 3e6 } }],
    ['a poll of one', { poll: { options: ['a'], duration: 3e6 } }],
    ['a poll of equals', { poll: { options: ['a', 'a'], duration: 3e6 } }],
    ['a poll for a minute', { poll: { options: ['a', 'b'], duration: 6e4 } }],
    ['nothing at all', { text: ' ' }],
  ])('refuses %s before anything leaves', async (_name, part) => {
    const uploads = world.server.state.media.size;
    await expect(publish(part)).rejects.toMatchObject({ code: 'DELIVERY_REFUSED' });
    expect(world.server.state.media.size).toBe(uploads);
  });

  it('asks people', async () => {
    await publish({ poll: { options: ['Yes', 'No'], duration: 86_400_000, multiple: true } });
    expect(sent().body).toMatchObject({
      poll: { options: ['Yes', 'No'], expires_in: 86_400, multiple: true },
    });
  });

  it('leaves the time to the instance, finds it there and takes it back', async () => {
    const at = Date.now() + 3_600_000;
    const { outgoing, attempt } = changed({ text: 'Later **on**.' }, { at });
    const receipt = await connection.publish!(outgoing, 0, attempt());
    expect(receipt).toMatchObject({ id: 'scheduled:1', at });
    expect(await connection.find!(outgoing, 0, attempt().handles, [])).toEqual(receipt);
    expect(await connection.metrics!([receipt])).toEqual([]);
    await connection.remove!(receipt);
    expect(world.server.state.scheduled).toEqual([]);
    await connection.remove!(receipt);
    expect(await connection.find!(outgoing, 0, attempt().handles, [])).toBe('absent');
  });

  it('publishes what is due, waits with what is nearly due, and schedules no threads', async () => {
    expect((await publish({}, { at: Date.now() - 1 })).id).toMatch(/^\d+$/);
    const soon = Date.now() + 60_000;
    await expect(publish({}, { at: soon })).rejects.toMatchObject({
      code: 'DELIVERY_BUSY',
      details: { until: soon },
    });
    const { outgoing, attempt } = prepare('One.', 'Two.');
    const thread = connection.publish!({ ...outgoing, at: soon + 9e5 }, 0, attempt());
    await expect(thread).rejects.toMatchObject({ code: 'DELIVERY_REFUSED' });
  });

  it('answers a post by its id and by its address', async () => {
    const first = await publish({ text: 'Answer me.' });
    for (const reply of [first.id, first.url!]) {
      await publish({ text: 'I do.' }, { reply });
      expect(sent().body).toMatchObject({ in_reply_to_id: first.id });
    }
    const nowhere = publish({}, { reply: 'https://nowhere.example/@a/1' });
    await expect(nowhere).rejects.toMatchObject({ code: 'DELIVERY_REFUSED' });
  });

  it('keeps the files of a post whose words change', async () => {
    const { outgoing, attempt } = changed({ media: [image], text: 'Frist.' });
    const receipt = await connection.publish!(outgoing, 0, attempt());
    const parts = outgoing.parts.map((part) => ({ ...part, text: 'First.' }));
    const edited = await connection.edit!(receipt, { ...outgoing, parts }, 0);
    expect(edited).toEqual(receipt);
    const post = (await world.posts()).find(({ id }) => id === receipt.id);
    expect(post).toMatchObject({ text: 'First.', alt: [image.alt] });
  });

  it('finds a post when the instance has forgotten its key, mention and all', async () => {
    const text = 'To @alice@example.org: https://example.com/a_long/address/that/is/folded';
    const { outgoing, attempt } = changed({ text });
    const receipt = await connection.publish!(outgoing, 0, attempt());
    world.forget!();
    expect(await connection.find!(outgoing, 0, attempt().handles, [])).toEqual(receipt);
  });

  it('says that a post was deleted while the instance remembers its key', async () => {
    const { outgoing, attempt } = changed({ text: 'Soon gone.' });
    await connection.remove!(await connection.publish!(outgoing, 0, attempt()));
    const again = connection.publish!(outgoing, 0, attempt());
    await expect(again).rejects.toMatchObject({
      code: 'DELIVERY_REFUSED',
      remedy: expect.stringContaining('an hour') as string,
    });
    world.forget!();
    await connection.publish!(outgoing, 0, attempt());
  });

  it('does not take an older post with the same words for its own', async () => {
    await publish({ text: 'Good morning.' });
    world.server.later(300_000);
    const { outgoing, attempt } = prepare('Good morning.');
    const since = new Date(world.server.state.now()).toISOString();
    const handles = [{ ...attempt().handles[0], since }];
    expect(await connection.find!(outgoing, 0, handles, [])).toBe('absent');
  });
});
