import { at, counted, type Expected, type Json, list, string, visitAll } from './expected.ts';
import { unescaped } from './words.ts';

/** docs.x.com: "Tweet object" and "User object" of v1.1, data dictionary of v2. */
const ofPost = {
  favorite_count: 'likes',
  like_count: 'likes',
  retweet_count: 'reposts',
  repost_count: 'reposts',
  reply_count: 'replies',
  quote_count: 'quotes',
  bookmark_count: 'bookmarks',
  impression_count: 'views',
};
const ofUser = {
  followers_count: 'followers',
  friends_count: 'following',
  following_count: 'following',
  listed_count: 'listed',
  statuses_count: 'posts',
  tweet_count: 'posts',
  favourites_count: 'liked',
  like_count: 'liked',
  media_count: 'media',
  // Parts of the followers.
  fast_followers_count: '',
  normal_followers_count: '',
  verified_followers_count: '',
};

/** Milliseconds that lie above the lowest 22 bits of an id, since 4 November 2010. */
const timeInId = (id: string) => Number((BigInt(id) >> 22n) + 1_288_834_974_657n);

export function expectX(raw: unknown): Expected[] {
  const users = new Map<string, Json>();
  const posts: { object: Json; name: string; around: Json }[] = [];
  visitAll(raw, (object, name, around) => {
    const id = idOf(object);
    if (/^\d+$/.test(id) && wordsOf(object) !== '') {
      if (object.event_type === undefined) posts.push({ object, name, around });
    } else if (object.screen_name !== undefined || object.username !== undefined)
      users.set(id, object);
  });
  const byId = new Map(posts.map(({ object }) => [idOf(object), object]));
  return posts.map(({ object, name, around }): Expected => {
    const id = idOf(object);
    const v1 = 'id_str' in object || 'user' in object;
    const given = at(object, 'user');
    const owner = name === 'status' ? around : given;
    const number = string(owner.id_str) || string(object.author_id) || string(object.user_id_str);
    const user = owner.screen_name !== undefined ? owner : (users.get(number) ?? {});
    const told = string(user.screen_name) || string(user.username) || string(object.username);
    const into = { counts: {} as Record<string, number>, unnamed: [] as string[] };
    for (const name of ['public_metrics', 'organic_metrics', 'non_public_metrics'])
      counted(at(object, name), ofPost, into);
    counted(object, ofPost, into);
    for (const each of [user, at(user, 'public_metrics')]) counted(each, ofUser, into);
    const repeated = list(object.referenced_tweets).find(({ type }) => type === 'retweeted');
    const inner =
      'retweeted_status' in object
        ? at(object, 'retweeted_status')
        : byId.get(string(repeated?.id));
    const whole = inner === undefined ? '' : wordsOf(inner);
    const repost = /^RT @\w+: /.exec(wordsOf(object))?.[0] ?? '';
    const date = string(object.created_at);
    return {
      group: v1
        ? inner
          ? 'v1.1 repost'
          : name === 'quoted_status'
            ? 'v1.1 quoted'
            : 'v1.1'
        : 'v2',
      id: `x:${id}`,
      texts:
        whole === '' ? variants(object) : [`${repost}${unescaped(whole)}`, ...variants(object)],
      exact: true,
      links: linksOf(whole === '' ? object : (inner ?? object)),
      authors: told !== '' ? [told] : number !== '' ? [number] : [],
      times: [date === '' ? timeInId(id) : Date.parse(date)],
      ...into,
    };
  });
}

const idOf = ({ id_str, id }: Json) =>
  string(id_str) || (typeof id === 'number' ? String(id) : string(id));

/** The longest of the places a post's words stand in: `text` is cut where another is there. */
function wordsOf(object: Json): string {
  const places = [
    at(object, 'note_tweet').text,
    at(object, 'note_post').text,
    at(object, 'extended_tweet').full_text,
    object.full_text,
    object.text,
  ];
  return places.map(string).find((each) => each !== '') ?? '';
}

const variants = (object: Json) => [unescaped(wordsOf(object))];

/** Where its short links lead; those of pictures are no words. */
function linksOf(object: Json): string[] {
  const whole = at(object, 'extended_tweet');
  const notes = [at(object, 'note_tweet'), at(object, 'note_post')];
  // Where the words stand elsewhere, the shortened text links to the post itself.
  const places = whole.entities !== undefined ? [whole] : [object, ...notes];
  return places
    .flatMap((each) => list(at(each, 'entities').urls))
    .filter(({ media_key }) => media_key === undefined)
    .map(({ expanded_url }) => string(expanded_url))
    .filter((each) => each !== '');
}
