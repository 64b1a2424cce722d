import twitterText from 'twitter-text';

/** One post as the stand-in holds it. */
export interface Stored {
  id: string;
  author: string;
  /** As it was sent. */
  text: string;
  at: number;
  media: readonly string[];
  poll: boolean;
  parent?: string;
}

export interface File {
  type: string;
  total: number;
  chunks: Buffer[];
  alt?: string;
  /** How often it has been asked whether it is ready; negative once it is. */
  asked: number;
  state: 'open' | 'working' | 'ready' | 'failed';
}

export interface Account {
  id: string;
  username: string;
  name: string;
}

export interface State {
  me: Account;
  others: Account[];
  posts: Stored[];
  files: Map<string, File>;
  rules: { id: string; value: string; tag?: string }[];
  /** Words X keeps an author from saying twice, with when they were said. */
  said: Map<string, number>;
  /** Added to the time. */
  ahead: number;
  now(): number;
  nextId(): string;
}

export function createState(): State {
  let count = 0;
  const state: State = {
    me: { id: '1072250532645998596', username: 'pulse_desk', name: 'The desk' },
    others: [
      { id: '783214', username: 'X', name: 'X' },
      { id: '20', username: 'stranger', name: 'A stranger' },
    ],
    posts: [],
    files: new Map(),
    rules: [],
    said: new Map(),
    ahead: 0,
    now: () => Date.now() + state.ahead,
    // Ids hold the time, as X's do.
    nextId: () => String((BigInt(state.now() - 1_288_834_974_657) << 22n) + BigInt((count += 1))),
  };
  return state;
}

/** A post as X answers it: only the fields asked for, links shortened, the text escaped. */
export function shownPost(post: Stored, fields: readonly string[], state: State) {
  const { text, urls } = shorten(post, state);
  const hashtags = twitterText
    .extractHashtagsWithIndices(text)
    .map(({ hashtag, indices: [start, end] }) => ({ start, end, tag: hashtag }));
  const all: Record<string, unknown> = {
    author_id: post.author,
    created_at: new Date(post.at).toISOString(),
    lang: 'en',
    entities: { ...(urls.length > 0 && { urls }), ...(hashtags.length > 0 && { hashtags }) },
    ...(post.media.length > 0 && {
      attachments: { media_keys: post.media.map((id) => `3_${id}`) },
    }),
    ...(post.parent && { referenced_tweets: [{ type: 'replied_to', id: post.parent }] }),
    public_metrics: {
      retweet_count: 1,
      reply_count: 2,
      like_count: 3,
      quote_count: 0,
      bookmark_count: 4,
      impression_count: 50,
    },
    ...(post.author === state.me.id && {
      non_public_metrics: { impression_count: 51, url_link_clicks: 5, user_profile_clicks: 1 },
    }),
  };
  const chosen = Object.entries(all).filter(([name]) => fields.includes(name));
  return { edit_history_tweet_ids: [post.id], id: post.id, text, ...Object.fromEntries(chosen) };
}

function shorten(post: Stored, state: State) {
  const urls: Record<string, unknown>[] = [];
  let text = '';
  let at = 0;
  const escape = (words: string) =>
    words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const short = (n: number) => `https://t.co/${BigInt(post.id).toString(36).slice(-8)}${String(n)}`;
  for (const { url, indices } of twitterText.extractUrlsWithIndices(post.text)) {
    text += escape(post.text.slice(at, indices[0]));
    const start = text.length;
    text += short(urls.length);
    const whole = /^https?:/i.test(url) ? url : `http://${url}`;
    urls.push({ start, end: text.length, url: short(urls.length), expanded_url: whole });
    at = indices[1];
  }
  text += escape(post.text.slice(at));
  if (post.media.length > 0) {
    const url = short(urls.length);
    const expanded_url = `https://x.com/${state.me.username}/status/${post.id}/photo/1`;
    urls.push({ url, expanded_url, media_key: `3_${post.media[0]!}` });
    text = `${text} ${url}`.trim();
  }
  return { text, urls };
}
