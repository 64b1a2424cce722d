import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Outgoing } from '../../../lib/platforms/platform.ts';
import { reddit } from '../../../lib/platforms/reddit/index.ts';
import { image } from '../image.ts';
import { stage, type Stage } from '../stage.ts';
import { errorBody } from './fixture.ts';
import { redditWorld } from './world.ts';

let world: Awaited<ReturnType<typeof redditWorld>>;
let at: Stage;
beforeAll(async () => {
  world = await redditWorld();
  at = stage(world);
});
afterEach(() => expect(world.problems()).toEqual([]));
afterAll(() => world.close());

const link = { url: 'https://example.com/page', title: 'A page', description: '' };
const prepare = (text: string, change: object = {}, more: Partial<Outgoing> = {}) => {
  const { outgoing, attempt } = at.prepare(text);
  const parts = [{ ...outgoing.parts[0]!, ...change }];
  return { outgoing: { ...outgoing, ...more, parts }, attempt };
};
const publish = async (text: string, change: object = {}, more: Partial<Outgoing> = {}) => {
  const { outgoing, attempt } = prepare(text, change, more);
  return (await world.connect()).publish!(outgoing, 0, attempt());
};
const last = () => world.server.state.things.at(-1)!;

describe('a post on Reddit', () => {
  it('with a link is a link, which Reddit takes once', async () => {
    const { outgoing, attempt } = prepare('Worth a look.', { link }, { title: 'Once' });
    const receipt = await (await world.connect()).publish!(outgoing, 0, attempt());
    expect(last()).toMatchObject({ kind: 'link', url: link.url, text: 'Worth a look.' });
    const again = await (await world.connect()).publish!(outgoing, 0, attempt());
    expect(again).toMatchObject({ id: receipt.id });
    const other = publish('By somebody before.', { link }, { title: 'Another' });
    await expect(other).rejects.toMatchObject({
      code: 'DELIVERY_REFUSED',
      remedy: expect.stringContaining('another link') as string,
    });
  });

  it('with an image waits until Reddit shows it', async () => {
    world.server.state.lag = 1500;
    const receipt = await publish('A picture.', { media: [image] }, { title: 'Seen late' });
    expect(last()).toMatchObject({ kind: 'image', name: receipt.id, text: 'A picture.' });
    expect(last().url).toMatch(/\/rte_images\/\w+$/);
    world.server.state.lag = 0;
  }, 15_000);

  it('with images is a gallery', async () => {
    const receipt = await publish('Two.', { media: [image, image] }, { title: 'Gallery' });
    expect(last()).toMatchObject({ kind: 'gallery', files: 2, name: receipt.id });
  });

  it('answers what it is told to answer, and needs no title for that', async () => {
    const { id } = await publish('To be answered.');
    const reply = `https://www.reddit.com/r/socialpulse/comments/${id.slice(3)}/a_title/`;
    const { outgoing, attempt } = prepare('An answer.', {}, { reply });
    const { title, ...untitled } = outgoing;
    expect(title).toBeDefined();
    const connection = await world.connect();
    const receipt = await connection.publish!(untitled, 0, attempt());
    expect(last()).toMatchObject({ parent: id, text: 'An answer.' });
    const found = await connection.find!(untitled, 0, attempt().handles, []);
    expect(found).toMatchObject({ id: receipt.id, url: receipt.url });
  });

  it('has a flair by its words or its id', async () => {
    const flairs = ['News', '0123abcd-0123-4567-89ab-0123456789ab'];
    for (const flair of flairs) {
      const { outgoing, attempt } = prepare(`With ${flair}`);
      const settings = { subreddit: 'socialpulse', flair };
      const about = { fetch, now: Date.now, credentials: world.credentials };
      const account = { name: 'main', platform: 'reddit', ...settings };
      await (
        await reddit.connect(account, about)
      ).publish!(outgoing, 0, attempt());
    }
    const sent = world.server.requests.slice(-2).map(({ body }) => body);
    expect(sent).toMatchObject([{ flair_text: flairs[0] }, { flair_id: flairs[1] }]);
  });

  it('is not found by its title alone, nor in another subreddit, nor from before the claim', async () => {
    const { outgoing, attempt } = prepare('The words.', {}, { title: 'The same title' });
    await publish('Other words.', {}, { title: 'The same title' });
    const connection = await world.connect();
    const find = () => connection.find!(outgoing, 0, attempt().handles, []);
    expect(await find()).toBe('unknown');
    await connection.publish!(outgoing, 0, attempt());
    expect(await find()).toMatchObject({ id: last().name });
    last().subreddit = 'elsewhere';
    expect(await find()).toBe('unknown');
    last().subreddit = 'SocialPulse';
    expect(await find()).toMatchObject({ id: last().name });
    last().at -= 120_000;
    expect(await find()).toBe('unknown');
  });
});

describe('what Reddit would refuse is refused before anything leaves', () => {
  it.each<[object, Partial<Outgoing>, RegExp]>([
    [{}, { title: ' ' }, /asks for a title/],
    [{}, { title: 'x'.repeat(301) }, /title has 301/],
    [{}, { at: Date.now() + 3_600_000 }, /no time/],
    [{ poll: { options: ['a', 'b'], duration: 86_400_000 } }, {}, /no polls/],
    [{ link, media: [image] }, {}, /not both/],
    [{ media: [{ ...image, type: 'video/mp4' }] }, {}, /video\/mp4/],
    [{ media: [{ ...image, bytes: Buffer.alloc(20_000_001) }] }, {}, /20000001 bytes/],
    [{ text: '' }, { reply: 't3_abc' }, /needs words/],
    [{ text: 'x'.repeat(10_001) }, { reply: 't3_abc' }, /10001 characters of 10000/],
    [{ media: [image] }, { reply: 't3_abc' }, /no images/],
    [{}, { reply: 'https://example.com' }, /nothing on Reddit/],
  ])('%#', async (change, more, message) => {
    const before = world.server.requests.length;
    const refused = { code: 'DELIVERY_REFUSED', message: expect.stringMatching(message) as string };
    await expect(publish('Words', change, more)).rejects.toMatchObject(refused);
    expect(world.server.requests.length).toBe(before);
  });
});

it('is told within an answer of 200 to wait, and for how long', async () => {
  world.server.state.refuse.push(errorBody('RATELIMIT'));
  const error = await publish('Too soon.').catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'DELIVERY_BUSY', retryable: true });
  const { until } = (error as { details: { until: number } }).details;
  expect(Math.abs(until - Date.now() - 120_000)).toBeLessThan(5000);
  expect(await at.sent('Too soon.')).toEqual([]);
});

it('is quiet: nothing of what its library says reaches the log', async () => {
  const said: unknown[] = [];
  const listener = (warning: Error) => void said.push(warning.message);
  process.on('warning', listener);
  await (
    await world.connect()
  ).whoami!();
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', listener);
  expect(said).toEqual([]);
});
