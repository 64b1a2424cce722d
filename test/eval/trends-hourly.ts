import { readLines } from '../../lib/ingest/archive.ts';
import { signalOf } from '../../lib/ingest/post.ts';
import type { Signal } from '../../lib/ingest/signal.ts';
import { createCounter } from '../../lib/trend/counter.ts';
import { defaultOptions } from '../../lib/trend/options.ts';
import { Kind as TermKind } from '../../lib/trend/terms/terms.ts';
import type { Kind } from './kind.ts';
import { createWindow, plainMethods, ranked } from './plain.ts';
import { countTerms, createTermReader } from './posts.ts';

const hour = 3_600_000;
/** Hours of the past that plain methods know; alerts an hour at most. */
const [known, most] = [168, 10];

/** A post with what people said of it, which no method is shown. */
interface Labelled {
  signal: Signal;
  onTopic: boolean;
  tags: ReadonlySet<string>;
}

/** The posts of one event, by hour, with the terms each holds. */
interface Stream {
  name: string;
  hours: { number: number; posts: readonly Labelled[]; terms: readonly ReadonlySet<string>[] }[];
}

/** Terms a method speaks of, hour by hour. */
type Alerts = readonly (readonly string[])[];
type Method = (stream: Stream) => Alerts;

async function readStreams(path: string): Promise<Stream[]> {
  const events = new Map<string, Labelled[]>();
  for await (const { lines } of readLines(path))
    for (const line of lines) {
      if (!line?.trim()) continue;
      const { ev, lab, ...post } = JSON.parse(line) as { ev: string; lab: string };
      const signal = signalOf(post);
      if (typeof signal === 'string') continue;
      const { h } = post as { h?: readonly string[] };
      const tags = new Set((h ?? signal.tags).map((tag) => `#${tag.toLowerCase()}`));
      const labelled = { signal, onTopic: lab === 'on-topic', tags };
      events.set(ev, [...(events.get(ev) ?? []), labelled]);
    }
  const termsOf = createTermReader();
  return [...events].map(([name, posts]) => ({
    name,
    hours: [
      ...Map.groupBy(
        posts.toSorted((a, b) => a.signal.at - b.signal.at),
        ({ signal }) => Math.floor(signal.at / hour),
      ),
    ].map(([number, posts]) => ({
      number,
      posts,
      terms: posts.map(({ signal }) => termsOf(signal)),
    })),
  }));
}

/** What the product would say at the end of each hour. */
const ours: Method = ({ hours }) => {
  const counter = createCounter(defaultOptions);
  const kinds: readonly number[] = [TermKind.word, TermKind.phrase, TermKind.hashtag];
  return hours.map(({ number, posts }) => {
    for (const { signal } of posts) counter.add(signal);
    counter.advance(number * hour);
    return counter
      .standouts({ scales: ['hour'] })
      .filter(({ kind, score }) => kinds.includes(kind) && score >= defaultOptions.threshold)
      .slice(0, most)
      .map(({ term }) => term);
  });
};

const plain = (score: (typeof plainMethods)[number]['score'], cut: number): Method => {
  return ({ hours }) => {
    const window = createWindow(known);
    let last: number | undefined;
    return hours.map(({ number, terms }) => {
      // Hours without a post are hours too.
      for (let gap = (last ?? number) + 1; gap < number; gap++) window.push(new Map(), 0);
      last = number;
      const counts = countTerms(terms);
      const scores = [...counts].map(
        ([term, count]) => [term, score(window.of(term, count, terms.length))] as const,
      );
      window.push(counts, terms.length);
      return ranked(scores, cut).slice(0, most);
    });
  };
};

interface Measured {
  precision: number;
  recall: number;
  f1: number;
  latency_hours: number;
  alerts: number;
  missed: number;
}

function measure(streams: readonly Stream[], method: Method): Measured {
  let [alerts, precise, gold, found, latency] = [0, 0, 0, 0, 0];
  for (const stream of streams) {
    const first = new Map<string, number>();
    method(stream).forEach((terms, index) => {
      const at = stream.hours[index];
      for (const term of terms) {
        const holding = (at?.posts ?? []).filter((_, post) => at?.terms[post]?.has(term));
        alerts += 1;
        if (holding.filter(({ onTopic }) => onTopic).length * 2 >= holding.length) precise += 1;
        if (!first.has(term)) first.set(term, ((at?.number ?? 0) + 1) * hour);
      }
    });
    for (const [tag, since] of goldOf(stream)) {
      gold += 1;
      const seen = first.get(tag);
      if (seen === undefined) continue;
      found += 1;
      latency += (seen - since) / hour;
    }
  }
  const [precision, recall] = [precise / Math.max(1, alerts), found / Math.max(1, gold)];
  const f1 = (2 * precision * recall) / Math.max(Number.MIN_VALUE, precision + recall);
  const missed = gold - found;
  return { precision, recall, f1, latency_hours: latency / Math.max(1, found), alerts, missed };
}

/** Tags that at least 10 posts hold, four fifths of them on the topic, and when each was first used. */
function goldOf({ hours }: Stream): Map<string, number> {
  const found = new Map<string, { first: number; posts: number; onTopic: number }>();
  for (const { posts } of hours)
    for (const { signal, onTopic, tags } of posts)
      for (const tag of tags) {
        const counted = found.get(tag) ?? { first: signal.at, posts: 0, onTopic: 0 };
        counted.posts += 1;
        if (onTopic) counted.onTopic += 1;
        found.set(tag, counted);
      }
  return new Map(
    [...found]
      .filter(([, { posts, onTopic }]) => posts >= 10 && onTopic >= 0.8 * posts)
      .map(([tag, { first }]) => [tag, first]),
  );
}

const line = (name: string, { precision, recall, f1, latency_hours, alerts, missed }: Measured) =>
  `${name}: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}, F1 ${f1.toFixed(3)}, ` +
  `latency ${latency_hours.toFixed(1)} h, ${alerts} alerts, ${missed} tags missed`;

export const kind: Kind = {
  what: 'says hour by hour what is rising in the posts of each event, and compares with what people labelled',
  needs: ['posts'],
  async evaluate({ posts = '' }) {
    const streams = await readStreams(posts);
    const measured = measure(streams, ours);
    const others = plainMethods.map(({ name, score, cuts }) => {
      const tried = cuts.map((cut) => ({ cut, ...measure(streams, plain(score, cut)) }));
      const [best] = tried.toSorted((a, b) => b.f1 - a.f1);
      return best === undefined ? name : line(`${name}, above ${best.cut}`, best);
    });
    const { precision, recall, f1, latency_hours } = measured;
    return {
      lines: [
        ...streams.map((stream) => line(stream.name, measure([stream], ours))),
        line('ours', measured),
        ...others,
      ],
      metrics: { precision, recall, f1, latency_hours },
    };
  },
};
