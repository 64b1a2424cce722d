import { counted, type Expected, type Json, string, visitAll } from './expected.ts';
import { textOfHtml, unescaped, withoutLinks } from './words.ts';

/** reddit.com/dev/api and the archived wiki "JSON": types t1 and t3. */
const table = {
  score: 'score',
  downs: 'dislikes',
  gilded: 'gilded',
  total_awards_received: 'awards',
  num_crossposts: 'crossposts',
  num_duplicates: 'duplicates',
  num_reports: 'reports',
  view_count: 'views',
  subreddit_subscribers: 'members',
};

const gone = ['[deleted]', '[removed]'];

export function expectReddit(raw: unknown): Expected[] {
  const found: Expected[] = [];
  visitAll(raw, (object, _name, around) => {
    const name = string(object.name);
    const kind = string(around.kind) || name.slice(0, 2);
    const flat = 'subreddit' in object && 'created_utc' in object && around.kind === undefined;
    const isPost = typeof object.title === 'string' && (kind === 't3' || flat);
    const isComment = typeof object.body === 'string' && (kind === 't1' || flat);
    const isUpdate = kind === 'LiveUpdate';
    if (!isPost && !isComment && !isUpdate) return;
    const into = { counts: {} as Record<string, number>, unnamed: [] as string[] };
    counted(object, { ...table, ups: '', num_comments: isPost ? 'replies' : 'thread' }, into);
    const ups = object.ups ?? object.score;
    // A score below nothing is no number of likes.
    if (typeof ups === 'number') into.counts.likes = Math.max(0, ups);
    const author = string(object.author);
    found.push({
      group: isPost ? 't3' : isComment ? 't1' : kind,
      id: `reddit:${name || `${isPost ? 't3' : 't1'}_${String(object.id)}`}`,
      texts: textsOf(object, isPost),
      exact: false,
      links: linksOf(object, isPost),
      authors: author === '' || gone.includes(author) ? [] : [author],
      times: [Number(object.created_utc ?? object.created) * 1000],
      ...into,
    });
  });
  return found;
}

/** As written, and as Reddit shows it: it numbers lists and draws tables itself. */
function textsOf(object: Json, isPost: boolean): string[] {
  const title = isPost ? unescaped(string(object.title)) : '';
  const written = string(isPost ? object.selftext : object.body);
  if (gone.includes(written.trim())) return [title];
  const html = string(isPost ? object.selftext_html : object.body_html);
  const shown = textOfHtml(html.startsWith('&lt;') ? textOfHtml(html) : html);
  return [
    `${title} ${withoutLinks(unescaped(written))}`,
    `${title} ${shown}`,
    `${title} ${unescaped(withoutLinks(written))}`,
  ];
}

const linksOf = (object: Json, isPost: boolean): string[] => {
  const link = string(object.url);
  return isPost && object.is_self === false && /^https?:/.test(link) ? [link] : [];
};
