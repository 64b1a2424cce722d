import { readFile } from 'node:fs/promises';
import type { Signal } from '../../lib/ingest/signal.ts';
import { createCounter } from '../../lib/trend/counter.ts';
import { defaultOptions } from '../../lib/trend/options.ts';
import type { Kind } from './kind.ts';
import { createWindow, plainMethods, ranked } from './plain.ts';
import { countTerms, createTermReader, readPosts } from './posts.ts';

const day = 24 * 3_600_000;
/** Days of the past that plain methods know. */
const known = 14;
/** Ranks looked at. A hit beyond has a share of the reciprocal rank that no digit shows. */
const deepest = 10_000;

interface Event {
  date: string;
  any_of: readonly string[];
}

/** Lists of one method, by number of the day since 1970. */
type Lists = Map<number, readonly string[]>;

/** A trend term as the events write it. */
const written = (term: string) => term.replaceAll(' ', '_');

/** Every method's ranking of every day from `start` on, ours first, from nothing after the day's end. */
function rankDays(posts: readonly Signal[], start: number): Map<string, Lists> {
  const counter = createCounter(defaultOptions);
  const termsOf = createTermReader();
  const window = createWindow(known);
  const methods = new Map<string, Lists>([['ours', new Map()]]);
  for (const { name } of plainMethods) methods.set(name, new Map());
  for (const [number, group] of Map.groupBy(posts, ({ at }) => Math.floor(at / day))) {
    for (const signal of group) counter.add(signal);
    const counts = countTerms(group.map(termsOf));
    if (number >= start) {
      const found = counter.standouts({ scales: ['day'], whole: true });
      methods.get('ours')?.set(
        number,
        found.slice(0, deepest).map(({ term }) => written(term)),
      );
      const told = [...counts]
        .filter(([, count]) => count > 1)
        .map(([term, count]) => [written(term), window.of(term, count, group.length)] as const);
      for (const { name, score } of plainMethods) {
        const list = ranked(told.map(([term, counted]) => [term, score(counted)] as const));
        methods.get(name)?.set(number, list.slice(0, deepest));
      }
    }
    window.push(counts, group.length);
  }
  return methods;
}

/** Best rank of any of an event's terms on its day or the next, 1-based; Infinity for none. */
function rankOf({ date, any_of }: Event, lists: Lists): number {
  const number = Date.parse(`${date}T00:00:00Z`) / day;
  const ranks = [number, number + 1].flatMap((each) =>
    (lists.get(each) ?? []).flatMap((term, index) => (any_of.includes(term) ? [index + 1] : [])),
  );
  return Math.min(Infinity, ...ranks);
}

function measure(events: readonly Event[], lists: Lists) {
  const ranks = events.map((event) => rankOf(event, lists));
  const share = (most: number) => ranks.filter((rank) => rank <= most).length / ranks.length;
  const mrr = ranks.reduce((sum, rank) => sum + 1 / rank, 0) / ranks.length;
  return { 'recall@5': share(5), 'recall@10': share(10), mrr };
}

export const kind: Kind = {
  what: 'ranks the terms of each UTC day and looks for known events among them',
  needs: ['posts', 'events', 'start'],
  async evaluate({ posts = '', events: path = '', start = '' }) {
    const events = JSON.parse(await readFile(path, 'utf8')) as Event[];
    const methods = rankDays(await readPosts(posts), Date.parse(`${start}T00:00:00Z`) / day);
    const measured = [...methods].map(([name, lists]) => ({ name, ...measure(events, lists) }));
    const [ours] = measured;
    const lists = methods.get('ours') ?? new Map<number, readonly string[]>();
    return {
      lines: [
        ...events.map((event) => {
          const number = Date.parse(`${event.date}T00:00:00Z`) / day;
          const first = (lists.get(number) ?? []).slice(0, 5).join(' ');
          return `${event.date} ${event.any_of.join('|')}: rank ${rankOf(event, lists)} (${first})`;
        }),
        ...measured.map(
          (row) =>
            `${row.name}: recall@5 ${row['recall@5'].toFixed(3)}, recall@10 ${row['recall@10'].toFixed(3)}, MRR ${row.mrr.toFixed(3)}`,
        ),
      ],
      metrics: {
        'recall@5': ours?.['recall@5'] ?? 0,
        'recall@10': ours?.['recall@10'] ?? 0,
        mrr: ours?.mrr ?? 0,
      },
    };
  },
};
