import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Outgoing, Part } from '../../../lib/platforms/outgoing.ts';
import type { Connection } from '../../../lib/platforms/platform.ts';
import type { Receipt } from '../../../lib/store/record.ts';
import { image } from '../image.ts';
import { never } from '../world.ts';
import { chat } from './server.ts';
import { startTelegram } from './world.ts';

let at: Awaited<ReturnType<typeof startTelegram>>;
let connection: Connection;
beforeAll(async () => {
  at = await startTelegram();
  connection = await at.connect();
});
afterEach(() => expect(at.host.problems).toEqual([]));
afterAll(() => at.host.close());

const outgoing = (part: Partial<Part>, more: Partial<Outgoing> = {}): Outgoing => ({
  delivery: 'p-1.main',
  parts: [{ text: 'Words.', media: [], ...part }],
  ...more,
});
const send = (what: Outgoing, sent: readonly Receipt[] = []) =>
  connection.publish!(what, 0, {
    handles: [{}],
    sent,
    deadline: never,
    keep: () => Promise.resolve(),
  });
const last = () => [...at.server.messages.values()].at(-1)!;
const video = {
  ...image,
  type: 'video/mp4',
  name: 'film.mp4',
  width: 640,
  height: 360,
  seconds: 2.4,
};

describe('a message', () => {
  it('is marked in UTF-16 units and never parsed for marks', async () => {
    await send(outgoing({ text: '👋 **bold _both_** <b>no</b> [here](https://example.com/)' }));
    expect(last()).toMatchObject({
      text: '👋 bold both <b>no</b> here',
      entities: [
        { type: 'bold', offset: 3, length: 9 },
        { type: 'italic', offset: 8, length: 4 },
        { type: 'text_link', offset: 23, length: 4, url: 'https://example.com/' },
      ],
    });
  });

  it('shows the card of the link it is given', async () => {
    const link = { url: 'https://example.com/page', title: 'A', description: 'B' };
    await send(outgoing({ link }));
    expect(at.host.requests.at(-1)?.body).toMatchObject({
      link_preview_options: { url: link.url },
    });
  });

  it('answers what the post answers', async () => {
    const first = await send(outgoing({}));
    await send(outgoing({ text: 'An answer.' }, { reply: first.url! }));
    expect(last().reply_to_message).toEqual({ message_id: Number(first.id.split('/')[1]) });
    await expect(send(outgoing({}, { reply: 'https://example.com/' }))).rejects.toMatchObject({
      code: 'DELIVERY_REFUSED',
    });
    await expect(send(outgoing({}, { reply: '999999' }))).rejects.toMatchObject({
      code: 'DELIVERY_REFUSED',
      details: { remedy: expect.stringContaining('reply') as string },
    });
  });

  it.each([
    ['sendPhoto', [image]],
    ['sendVideo', [video]],
    ['sendAnimation', [{ ...image, type: 'image/gif' }]],
    ['sendMediaGroup', [image, video, image]],
  ])('goes by %s', async (method, media) => {
    const receipt = await send(outgoing({ text: 'With **files**.', media }));
    expect(at.host.requests.at(-1)?.path).toMatch(new RegExp(`/${method}$`));
    const first = at.server.messages.get(Number(receipt.id.split('/')[1]));
    expect(first).toMatchObject({ caption: 'With files.' });
    const words = { ...outgoing({ text: 'Other words.', media }) };
    await connection.edit!(receipt, words, 0);
    expect(first).toMatchObject({ caption: 'Other words.' });
    const before = at.server.messages.size;
    await connection.remove!(receipt);
    expect(before - at.server.messages.size).toBe(media.length);
  });

  it('asks with its last paragraph', async () => {
    const poll = { options: ['Yes', 'No'], duration: 3_600_000, multiple: true };
    await send(outgoing({ text: 'Some **context**.\n\nWhat now?', poll }));
    expect(at.host.requests.at(-1)?.body).toMatchObject({
      question: 'What now?',
      description: 'Some context.',
      description_entities: [{ type: 'bold', offset: 5, length: 7 }],
      open_period: 3600,
      allows_multiple_answers: true,
    });
  });

  it('that says already what an edit would say is left as it is', async () => {
    const receipt = await send(outgoing({ text: 'The same.' }));
    expect(await connection.edit!(receipt, outgoing({ text: 'The same.' }), 0)).toEqual(receipt);
  });
});

describe('what is refused before anything leaves', () => {
  const many = (count: number) => Array.from({ length: count }, () => image);
  it.each<[string, Partial<Part>]>([
    ['a long text with files', { text: 'x'.repeat(1025), media: [image] }],
    ['too many files', { media: many(11) }],
    ['a GIF in an album', { media: [image, { ...image, type: 'image/gif' }] }],
    ['a file of another type', { media: [{ ...image, type: 'image/tiff' }] }],
    ['a large file', { media: [{ ...image, bytes: new Uint8Array(10_000_001) }] }],
    [
      'files and a card',
      { media: [image], link: { url: 'https://a.example', title: '', description: '' } },
    ],
    ['a poll with one option', { poll: { options: ['Yes'], duration: 60_000 } }],
    ['a poll with a long option', { poll: { options: ['a', 'x'.repeat(101)], duration: 60_000 } }],
    ['a poll for ever', { poll: { options: ['a', 'b'], duration: 3_000_000_000 } }],
    ['a long question', { text: 'x'.repeat(301), poll: { options: ['a', 'b'], duration: 60_000 } }],
    ['nothing', { text: ' ' }],
  ])('%s', async (_, part) => {
    const before = at.host.requests.length;
    await expect(send(outgoing(part))).rejects.toMatchObject({ code: 'DELIVERY_REFUSED' });
    expect(at.host.requests).toHaveLength(before);
  });
});

describe('the account', () => {
  it('tells what it may do in its chat', async () => {
    expect(await connection.whoami!()).toEqual({
      id: '110201543',
      name: '@desk_bot',
      url: 'https://t.me/desk_bot',
      scopes: ['administrator', 'can_post_messages', 'can_delete_messages'],
    });
  });

  it('is told that its chat is wrong', async () => {
    const { telegram } = await import('../../../lib/platforms/telegram/index.ts');
    const wrong = { name: 'main', platform: 'telegram', chat: '@elsewhere' };
    const around = { fetch, now: Date.now, credentials: at.credentials };
    const there = await telegram.connect(wrong, around);
    const sending = there.publish!(outgoing({}), 0, {
      handles: [{}],
      sent: [],
      deadline: never,
      keep: () => Promise.resolve(),
    });
    await expect(sending).rejects.toMatchObject({
      code: 'DELIVERY_REFUSED',
      remedy: expect.stringContaining('`chat`') as string,
    });
    expect(String(chat.id)).toMatch(/^-100/);
  });

  it('never shows its token, not even for an address that is none', async () => {
    const wrong = at.connect({ TELEGRAM_API: 'no address' });
    await expect(wrong).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  });
});
