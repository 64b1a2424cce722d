import { recorded, stamp } from '../graph.ts';

export const page = '1234567890';

export interface Thing {
  kind: 'post' | 'photo' | 'comment' | 'video';
  id: string;
  message: string;
  alt: string[];
  published: boolean;
  /** Seconds. */
  scheduled?: number | undefined;
  at: number;
  parent?: string;
  by: string;
  link?: string | undefined;
  /** Of a video: how much is there and how much it is to be. */
  bytes?: number;
  size?: number;
  finished?: boolean;
}

/** What stands at the network. */
export function createThings() {
  const things = new Map<string, Thing>();
  let last = 100;
  const next = () => String((last += 1));
  const put = (thing: Omit<Thing, 'at' | 'by'> & Partial<Thing>): Thing => {
    const whole = { at: Date.now(), by: page, ...thing };
    things.set(whole.id, whole);
    return whole;
  };
  const [example] = (recorded('facebook/facebook__posts__feed_fields_p1.json') as Feed).data;
  const shown = (thing: Thing) => {
    const below = [...things.values()].filter((each) => each.parent === thing.id);
    const comments = below.map((each) => ({
      ...base(each),
      permalink_url: `https://www.facebook.com/${each.id}`,
    }));
    return {
      ...base(thing),
      permalink_url: `https://www.facebook.com/${page}/posts/${thing.id}`,
      is_published: thing.published,
      scheduled_publish_time: thing.scheduled,
      reactions: { data: [], summary: { total_count: 3 } },
      comments: { data: comments, summary: { total_count: below.length } },
      ...(thing.kind === 'post' && { shares: { count: 2 } }),
      ...(thing.kind === 'comment' && { like_count: 1, comment_count: 0 }),
      ...(thing.kind === 'video' && {
        published: thing.published,
        status: { video_status: thing.finished ? 'ready' : 'uploading' },
      }),
    };
  };
  const base = ({ id, message, at, by }: Thing) => ({
    ...example,
    id,
    message: message === '' ? undefined : message,
    created_time: stamp(at),
    from: { id: by, name: by === page ? 'The Page' : 'A person' },
  });
  const newest = (keep: (thing: Thing) => boolean) =>
    [...things.values()]
      .filter(keep)
      .toSorted((a, b) => b.at - a.at)
      .map(shown);
  return { things, next, put, shown, newest };
}

interface Feed {
  data: object[];
}
