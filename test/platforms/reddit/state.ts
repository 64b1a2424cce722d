import { answerTo } from './fixture.ts';

/** A post or comment as the stand-in holds it. */
export interface Thing {
  /** `t3_` or `t1_` and the id. */
  name: string;
  title?: string;
  /** Raw Markdown. */
  text: string;
  url?: string;
  kind: string;
  subreddit: string;
  /** ms UTC. */
  at: number;
  /** Not listed before; images take a while. */
  shownFrom: number;
  parent?: string;
  link?: string;
  files: number;
  author: string;
}

export interface State {
  things: Thing[];
  /** Keys of files in the storage. */
  files: Set<string>;
  /** What the next submission is refused with, as a body with HTTP 200. */
  refuse: unknown[];
  /** How long images take to be shown, ms. */
  lag: number;
  now(): number;
  nextId(): string;
}

export const me = 'PyAPITestUser2';

export function createState(): State {
  let count = 0;
  return {
    things: [],
    files: new Set(),
    refuse: [],
    lag: 0,
    now: () => Date.now(),
    nextId: () => (0x4bbe4b00 + (count += 1)).toString(36),
  };
}

interface Child {
  kind: string;
  data: Record<string, unknown>;
}

interface Listing {
  kind: string;
  data: { children: Child[]; after: string | null };
}

/** A post or comment as Reddit answers it: a recorded one with what differs replaced. */
export function shown(thing: Thing): Child {
  const shared = {
    name: thing.name,
    id: thing.name.slice(3),
    author: thing.author,
    subreddit: thing.subreddit,
    created_utc: Math.floor(thing.at / 1000),
    score: 1,
    ups: 1,
  };
  if (thing.name.startsWith('t1_')) {
    const recorded = answerTo<{ json: { data: { things: Child[] } } }>(
      'submission_reply',
      'comment',
    );
    const [child] = recorded.json.data.things;
    const data = { body: thing.text, link_id: thing.link, parent_id: thing.parent };
    return { kind: 't1', data: { ...child!.data, ...shared, ...data } };
  }
  const [child] = answerTo<Listing>('listing_new', '/new').data.children;
  const permalink = `/r/${thing.subreddit}/comments/${thing.name.slice(3)}/a_title/`;
  const own = { title: thing.title, selftext: thing.text, permalink, num_comments: 0 };
  const url = thing.url ?? `https://www.reddit.com${permalink}`;
  return {
    kind: 't3',
    data: { ...child!.data, ...shared, ...own, url, is_self: thing.kind === 'self' },
  };
}

/** A page of a listing, newest first. */
export function listing(things: readonly Thing[], query: (name: string) => string | undefined) {
  const recorded = answerTo<Listing>('listing_new', '/new');
  const sorted = things.toReversed();
  const after = sorted.findIndex(({ name }) => name === query('after')) + 1;
  const limit = Number(query('limit') ?? 25);
  const page = sorted.slice(after, after + limit);
  const more = after + limit < sorted.length ? page.at(-1)!.name : null;
  return { ...recorded, data: { ...recorded.data, children: page.map(shown), after: more } };
}
