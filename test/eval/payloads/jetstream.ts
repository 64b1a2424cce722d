import { at, counted, type Expected, list, string, visitAll } from './expected.ts';

const day = 86_400_000;
const table = {
  likeCount: 'likes',
  repostCount: 'reposts',
  replyCount: 'replies',
  quoteCount: 'quotes',
  bookmarkCount: 'bookmarks',
};

/** Jetstream's README ("Consumer events"), lexicons app.bsky.feed.post and app.bsky.feed.defs. */
export function expectJetstream(raw: unknown): Expected[] {
  const found: Expected[] = [];
  visitAll(raw, (object) => {
    const commit = at(object, 'commit');
    const created = commit.operation === 'create' && commit.collection === 'app.bsky.feed.post';
    const shown = /^at:\/\/[^/]+\/app\.bsky\.feed\.post\//.test(string(object.uri));
    const held = 'record' in object ? 'record' : 'value';
    const record = created ? at(commit, 'record') : shown ? at(object, held) : {};
    if (typeof record.text !== 'string') return;
    const seen = created ? Number(object.time_us) / 1000 : Date.parse(string(object.indexedAt));
    const said = Date.parse(string(record.createdAt));
    // A client may claim any time; one that the network contradicts is not believed.
    const believed = said <= seen + 1000 && seen - said <= day;
    const author = at(object, 'author');
    const owner = /^at:\/\/([^/]+)/.exec(string(object.uri))?.[1] ?? '';
    const did = string(author.did) || string(object.did) || owner;
    const into = { counts: {} as Record<string, number>, unnamed: [] as string[] };
    counted(object, table, into);
    const uri = created ? `at://${did}/app.bsky.feed.post/${string(commit.rkey)}` : object.uri;
    found.push({
      group: created ? 'create post' : 'post view',
      id: `bluesky:${String(uri)}`,
      texts: [record.text],
      exact: true,
      links: list(record.facets)
        .flatMap(({ features }) => list(features))
        .flatMap((each) => (string(each.uri).startsWith('http') ? [string(each.uri)] : [])),
      authors: [string(author.handle) || did],
      times: [believed || Number.isNaN(seen) ? said : seen],
      ...into,
    });
  });
  return found;
}
