import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { thread } from '../../../lib/platforms/youtube/comment.ts';
import { signalOf, signalOfThread, video } from '../../../lib/platforms/youtube/read.ts';
import { recorded } from './fixture.ts';
import { us } from './state.ts';
import { youtubeWorld } from './world.ts';

let world: Awaited<ReturnType<typeof youtubeWorld>>;
beforeAll(async () => {
  world = await youtubeWorld();
});
afterEach(() => expect(world.problems()).toEqual([]));
afterAll(() => world.close());

const add = (title: string, at: number, channelId = us) =>
  world.server.state.addVideo({
    channelId,
    snippet: { title, description: `About #${title}.`, categoryId: '22' },
    status: { privacyStatus: 'public' },
    bytes: 1,
    at,
  });
const hour = 3_600_000;

describe('what was recorded', () => {
  it('keeps everything of a video that we keep', () => {
    const [item] = recorded('videos__videos_info_single').items;
    const statistics = { viewCount: '8087', likeCount: '190', commentCount: '23' };
    const signal = signalOf(video.parse({ ...item, statistics }));
    expect(signal).toMatchObject({
      id: 'youtube:D-lhorsDlUQ',
      network: 'youtube',
      at: Date.parse('2019-03-21T20:37:49Z'),
      author: 'UC_x5XG1OV2P6uZZ5FSM9Ttw',
      channel: 'Google Developers',
      language: 'en',
      url: 'https://www.youtube.com/watch?v=D-lhorsDlUQ',
      counts: { views: 8087, likes: 190, replies: 23 },
    });
    expect(signal.text).toMatch(/^What are Actions on Google.*\n\nIn the first episode/);
    // Twenty, of which two differ by their capitals alone.
    expect(signal.tags).toHaveLength(19);
  });

  it('keeps everything of a comment that we keep', () => {
    const { items } = recorded('comment_threads__comment_threads_by_video_paged_1');
    const found = items.map((item) => signalOfThread(thread.parse(item)));
    expect(found).toHaveLength(5);
    expect(found[0]).toMatchObject({
      id: 'youtube:UgyZ1jqkHKYvi1-ruOZ4AaABAg',
      text: 'Google.com',
      author: 'UCzj-CjKYmGlZ7vTL-vOe57A',
      url: 'https://www.youtube.com/watch?v=F1UP7wRCPH8&lc=UgyZ1jqkHKYvi1-ruOZ4AaABAg',
      counts: { likes: 0, replies: 0 },
    });
  });
});

describe('reading', () => {
  it('goes through all pages of a channel, newest first, back to a time', async () => {
    const now = Date.now();
    for (let n = 0; n < 120; n++) add(`v${String(n)}`, now - n * hour);
    add('old', now - 500 * hour);
    const connection = await world.connect();
    const found = await Array.fromAsync(connection.timeline!('@thedesk', now - 119 * hour));
    expect(found.map(({ text }) => text.split('\n')[0])).toEqual(
      Array.from({ length: 120 }, (_, n) => `v${String(n)}`),
    );
    expect(await Array.fromAsync(connection.timeline!(us, now - hour / 2))).toHaveLength(1);
  });

  it('says when there is no such channel', async () => {
    const reading = Array.fromAsync((await world.connect()).timeline!('@nobody', 0));
    await expect(reading).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
  });

  it('searches, and tells what most people watch', async () => {
    add('Zebra', Date.now(), 'UC_others');
    const connection = await world.connect();
    const [hit, ...more] = await Array.fromAsync(connection.search!('Zebra', 0));
    expect(more).toEqual([]);
    expect(hit).toMatchObject({ author: 'UC_others', tags: ['zebra'], counts: { likes: 7 } });
    expect((await connection.trends!())[0]).toMatchObject({ name: 'Zebra' });
  });

  it('finds what others say below our videos, not what we say', async () => {
    const { id } = add('Discussed', Date.now());
    const { state } = world.server;
    state.addComment({ videoId: id, author: us, text: 'We' });
    state.addComment({ videoId: id, author: 'UC_others', text: 'They' });
    state.addComment({ videoId: id, author: 'UC_others', text: 'Long ago', at: 1000 });
    const found = await Array.fromAsync((await world.connect()).mentions!(Date.now() - hour));
    expect(found.map(({ text }) => text)).toEqual(['They']);
  });
});
