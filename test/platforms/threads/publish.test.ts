import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Media, Outgoing, Part } from '../../../lib/platforms/platform.ts';
import type { Receipt } from '../../../lib/store/record.ts';
import { type Stage, stage } from '../stage.ts';
import { threadsWorld } from './world.ts';

let world: Awaited<ReturnType<typeof threadsWorld>>;
let at: Stage;
beforeAll(async () => {
  world = await threadsWorld();
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
const change = (outgoing: Outgoing, more: Partial<Part>): Outgoing => ({
  ...outgoing,
  parts: outgoing.parts.map((part) => ({ ...part, ...more })),
});
const clip = (): Media => ({
  bytes: new Uint8Array(9),
  type: 'video/mp4',
  alt: 'Moving dots',
  name: 'clip.mp4',
  url: `${world.files}/clip.mp4`,
});
const publish = async (text: string, more: Partial<Outgoing> = {}) => {
  const { outgoing, attempt } = at.prepare(text);
  return (await world.connect()).publish!({ ...outgoing, ...more }, 0, attempt());
};
const day = 86_400_000;

describe('a part', () => {
  it('is gone on from after a kill, below the part before it', async () => {
    const texts = ['One.', 'Two, killed.', 'Three.'];
    const { outgoing, attempt } = at.prepare(...texts);
    const connection = await world.connect();
    const sent: Receipt[] = [await connection.publish!(outgoing, 0, attempt())];
    lose();
    await connection.publish!(outgoing, 1, attempt(sent)).catch(() => undefined);
    pass();
    const before = containers().length;
    expect(await connection.find!(outgoing, 1, attempt().handles, sent)).toBe('absent');
    sent.push(await connection.publish!(outgoing, 1, attempt(sent)));
    expect(containers()).toHaveLength(before);
    sent.push(await connection.publish!(outgoing, 2, attempt(sent)));
    const posts = (await world.posts()).filter(({ text }) => texts.includes(text));
    expect(posts.map(({ parent }) => parent)).toEqual([undefined, sent[0]?.id, sent[1]?.id]);
  });

  it('with the words of another is found below its own parent', async () => {
    const { outgoing, attempt } = at.prepare('Root.', 'Again.', 'Again.');
    const connection = await world.connect();
    const sent: Receipt[] = [];
    for (const index of [0, 1])
      sent.push(await connection.publish!(outgoing, index, attempt(sent)));
    world.server.silent = true;
    sent.push(await connection.publish!(outgoing, 2, attempt(sent)));
    expect(sent[2]?.id).not.toBe(sent[1]?.id);
    const found = await connection.find!(outgoing, 1, attempt().handles, sent.slice(0, 1));
    expect(found).toMatchObject({ part: 1, id: sent[1]?.id });
  });

  it('whose container is forgotten is found in the list', async () => {
    const { outgoing, attempt } = at.prepare('Long ago.');
    const connection = await world.connect();
    const { id } = await connection.publish!(outgoing, 0, attempt());
    world.server.pass(3 * day);
    expect(await connection.find!(outgoing, 0, attempt().handles, [])).toMatchObject({ id });
  });

  it('waits until its files are there', async () => {
    world.server.slow = 2;
    const { outgoing, attempt } = at.prepare('Two files.');
    const media = [world.image, clip()];
    await (
      await world.connect()
    ).publish!(change(outgoing, { media }), 0, attempt());
    expect((await at.sent('Two files.'))[0]?.alt).toEqual(['Two dots', 'Moving dots']);
  });

  it('says what helps when a video is not taken', async () => {
    const { outgoing, attempt } = at.prepare('No clip.');
    const media = [{ ...clip(), url: `${world.files}/none.mp4` }];
    const sending = (await world.connect()).publish!(change(outgoing, { media }), 0, attempt());
    await expect(sending).rejects.toMatchObject({
      code: 'DELIVERY_REFUSED',
      remedy: expect.stringContaining('PULSE_MEDIA_URL') as string,
    });
  });
});

describe('what a post asks, shows and answers', () => {
  it('is sent in the words of the network', async () => {
    const poll = { options: ['Yes', 'No', 'Maybe'], duration: day };
    const link = { url: 'https://example.com/a', title: 'A', description: '' };
    const asked = await publish('Who?', { parts: [{ text: 'Who?', media: [], poll }] });
    const shown = await publish('Look.', { parts: [{ text: 'Look.', media: [], link }] });
    expect(JSON.parse(world.server.things.get(asked.id)?.poll ?? '')).toEqual({
      option_a: 'Yes',
      option_b: 'No',
      option_c: 'Maybe',
    });
    expect(world.server.things.get(shown.id)?.link).toBe(link.url);
  });

  it('answers a post by its id, and by its address where it mentions us', async () => {
    const parent = world.server.say('Hello @desk');
    await publish('To the id.', { reply: parent });
    await publish('To the address.', {
      reply: `https://www.threads.com/@someone/post/C${parent}?xmt=1`,
    });
    const posts = await world.posts();
    for (const text of ['To the id.', 'To the address.'])
      expect(posts.find((post) => post.text === text)?.parent).toBe(parent);
    const reply = 'https://www.threads.net/@someone/post/Cunknown';
    await expect(publish('To nobody.', { reply })).rejects.toMatchObject({
      code: 'DELIVERY_REFUSED',
    });
  });

  it.each<[string, Partial<Part>]>([
    ['a poll of one option', { poll: { options: ['Yes'], duration: day } }],
    ['a poll of five', { poll: { options: ['1', '2', '3', '4', '5'], duration: day } }],
    ['a long option', { poll: { options: ['Yes', 'n'.repeat(26)], duration: day } }],
    ['a poll of a week', { poll: { options: ['Yes', 'No'], duration: 7 * day } }],
    ['many answers', { poll: { options: ['Yes', 'No'], duration: day, multiple: true } }],
    ['nothing', { text: ' ' }],
    ['501 characters', { text: 'a'.repeat(501) }],
    ['emojis of 504 bytes', { text: '👍'.repeat(126) }],
  ])('is refused before anything leaves: %s', async (_, more) => {
    const { outgoing, attempt } = at.prepare('Not this.');
    const before = world.server.requests.length;
    const sending = (await world.connect()).publish!(change(outgoing, more), 0, attempt());
    await expect(sending).rejects.toMatchObject({ code: 'DELIVERY_REFUSED' });
    expect(world.server.requests).toHaveLength(before);
  });

  it('is refused with a link card and files', async () => {
    const link = { url: 'https://example.com/a', title: 'A', description: '' };
    const parts = [{ text: 'Both.', media: [world.image], link }];
    await expect(publish('Both.', { parts })).rejects.toMatchObject({ code: 'DELIVERY_REFUSED' });
  });
});
