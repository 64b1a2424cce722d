import { recorded, stamp } from '../graph.ts';

export const user = '17841400000000009';
export const day = 86_400_000;

export interface Thing {
  kind: 'container' | 'post';
  id: string;
  text: string;
  alt: string[];
  at: number;
  by: string;
  parent?: string;
  poll?: string;
  link?: string;
  status?: 'IN_PROGRESS' | 'FINISHED' | 'ERROR' | 'PUBLISHED';
  why?: string;
  isChild?: boolean;
}

/** What stands at the network, whose clock can be moved. */
export function createThings() {
  const things = new Map<string, Thing>();
  let last = 18_000_000_000_000_000n;
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const put = (thing: Omit<Thing, 'at' | 'by' | 'id'> & Partial<Thing>): Thing => {
    const whole = { at: now(), by: 'desk', id: String((last += 1n)), ...thing };
    things.set(whole.id, whole);
    return whole;
  };
  const example = recorded('threads/get_threads_post_details.json') ?? {};
  const shown = (thing: Thing) => ({
    ...example,
    poll_attachment: undefined,
    id: thing.id,
    text: thing.text === '' ? undefined : thing.text,
    timestamp: stamp(thing.at),
    permalink: `https://www.threads.net/@${thing.by}/post/C${thing.id}`,
    username: thing.by,
    has_replies: [...things.values()].some(({ parent }) => parent === thing.id),
    replied_to: thing.parent === undefined ? undefined : { id: thing.parent },
  });
  const newest = (keep: (thing: Thing) => boolean) =>
    [...things.values()]
      .filter((thing) => thing.kind === 'post' && keep(thing))
      .toSorted((a, b) => b.at - a.at || Number(b.id) - Number(a.id))
      .map(shown);
  const pass = (ms: number) => void (ahead += ms);
  return { things, now, put, shown, newest, pass };
}
