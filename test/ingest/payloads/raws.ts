/** One raw object of each shape, small, as its network describes it. */
export const raws: readonly unknown[] = [
  {
    id: 1050118621198921700,
    id_str: '1050118621198921728',
    created_at: 'Wed Oct 10 20:19:24 +0000 2018',
    text: 'To make room for more expression, we will now count all emojis as equal…',
    truncated: true,
    extended_tweet: {
      full_text:
        'To make room for more, we count all emojis &amp; more https://t.co/MkGjXf9aXm #Emoji',
      entities: {
        hashtags: [{ text: 'Emoji' }],
        urls: [{ url: 'https://t.co/MkGjXf9aXm', expanded_url: 'https://example.com/emoji' }],
      },
    },
    user: { id_str: '6253282', screen_name: 'XAPI', followers_count: 6172353, friends_count: 12 },
    retweet_count: 1,
    favorite_count: 2,
    lang: 'en',
  },
  {
    data: [
      {
        id: '1346889436626259968',
        text: 'Learn how to use the user Tweet timeline',
        author_id: '2244994945',
        created_at: '2021-01-06T18:40:40.000Z',
        attachments: { poll_ids: ['1'] },
        edit_history_tweet_ids: ['1346889436626259968'],
        public_metrics: {
          like_count: 38,
          retweet_count: 11,
          bookmark_count: 4,
          impression_count: 9,
        },
      },
    ],
    includes: {
      users: [
        { id: '2244994945', username: 'XDevelopers', public_metrics: { followers_count: 5 } },
      ],
      polls: [{ id: '1', options: [{ position: 1, label: 'a', votes: 2 }, { votes: 3 }] }],
    },
  },
  {
    kind: 'Listing',
    data: {
      children: [
        {
          kind: 't3',
          data: {
            name: 't3_15bfi0',
            title: 'Caf\u0065\u0301 &amp; cake',
            selftext: '**Bold** [words](https://example.com "title") and [a wiki](/wiki)',
            author: 'spez',
            subreddit: 'food',
            created_utc: 1356049451.0,
            ups: -3,
            num_comments: 5,
            is_self: true,
          },
        },
        { kind: 'more', data: { count: 1, children: ['a'] } },
      ],
    },
  },
  {
    id: '103254962155278888',
    created_at: '2019-12-05T11:34:47.196Z',
    uri: 'https://mastodon.social/users/trwnh/statuses/103254962155278888',
    content:
      '<p>hello <a href="https://mastodon.social/tags/World" class="mention hashtag">#World</a></p>',
    account: { id: '1', acct: 'trwnh', url: 'https://mastodon.social/@trwnh', followers_count: 7 },
    reblogs_count: 1,
    favourites_count: 3,
    replies_count: 0,
    tags: [{ name: 'World' }],
  },
  {
    type: 'Create',
    actor: 'https://mastodon.social/users/trwnh',
    published: '2019-12-05T11:34:47Z',
    object: {
      id: 'https://mastodon.social/users/trwnh/statuses/1',
      type: 'Note',
      content: '<p>From an archive</p>',
      published: '2019-12-05T11:34:47Z',
      attributedTo: 'https://mastodon.social/users/trwnh',
      likes: { totalItems: 2 },
    },
  },
  {
    did: 'did:plc:eygmaihciaxprqvxpfvl6flk',
    time_us: 1725911162329308,
    kind: 'commit',
    commit: {
      operation: 'create',
      collection: 'app.bsky.feed.post',
      rkey: '3l3qo2vutsw2b',
      record: { text: 'Hello Bluesky', createdAt: '2024-09-09T19:46:02.102Z', langs: ['en'] },
    },
  },
  {
    uri: 'at://did:plc:eygmaihciaxprqvxpfvl6flk/app.bsky.feed.post/3l3qo2vuowo2b',
    author: { did: 'did:plc:eygmaihciaxprqvxpfvl6flk', handle: 'a.example' },
    record: { text: 'Seen in the app', createdAt: '2024-09-09T19:46:02.102Z' },
    indexedAt: '2024-09-09T19:46:03.000Z',
    likeCount: 4,
  },
  {
    update_id: 10000,
    edited_channel_post: {
      message_id: 1365,
      date: 1441645532,
      chat: { id: -1001111111, type: 'channel', title: 'News', username: 'news' },
      caption: 'A picture',
      sender_chat: { id: -1001111111, username: 'news' },
    },
  },
  {
    t: 'MESSAGE_CREATE',
    op: 0,
    d: {
      id: '334385199974967042',
      channel_id: '290926798999357250',
      guild_id: '290926798626357999',
      author: { id: '53908099506183680', username: 'mason' },
      content: 'Supa **Hot** <@53908099506183680>',
      mentions: [{ id: '53908099506183680', username: 'mason' }],
      timestamp: '2017-07-11T17:27:07.299000+00:00',
      reactions: [{ count: 1, emoji: { name: 'a' } }, { count: 2 }],
    },
  },
];
