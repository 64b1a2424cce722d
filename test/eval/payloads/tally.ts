import type { Signal } from '../../../lib/ingest/signal.ts';
import type { Report } from '../kind.ts';
import type { Expected } from './expected.ts';
import { faultsOf } from './verdict.ts';
import { essence } from './words.ts';

/** Faults printed at most; all are counted. */
const printed = 30;

/** Counts, over raw objects, which of their posts are right. */
export function createTally() {
  const groups = new Map<string, { right: number; all: number }>();
  const wrong: string[] = [];
  const counted = { right: 0, all: 0, extra: 0, without: 0, unread: 0, objects: 0 };
  return {
    /** `where` names the object, `expected` are its posts by the judge, `found` those that were read. */
    add(where: string, expected: readonly Expected[], found: readonly Signal[]) {
      counted.objects += 1;
      if (expected.length === 0) counted.without += 1;
      const left = new Set(found);
      // The same post stands in an answer more than once; the first tells.
      const posts = expected.filter(
        ({ id }, index) => id === '' || expected.findIndex((each) => each.id === id) === index,
      );
      for (const post of posts) {
        const signal = matching(post, post.id === '' ? left : found);
        if (signal !== undefined) left.delete(signal);
        const faults = faultsOf(post, signal);
        const group = groups.get(post.group) ?? { right: 0, all: 0 };
        groups.set(post.group, group);
        group.all += 1;
        counted.all += 1;
        if (faults.length === 0) {
          group.right += 1;
          counted.right += 1;
        } else wrong.push(`${where}: ${post.group} ${post.id}: ${faults.join('; ')}`);
      }
      counted.extra += left.size;
      for (const { id, text } of left)
        wrong.push(`${where}: ${id} "${text.slice(0, 60)}" was read where no post stands`);
    },

    unreadable(where: string) {
      counted.unread += 1;
      wrong.push(`${where}: it cannot be parsed`);
    },

    report(): Report {
      const { right, all, extra, without, objects, unread } = counted;
      const shares = Array.from(groups, ([name, { right, all }]) => `${name}: ${right} of ${all}`);
      const more = wrong.length - printed;
      return {
        // What was read where no post stands counts as a post that is not right.
        metrics: { right: all + extra === 0 ? 1 : right / (all + extra), posts: all, extra },
        lines: [
          ...shares,
          `${objects} raw objects, ${without} of them without a post`,
          ...(unread > 0 ? [`${unread} lines that cannot be parsed`] : []),
          ...wrong.slice(0, printed),
          ...(more > 0 ? [`and ${more} more that are not right`] : []),
        ],
      };
    },
  };
}

/** The signal of a post by its id; where the network gives none, the first with its words. */
function matching(post: Expected, found: Iterable<Signal>): Signal | undefined {
  const words = post.texts.map((text) => essence(text, post.exact));
  for (const signal of found)
    if (post.id === '' ? words.includes(essence(signal.text, post.exact)) : signal.id === post.id)
      return signal;
  return undefined;
}
