import { describe, expect, it } from 'vitest';
import { readerOf } from '../../../lib/ingest/payloads/index.ts';
import { raws } from './raws.ts';

const read = async (raw: unknown) => (await readerOf('x'))(raw);
const user = { id_str: '7', screen_name: 'ann', followers_count: 3, statuses_count: '12' };
const at = 'Wed Oct 10 20:19:24 +0000 2018';

describe('posts of X', () => {
  it('of v1.1 are whole, with the id that no number holds', async () => {
    expect(await read(raws[0])).toEqual([
      {
        id: 'x:1050118621198921728',
        network: 'x',
        text: 'To make room for more, we count all emojis & more https://example.com/emoji #Emoji',
        at: Date.parse('2018-10-10T20:19:24Z'),
        author: 'XAPI',
        url: 'https://x.com/XAPI/status/1050118621198921728',
        tags: ['emoji'],
        language: 'en',
        counts: { reposts: 1, likes: 2, followers: 6172353, following: 12 },
      },
    ]);
  });

  it('that pass on another hold all of its words, and come with it', async () => {
    const whole =
      'Words that are too long for a repost to hold them all, so that their end is missing.';
    const raw = {
      id_str: '2',
      created_at: at,
      text: `RT @ann: ${whole.slice(0, 40)}…`,
      user: { id_str: '8', screen_name: 'bob' },
      retweeted_status: { id_str: '1', created_at: at, full_text: whole, user, favorite_count: 9 },
    };
    const [repost, original, ...others] = await read(raw);
    expect(repost).toMatchObject({ author: 'bob', copy: true, text: `RT @ann: ${whole}` });
    expect(original).toMatchObject({ author: 'ann', counts: { likes: 9, posts: 12 } });
    expect([original?.copy, others]).toEqual([undefined, []]);
  });

  it('of v2 take their author, and what they pass on, from what the answer includes', async () => {
    const [post] = await read(raws[1]);
    expect(post).toMatchObject({
      author: 'XDevelopers',
      counts: { likes: 38, reposts: 11, bookmarks: 4, views: 9, followers: 5, votes: 5 },
    });
    const raw = {
      data: {
        id: '1346889436626259968',
        text: 'RT @a: Lo…',
        author_id: '5',
        referenced_tweets: [{ type: 'retweeted', id: '1600000000000000001' }],
      },
      includes: { tweets: [{ id: '1600000000000000001', text: 'Long &gt; short' }] },
    };
    const [repost] = await read(raw);
    expect(repost).toMatchObject({ text: 'RT @a: Long > short', author: '5', copy: true });
    // Where it says no time, its id does.
    expect(new Date(repost!.at).toISOString()).toMatch(/^2021-01-06T18:40:40/);
  });

  it.each([
    ['a note', { id: '1', text: 'Cut…', note_tweet: { text: 'All of it' } }, 'All of it'],
    ['a note by its new name', { id: '1', text: 'Cut…', note_post: { text: 'All' } }, 'All'],
    [
      'a page',
      {
        rest_id: '1',
        legacy: { id_str: '1', full_text: 'On a page', user_id_str: '7' },
        views: { count: '5' },
      },
      'On a page',
    ],
    [
      'an archive',
      [{ tweet: { id_str: '1', full_text: 'My own', favorite_count: '2' } }],
      'My own',
    ],
    [
      'the last of an account',
      { ...user, status: { id_str: '1', text: 'Last', created_at: at } },
      'Last',
    ],
  ])('are found in %s', async (_, raw, text) => {
    expect(await read(raw)).toMatchObject([{ id: 'x:1', text }]);
  });

  it.each([
    ['an account', { id: '7', name: 'Ann', username: 'ann' }],
    ['a private message', { id: '7', text: 'Hi', event_type: 'MessageCreate' }],
    ['a private message of v1.1', { id_str: '7', text: 'Hi', sender_id: 1, recipient_id: 2 }],
    ['a deletion', { delete: { status: { id: 1, id_str: '1', user_id: 3 } } }],
    ['a count', { data: [{ start: '', end: '', tweet_count: 4 }] }],
  ])('are not found in %s', async (_, raw) => {
    expect(await read(raw)).toEqual([]);
  });
});
