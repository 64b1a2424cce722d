import fc from 'fast-check';
import type { Signal } from '../../lib/ingest/signal.ts';

export const hour = 3_600_000;
export const start = Date.parse('2026-11-20T00:00:00Z');

export function signal(id: number | string, text: string, at: number, author?: string): Signal {
  const tags = Array.from(text.matchAll(/#(\w+)/g), ([, tag = '']) => tag.toLowerCase());
  return {
    id: String(id).startsWith('test:') ? String(id) : `test:${id}`,
    network: 'test',
    text,
    at,
    tags,
    ...(author === undefined ? {} : { author }),
  };
}

const words = ['harbour', 'lantern', 'kettle', 'otter', 'maple', 'comet', 'bramble', 'finch'];

/** Posts of a few words each over two days, in the order of time; some have authors, some hashtags. */
export const signals = fc
  .array(
    fc.record({
      words: fc.array(fc.constantFrom(...words, '#Flood', 'the', 'rain, and'), { maxLength: 6 }),
      at: fc.integer({ min: 0, max: 2 * 24 * hour - 1 }),
      author: fc.option(fc.constantFrom('ann', 'bob', 'cy'), { nil: undefined }),
    }),
    { maxLength: 80 },
  )
  .map((posts) =>
    posts
      .sort((a, b) => a.at - b.at)
      .map((post, n) => signal(n, post.words.join(' '), start + post.at, post.author)),
  );

/** An hour's everyday posts: nothing in them is more usual than anything else. */
export function everyday(at: number, count = 60): Signal[] {
  return Array.from({ length: count }, (_, n) => {
    const [one, other] = [words[n % words.length], words[(n * 3 + 1) % words.length]];
    const time = at + Math.floor((n * hour) / count);
    return signal(`${at}-${n}`, `${one} ${n} with a ${other} in ${at % 977}`, time, `author${n}`);
  });
}

/** The same post by nobody known. */
export const nameless = ({ id, text, at }: Signal): Signal => signal(id, text, at);
