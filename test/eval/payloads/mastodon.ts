import { at, counted, type Expected, type Json, string, visitAll } from './expected.ts';
import { textOfHtml } from './words.ts';

/** docs.joinmastodon.org/entities: Status, StatusEdit, Account, Poll. */
const ofStatus = {
  favourites_count: 'likes',
  reblogs_count: 'reposts',
  replies_count: 'replies',
  quotes_count: 'quotes',
};
const ofAccount = {
  followers_count: 'followers',
  following_count: 'following',
  statuses_count: 'posts',
};

export function expectMastodon(raw: unknown): Expected[] {
  const found: Expected[] = [];
  const versions = new Set<string>();
  visitAll(raw, (object, name) => {
    const { acct } = at(object, 'account');
    const inner = at(object, 'reblog');
    const words = textOf(object) ?? textOf(inner);
    if (typeof acct !== 'string' || typeof object.created_at !== 'string' || words === undefined)
      return;
    // Versions have no number; an answer may hold the same one more than once.
    const version = `${acct} ${object.created_at} ${words}`;
    if (object.id === undefined) {
      if (versions.has(version)) return;
      versions.add(version);
    }
    const into = { counts: {} as Record<string, number>, unnamed: [] as string[] };
    counted(object, ofStatus, into);
    counted(at(object, 'account'), ofAccount, into);
    counted(at(object, 'poll'), { votes_count: 'votes', voters_count: 'voters' }, into);
    const warning = string(object.spoiler_text);
    const home = URL.parse(string(at(object, 'account').url))?.host ?? '';
    found.push({
      group: groupOf(object, inner, name),
      id: object.id === undefined ? '' : `mastodon:${string(object.uri) || string(object.id)}`,
      texts: [`${warning}${words}`],
      exact: true,
      links: linksOf(string(object.content)),
      authors: [acct.includes('@') ? acct : `${acct}@${home}`],
      times: [Date.parse(object.created_at)],
      ...into,
    });
  });
  return found;
}

function groupOf(object: Json, inner: Json, name: string): string {
  if (object.id === undefined) return 'earlier version';
  if (inner.id !== undefined) return 'repost';
  if (typeof object.content !== 'string') return 'source text';
  return name === 'status' ? 'in a notification' : 'status';
}

/** HTML of a status; where there is none the words as typed. */
function textOf({ content, text }: Json): string | undefined {
  if (typeof content === 'string') return textOfHtml(content);
  return typeof text === 'string' && text !== '' ? text : undefined;
}

/** Where its links lead; mentions and hashtags lead within the network. */
const linksOf = (html: string): string[] =>
  Array.from(html.matchAll(/<a\b[^>]*>/g), ([tag]) => tag)
    .filter((tag) => !/class="[^"]*(mention|hashtag)/.test(tag))
    .map((tag) => textOfHtml(/href="([^"]*)"/.exec(tag)?.[1] ?? ''))
    .filter((link) => link.startsWith('http'));
