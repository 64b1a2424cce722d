import { recorded, stamp } from '../graph.ts';

export const user = '17841400000000001';
export const day = 86_400_000;

/** What stands at the network: containers that nobody sees, posts and comments that everybody does. */
export interface Thing {
  kind: 'container' | 'media' | 'comment';
  id: string;
  text: string;
  alt: string[];
  at: number;
  parent?: string;
  by: string;
  /** Of a container. */
  status?: 'IN_PROGRESS' | 'FINISHED' | 'ERROR' | 'PUBLISHED';
  why?: string;
  isChild?: boolean;
}

/** What stands at the network, whose clock can be moved. */
export function createThings() {
  const things = new Map<string, Thing>();
  let last = 17_900_000_000_000_000n;
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const put = (thing: Omit<Thing, 'at' | 'by' | 'id'> & Partial<Thing>): Thing => {
    const whole = { at: now(), by: 'desk', id: String((last += 1n)), ...thing };
    things.set(whole.id, whole);
    return whole;
  };
  const [example] = (recorded('instagram/instagram__users__medias_p1.json') as List).data;
  const [remark] = (recorded('instagram/instagram__medias__comments_p1.json') as List).data;
  const said = ({ id, text, at, by }: Thing) => ({
    ...remark,
    id,
    text,
    timestamp: stamp(at),
    username: by,
    like_count: 1,
  });
  const shown = (thing: Thing) => {
    const below = [...things.values()].filter(({ parent }) => parent === thing.id).map(said);
    if (thing.kind === 'comment') return said(thing);
    return {
      ...example,
      id: thing.id,
      caption: thing.text === '' ? undefined : thing.text,
      timestamp: stamp(thing.at),
      permalink: `https://www.instagram.com/p/${thing.id}/`,
      username: thing.by,
      comments_count: below.length,
      comments: { data: below },
    };
  };
  const newest = (keep: (thing: Thing) => boolean) =>
    [...things.values()]
      .filter(keep)
      .toSorted((a, b) => b.at - a.at)
      .map(shown);
  const pass = (ms: number) => void (ahead += ms);
  return { things, now, put, shown, newest, pass };
}

export interface List {
  data: object[];
}
