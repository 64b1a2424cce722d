import { describe, expect, it } from 'vitest';
import { type PayloadKind, readerOf } from '../../../lib/ingest/payloads/index.ts';
import { raws } from './raws.ts';

const read = async (kind: PayloadKind, raw: unknown) => (await readerOf(kind))(raw);

describe('posts of Reddit', () => {
  const flat = { id: 'a1', subreddit: 'food', author: '[deleted]', created_utc: '1356049451' };
  it('are read without markup; more dislikes than likes stay known', async () => {
    expect(await read('reddit', raws[2])).toMatchObject([
      {
        id: 'reddit:t3_15bfi0',
        text: 'Café & cake\n\nBold words and a wiki',
        at: 1356049451000,
        author: 'spez',
        channel: 'r/food',
        links: ['https://example.com'],
        counts: { likes: 0, score: -3, replies: 5 },
      },
    ]);
  });

  it('are read from archives that keep them flat', async () => {
    const raw = [
      {
        ...flat,
        title: 'Title',
        selftext: '[removed]',
        url: 'https://example.com/x',
        num_comments: 2,
      },
      { ...flat, body: 'A &lt; B', link_id: 't3_a1', parent_id: 't3_a1', score: 4 },
      { ...flat, id: 'a2', body: '[deleted]', link_id: 't3_a1' },
    ];
    const [post, comment, gone] = await read('reddit', raw);
    expect(post).toMatchObject({
      id: 'reddit:t3_a1',
      text: 'Title',
      links: ['https://example.com/x'],
    });
    expect(comment).toMatchObject({ id: 'reddit:t1_a1', text: 'A < B', counts: { likes: 4 } });
    expect([post?.author, gone?.text]).toEqual([undefined, '']);
  });

  it('are not what is private, a community or an account', async () => {
    const about = { author: 'a', created_utc: 1, body: 'b', title: 't' };
    const kinds = ['t2', 't4', 't5', 'LiveUpdateEvent', 'more'];
    const raw = kinds.map((kind) => ({
      kind,
      data: { ...about, name: `${kind}_1`, subreddit: 'a' },
    }));
    expect(await read('reddit', raw)).toEqual([]);
  });
});

describe('posts of other networks', () => {
  const status = raws[3] as Record<string, unknown>;
  it.each([
    [
      'a repost',
      { ...status, id: '2', uri: 'https://a.example/2', content: '', reblog: status },
      2,
    ],
    ['a notification', { id: '5', type: 'mention', account: status.account, status }, 1],
    [
      'a thread',
      { ancestors: [status], descendants: [{ ...status, uri: 'https://a.example/3' }] },
      2,
    ],
    [
      'a frame of its stream',
      { stream: ['public'], event: 'update', payload: JSON.stringify(status) },
      1,
    ],
    ['a quote', { ...status, uri: 'https://a.example/4', quote: { quoted_status: status } }, 2],
    ['a plan', { id: '9', scheduled_at: '2026-01-01T00:00:00Z', params: { text: 'Later' } }, 0],
  ])('of Mastodon are found in %s', async (_, raw, count) => {
    const found = await read('mastodon', raw);
    expect(found).toHaveLength(count);
    for (const each of found)
      expect(each).toMatchObject({ author: 'trwnh@mastodon.social', tags: ['world'] });
  });

  it.each([true, false])(
    'say so where their network says a program wrote them: %s',
    async (bot) => {
      const account = { ...(status.account as object), bot };
      const message = { id: '1', channel_id: '2', content: 'x', timestamp: status.created_at };
      const author = { id: '3', username: 'a', bot };
      const chat = {
        message_id: 1,
        date: 1,
        chat: { id: 1 },
        text: 'x',
        from: { id: 2, is_bot: bot },
      };
      const found = [
        ...(await read('mastodon', { ...status, account })),
        ...(await read('discord', { ...message, author })),
        ...(await read('telegram', chat)),
      ];
      expect(found).toHaveLength(3);
      for (const { marks } of found) expect(marks).toEqual(bot ? ['automated'] : undefined);
      // Who speaks for a chat has a made-up sender.
      const [spoken] = await read('telegram', { ...chat, sender_chat: { id: 4 } });
      expect(spoken?.marks).toBeUndefined();
    },
  );

  it('of Mastodon are read from its archives too', async () => {
    expect(await read('mastodon', raws[4])).toMatchObject([
      { text: 'From an archive', author: 'trwnh@mastodon.social', counts: { likes: 2 } },
    ]);
  });

  it('of Bluesky are those that were written, not what was deleted or liked', async () => {
    const frame = raws[5] as { commit: object };
    expect(await read('jetstream', frame)).toMatchObject([
      { text: 'Hello Bluesky', language: 'en' },
    ]);
    for (const change of [{ operation: 'delete' }, { collection: 'app.bsky.feed.like' }])
      expect(await read('jetstream', { ...frame, commit: { ...frame.commit, ...change } })).toEqual(
        [],
      );
    expect(await read('jetstream', raws[6])).toMatchObject([
      { author: 'a.example', counts: { likes: 4 } },
    ]);
  });

  it('of Telegram are its messages, in all that holds some', async () => {
    expect(await read('telegram', raws[7])).toMatchObject([
      { id: 'telegram:-1001111111/1365', author: 'news', text: 'A picture', channel: 'News' },
    ]);
    const exported = {
      name: 'News',
      id: 5,
      messages: [
        { id: 1, type: 'service', date: '2024-01-01T00:00:00', text: '' },
        {
          id: 2,
          type: 'message',
          date_unixtime: '1704067200',
          from: 'Ann',
          from_id: 'user7',
          text: ['See ', { type: 'link', text: 'https://example.com' }],
          reactions: [{ count: 3 }],
        },
      ],
    };
    expect(await read('telegram', exported)).toMatchObject([
      { text: 'See https://example.com', author: 'user7', at: 1704067200000, counts: { likes: 3 } },
    ]);
    const kept = {
      _: 'Message',
      id: 3,
      peer_id: { channel_id: 9 },
      date: '2024-01-01 00:00:00+00:00',
      message: 'Hi',
      views: 8,
      forwards: 2,
    };
    expect(await read('telegram', kept)).toMatchObject([
      { text: 'Hi', counts: { views: 8, reposts: 2 } },
    ]);
  });

  it('of Discord are messages with words, and what they answer', async () => {
    const frame = raws[8] as { d: Record<string, unknown> };
    const answer = { ...frame.d, id: '334385199974967043', referenced_message: frame.d };
    const found = await read('discord', { t: 'MESSAGE_CREATE', op: 0, d: answer });
    expect(found.map(({ text }) => text)).toEqual(['Supa Hot @mason', 'Supa Hot @mason']);
    expect(found[0]).toMatchObject({ author: 'mason', counts: { likes: 3 } });
    // Discord's own example of a number and its time.
    const edit = { id: '175928847299117063', channel_id: '1', content: 'Only words' };
    expect(await read('discord', { t: 'MESSAGE_UPDATE', op: 0, d: edit })).toMatchObject([
      { text: 'Only words', at: 1462015105796 },
    ]);
    expect(
      await read('discord', { t: 'MESSAGE_DELETE', op: 0, d: { id: '1', channel_id: '2' } }),
    ).toEqual([]);
  });

  it('of feeds say when, who and how often', async () => {
    const feed = `<rss version="2.0" xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <channel><title>N</title><link>https://n.example/</link><pubDate>03 Apr 02 1500 GMT</pubDate>
      <item><title>A</title><link>/a</link><dc:creator>Ann</dc:creator><slash:comments>4</slash:comments></item></channel></rss>`;
    for (const raw of [feed, { uri: 'https://n.example/rss', response: feed }])
      expect(await read('rss', raw)).toEqual([
        {
          id: 'feeds:n.example//a',
          network: 'feeds',
          text: 'A',
          at: Date.parse('2002-04-03T15:00:00Z'),
          author: 'n.example',
          byline: 'Ann',
          url: 'https://n.example/a',
          channel: 'N',
          tags: [],
          counts: { replies: 4 },
        },
      ]);
    expect(await read('rss', '<html><body>Moved</body></html>')).toEqual([]);
  });
});
