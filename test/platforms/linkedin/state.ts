/** A post or a comment as LinkedIn keeps it. */
export interface Thing {
  urn: string;
  author: string;
  /** Little text of a post, plain text of a comment. */
  text: string;
  question?: string;
  alt: string[];
  at: number;
  /** URN of what a comment is below. */
  below?: string;
  /** Number of a comment. */
  id?: string;
  content?: unknown;
}

export const person = 'urn:li:person:aBc-12_x';
export const organization = 'urn:li:organization:5583111';

/** Everything that was said, and how ids are made: 41 bits of time, then a number. */
export function createState() {
  const things = new Map<string, Thing>();
  const files = new Map<string, { urn: string; parts: (number | undefined)[]; ready: boolean }>();
  let counter = 0;
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const number = (at = now()) => {
    counter += 1;
    return String((BigInt(at) << 22n) | BigInt(counter));
  };
  return {
    things,
    files,
    now,
    number,
    /** Whether a member may list own posts, which hardly anybody may. */
    readable: false,
    /** Bytes of a part of a video. */
    piece: 4_194_304,
    /** How often a video is still being processed when asked for. */
    processing: 1,
    pass: (ms: number) => void (ahead += ms),
    put(thing: Omit<Thing, 'at'> & { at?: number }): Thing {
      const whole = { at: now(), ...thing };
      things.set(whole.urn, whole);
      return whole;
    },
  };
}
export type State = ReturnType<typeof createState>;
