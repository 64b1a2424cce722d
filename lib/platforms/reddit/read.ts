import { z } from 'zod';
import { fail } from '../../errors.ts';
import type { Signal } from '../../ingest/signal.ts';
import type { Receipt } from '../../store/record.ts';
import type { Connection } from '../platform.ts';
import type { Numbers, Topic } from '../reading.ts';
import { type Comment, parseListing, type Post, signalOfThing, timeOf } from './read-post.ts';
import type { Session } from './session.ts';

/** Pages of 100 read at most in one go; Reddit ends a listing after ten. */
const mostPages = 5;

const subreddits = z.object({
  data: z.object({
    children: z.array(
      z.object({
        data: z.object({ display_name: z.string(), active_user_count: z.number().nullish() }),
      }),
    ),
  }),
});

/** Pages of a listing, newest first, no further than `since`. Throws as `Session.ask`, and ZodError. */
export async function* readThings(
  session: Session,
  request: { operation: string; uri: string; query?: Record<string, string | number> },
  since: number,
): AsyncGenerator<Post | Comment> {
  const { operation, uri } = request;
  let after: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const query = { ...request.query, limit: 100, ...(after !== undefined && { after }) };
    const { things, next } = parseListing(
      await session.ask({ operation, method: 'GET', uri, query }),
    );
    for (const thing of things) {
      if (timeOf(thing) < since) return;
      yield thing;
    }
    if (next === undefined) return;
    after = next;
  }
}

/** What can be read with an account on Reddit. */
export function createReaders(session: Session): Connection {
  const read = (
    source: string,
    uri: string,
    since: number,
    query: Record<string, string | number> = {},
  ) => readable(source, () => readThings(session, { operation: 'read', uri, query }, since));

  const metrics = async (receipts: readonly Receipt[]): Promise<readonly Numbers[]> => {
    const numbers: Numbers[] = [];
    for (let at = 0; at < receipts.length; at += 100) {
      const id = receipts
        .slice(at, at + 100)
        .map((each) => each.id)
        .join(',');
      const request = { operation: 'read', method: 'GET', uri: 'api/info', query: { id } } as const;
      numbers.push(...parseListing(await session.ask(request)).things.map(numbersOf));
    }
    return numbers;
  };

  const trends = async (): Promise<readonly Topic[]> => {
    const uri = 'subreddits/popular';
    const query = { limit: 50 };
    const answer = await session.ask({ operation: 'read', method: 'GET', uri, query });
    return subreddits.parse(answer).data.children.map(({ data: { display_name } }) => ({
      name: `r/${display_name}`,
      url: `https://www.reddit.com/r/${display_name}/`,
    }));
  };

  return {
    own: (since) => read('What this account posted on Reddit', 'user/me/submitted', since, newest),
    mentions: (since) => read("The account's inbox on Reddit", 'message/inbox', since),
    search: (q, since) =>
      read(`Reddit's search for "${q}"`, 'search', since, { q, ...newest, type: 'link' }),
    timeline(author, since) {
      const [, kind, name = ''] = /^\/?(?:(r|u|user)\/)?([\w-]+)\/?$/.exec(author) ?? [];
      if (kind === 'r') return read(`The subreddit r/${name}`, `r/${name}/new`, since);
      return read(`The Reddit account ${author}`, `user/${name}/submitted`, since, newest);
    },
    metrics,
    trends,
  };
}

const newest = { sort: 'new' } as const;

function numbersOf(thing: Post | Comment): Numbers {
  const likes = thing.ups ?? thing.score;
  const replies = 'title' in thing ? thing.num_comments : undefined;
  const views = 'title' in thing ? thing.view_count : undefined;
  return {
    id: thing.name,
    counts: {
      ...(typeof likes === 'number' && { likes }),
      ...(typeof replies === 'number' && { replies }),
      ...(typeof views === 'number' && { views }),
    },
  };
}

/** What a reader gives; whatever goes wrong is SOURCE_FAILED with its reason. */
async function* readable(
  source: string,
  open: () => AsyncIterable<Post | Comment>,
): AsyncGenerator<Signal> {
  try {
    for await (const thing of open()) yield signalOfThing(thing);
  } catch (error) {
    const said = error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
    const why = error instanceof z.ZodError ? 'it answered in a shape we do not know' : said;
    throw fail('SOURCE_FAILED', { source, why }, error);
  }
}
