import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { timeOfUrn } from '../../../lib/platforms/linkedin/urn.ts';
import type { Media, Outgoing, Part } from '../../../lib/platforms/platform.ts';
import type { Receipt } from '../../../lib/store/record.ts';
import { image } from '../image.ts';
import { type Stage, stage } from '../stage.ts';
import { organization, person } from './state.ts';
import { linkedinWorld, organizationWorld } from './world.ts';

let member: Awaited<ReturnType<typeof linkedinWorld>>;
let world: Awaited<ReturnType<typeof organizationWorld>>;
let at: Stage;
beforeAll(async () => {
  member = await linkedinWorld();
  world = await organizationWorld();
  at = stage(world);
});
afterEach(() => expect([...world.problems(), ...member.problems()]).toEqual([]));
afterAll(async () => {
  await world.close();
  await member.close();
});

const publish = async (text: string, more: Partial<Part> = {}, whole: Partial<Outgoing> = {}) => {
  const { outgoing, attempt } = at.prepare(text);
  const parts = outgoing.parts.map((part) => ({ ...part, ...more }));
  const connection = await world.connect();
  return connection.publish!({ ...outgoing, parts, ...whole }, 0, attempt());
};
const contentOf = ({ id }: Receipt) => world.server.state.things.get(id)?.content;
const clip = (bytes: number): Media => ({
  bytes: new Uint8Array(bytes).fill(7),
  type: 'video/mp4',
  alt: '',
  name: 'clip.mp4',
  seconds: 10,
});

describe('a duplicate', () => {
  it('of a post newer than the claim is our own success', async () => {
    const here = stage(member);
    const { outgoing, attempt } = here.prepare('Sent by whoever died.');
    const connection = await member.connect();
    const first = await connection.publish!(outgoing, 0, attempt());
    const again = await connection.publish!(outgoing, 0, attempt());
    expect(again).toMatchObject({ id: first.id, url: first.url });
    expect(again.at).toBe(timeOfUrn(first.id));
    expect(await here.sent('Sent by whoever died.')).toHaveLength(1);
  });

  it('of an older post is refused, with a link to it', async () => {
    const urn = `urn:li:share:${member.server.state.number(Date.now() - 3_600_000)}`;
    member.server.state.put({ urn, author: person, text: 'Said before.', alt: [] });
    const { outgoing, attempt } = stage(member).prepare('Said before.');
    const sending = (await member.connect()).publish!(outgoing, 0, attempt());
    const link = `https://www.linkedin.com/feed/update/${urn}`;
    await expect(sending).rejects.toMatchObject({ code: 'DELIVERY_REFUSED', details: { link } });
  });
});

describe('what comes with a post', () => {
  it('may be several images, each with its words', async () => {
    const media = ['One', 'Two'].map((alt) => ({ ...image, alt }));
    const content = contentOf(await publish('Two images.', { media }));
    expect(content).toMatchObject({
      multiImage: { images: [{ altText: 'One' }, { altText: 'Two' }] },
    });
  });

  it('may be a video, which is sent in parts and waited for', async () => {
    const { state } = world.server;
    state.piece = 1000;
    const receipt = await publish('A video.', { media: [clip(2500)] });
    const [video] = [...state.files.values()].filter(({ urn }) => urn.includes(':video:'));
    expect(video?.parts).toEqual([1000, 1000, 500]);
    expect(contentOf(receipt)).toEqual({ media: { id: video?.urn } });
  });

  it('is used again by the next attempt', async () => {
    const { outgoing, attempt } = at.prepare('Killed after its image.');
    const whole = { ...outgoing, parts: [{ text: 'Killed after its image.', media: [image] }] };
    const connection = await world.connect();
    world.proxy!.fail((path) => (path === '/rest/posts' ? 'lose' : 'pass'));
    await expect(connection.publish!(whole, 0, attempt())).rejects.toThrow();
    world.proxy!.fail(() => 'pass');
    const before = world.server.state.files.size;
    await connection.publish!(whole, 0, attempt());
    expect(world.server.state.files.size).toBe(before);
    expect(await at.sent('Killed after its image.')).toHaveLength(1);
  });

  it('may be a poll: its question is the last paragraph', async () => {
    const poll = { options: ['Yes', 'No'], duration: 2 * 86_400_000 };
    const receipt = await publish('Some words.\n\nWhich one?', { poll });
    expect(contentOf(receipt)).toEqual({
      poll: {
        question: 'Which one?',
        options: [{ text: 'Yes' }, { text: 'No' }],
        settings: { duration: 'THREE_DAYS' },
      },
    });
    expect(world.server.state.things.get(receipt.id)?.text).toBe('Some words.');
  });

  it.each<[string, Partial<Part>, Partial<Outgoing>]>([
    ['only one of them', { media: [image], poll: { options: ['a', 'b'], duration: 1 } }, {}],
    ['2 to 4 options', { poll: { options: ['a'], duration: 1 } }, {}],
    ['14 days', { poll: { options: ['a', 'b'], duration: 15 * 86_400_000 } }, {}],
    ['characters long', { poll: { options: ['a', 'b'.repeat(31)], duration: 1 } }, {}],
    ['plans no posts', {}, { at: Date.now() + 3_600_000 }],
    ['files of 20', { media: Array.from({ length: 21 }, () => image) }, {}],
    ['it takes video/mp4', { media: [{ ...clip(9), type: 'video/webm' }] }, {}],
  ])('is refused before anything leaves: %s', async (why, more, whole) => {
    const before = world.server.requests.length;
    await expect(publish('No.', more, whole)).rejects.toThrow(why);
    expect(world.server.requests).toHaveLength(before);
  });
});

describe('a comment', () => {
  it('is changed and taken back like a post', async () => {
    const { outgoing, attempt } = at.prepare('The post.', 'The comment (1).');
    const connection = await world.connect();
    const post = await connection.publish!(outgoing, 0, attempt());
    const comment = await connection.publish!(outgoing, 1, attempt([post]));
    expect(comment.url).toContain('commentUrn=');
    const parts = outgoing.parts.map((part) => ({ ...part, text: 'Changed (2).' }));
    await connection.edit!(comment, { ...outgoing, parts }, 1);
    expect((await at.sent('Changed (2).')).map(({ id }) => id)).toEqual([comment.id]);
    await connection.remove!(comment);
    await connection.remove!(comment);
    expect(await at.sent('Changed (2).')).toEqual([]);
  });

  it.each([
    (urn: string) => urn,
    (urn: string) => `https://www.linkedin.com/feed/update/${encodeURIComponent(urn)}/`,
    (urn: string) =>
      `https://www.linkedin.com/posts/acme_words-share-${urn.split(':').at(-1) ?? ''}-AbCd`,
  ])('answers a post named by its address, %#', async (addressOf) => {
    const urn = `urn:li:share:${world.server.state.number()}`;
    world.server.state.put({ urn, author: person, text: 'By somebody', alt: [] });
    const { id } = await publish('An answer.', {}, { reply: addressOf(urn) });
    const answers = (await at.sent('An answer.')).filter((post) => post.id === id);
    expect(answers.map(({ parent }) => parent)).toEqual([urn]);
  });

  it('answers nothing that cannot be told', async () => {
    await expect(publish('?', {}, { reply: 'https://lnkd.in/abc' })).rejects.toMatchObject({
      code: 'DELIVERY_REFUSED',
      remedy: expect.stringContaining('URN') as string,
    });
  });
});

it('asks for the rights an author needs', () => {
  const oauth = world.platform.oauth!;
  const of = (more: object) => oauth.scopesFor?.({ name: 'main', platform: 'linkedin', ...more });
  expect(of({ author: organization })).toContain('w_organization_social');
  expect(of({ author: person })).toEqual(['openid', 'profile', 'w_member_social']);
  expect(of({ author: person, reads: true })).toContain('r_member_social');
});

it('reads what others say below own posts', async () => {
  const post = await publish('Say something.');
  const { state } = world.server;
  const id = state.number();
  const urn = `urn:li:comment:(${post.id},${id})`;
  state.put({ urn, id, author: person, text: 'Something #New', alt: [], below: post.id });
  const own = `urn:li:comment:(${post.id},${state.number()})`;
  state.put({ urn: own, id: '1', author: organization, text: 'We', alt: [], below: post.id });
  const found = await Array.fromAsync((await world.connect()).mentions!(0));
  expect(found.map(({ text }) => text)).toEqual(['Something #New']);
  expect(found[0]).toMatchObject({ id: `linkedin:${urn}`, author: person, tags: ['new'] });
});
