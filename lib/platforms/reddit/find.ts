import { z } from 'zod';
import { fail } from '../../errors.ts';
import type { Receipt } from '../../store/record.ts';
import type { Outgoing } from '../platform.ts';
import { fullName, kindOf } from './check.ts';
import { toReddit } from './compose.ts';
import { readThings } from './read.ts';
import { addressOf, type Comment, type Post, timeOf } from './read-post.ts';
import type { Session } from './session.ts';

/** Two clocks differ, ms. */
const slack = 60_000;

export interface Search {
  outgoing: Outgoing;
  index: number;
  /** When the first claim was made, ms UTC. */
  since: number;
  sent: readonly Receipt[];
  subreddit: string;
}

/** Full name of what a comment stands below: for comments that follow, the post itself. */
export function parentOf({ outgoing, sent }: Pick<Search, 'outgoing' | 'sent'>): string {
  const above = sent[0]?.id ?? fullName(outgoing.reply ?? '');
  if (above === undefined) throw fail('INTERNAL', { why: 'a comment without a post' });
  return above;
}

/** What the account posted since the claim that is just what was meant; the oldest of these. Throws DELIVERY_BUSY. */
export async function look(session: Session, search: Search): Promise<Receipt | undefined> {
  const kind = kindOf(search.outgoing, search.index);
  const uri = kind === 'comment' ? 'user/me/comments' : 'user/me/submitted';
  const request = { operation: 'read', uri, query: { sort: 'new' } };
  const isIt = kind === 'comment' ? commentWanted(search) : postWanted(search);
  const taken = search.sent.map(({ id }) => id);
  let found: Receipt | undefined;
  try {
    for await (const thing of readThings(session, request, search.since - slack)) {
      if (taken.includes(thing.name) || !isIt(thing)) continue;
      const url = addressOf(thing.name, 'body' in thing ? thing.link_id : undefined);
      found = { part: search.index, id: thing.name, url, at: timeOf(thing) };
    }
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const message = 'its answer about our posts is not as expected';
    throw fail('DELIVERY_BUSY', { platform: 'Reddit', status: 200, message });
  }
  return found;
}

const same = (a: string | null | undefined, b: string) =>
  (a ?? '').replace(/\s+/g, ' ').trim() === b.replace(/\s+/g, ' ').trim();

function postWanted({ outgoing, index, subreddit }: Search): (thing: Post | Comment) => boolean {
  const part = outgoing.parts[index];
  const text = toReddit(part?.text ?? '');
  const link = part?.link?.url;
  return (thing) =>
    'title' in thing &&
    thing.subreddit?.toLowerCase() === subreddit.toLowerCase() &&
    same(thing.title, outgoing.title ?? '') &&
    (link === undefined || same(thing.url, link)) &&
    same(thing.selftext, text);
}

function commentWanted(search: Search): (thing: Post | Comment) => boolean {
  const text = toReddit(search.outgoing.parts[search.index]?.text ?? '');
  const parent = parentOf(search);
  return (thing) => 'body' in thing && thing.parent_id === parent && same(thing.body, text);
}
