import { gist } from '../ingest/fingerprint.ts';
import type { Signal } from '../ingest/signal.ts';
import { interactionsOf } from './speakers.ts';
import type { Evidence } from './trend.ts';
import { isStop, wordsOf } from './words.ts';

/** Posts with the strongest terms that are read to choose from. */
const mostRead = 150;
/** Posts kept as evidence, and characters of each. */
const most = 5;
const length = 200;
/** Share of their words that two posts may have in common and still be two. */
const same = 0.6;
/** Posts of which so many words tell something are read as whole sentences; more tags than this are stuffing. */
const [fullWords, fewTags] = [8, 3];

/** A post and how much it tells: the scores of the terms in it. */
export interface Telling {
  signal: Signal;
  score: number;
}

/**
 * The most telling posts: those with the strongest terms, in sentences rather than tags, that others reacted to. No copy, no
 * author twice, nothing that addresses a model; what says nearly the same as another comes last, advertisements and the
 * posts of programs only where there is nothing else.
 */
export function chooseEvidence(posts: readonly Telling[]): Evidence[] {
  const ranked = posts
    .filter(({ signal }) => !signal.copy && !signal.marks?.includes('instruction'))
    .sort((a, b) => b.score - a.score || a.signal.at - b.signal.at || byId(a.signal, b.signal))
    .slice(0, mostRead)
    .map(({ signal, score }) => ({
      signal,
      doubtful: Number((signal.marks?.length ?? 0) > 0),
      worth: score * quality(signal),
    }))
    .sort(
      (a, b) =>
        a.doubtful - b.doubtful ||
        b.worth - a.worth ||
        a.signal.at - b.signal.at ||
        byId(a.signal, b.signal),
    );
  const doubtless = ranked.filter(({ doubtful }) => doubtful === 0);
  return distinct((doubtless.length > 0 ? doubtless : ranked).map(({ signal }) => signal)).map(
    evidenceOf,
  );
}

/** The first posts of different authors and texts; those that say nearly what others say come last. */
function distinct(ranked: readonly Signal[]): Signal[] {
  const texts = new Set<number>();
  const authors = new Set<string>();
  const said: ReadonlySet<string>[] = [];
  const [chosen, similar]: [Signal[], Signal[]] = [[], []];
  for (const signal of ranked) {
    if (chosen.length === most) break;
    const text = gist(signal.text);
    const { author } = signal;
    if (texts.has(text) || (author !== undefined && authors.has(author))) continue;
    texts.add(text);
    if (author !== undefined) authors.add(author);
    const words = new Set(wordsOf(signal).map(({ key }) => key));
    if (said.some((other) => overlap(words, other) > same)) {
      if (similar.length < most) similar.push(signal);
      continue;
    }
    said.push(words);
    chosen.push(signal);
  }
  return [...chosen, ...similar].slice(0, most);
}

const worth = new WeakMap<Signal, number>();

/** What a post is worth beside its terms: up to about 2. Reckoned once for each, because trends live for many hours. */
function quality(signal: Signal): number {
  let known = worth.get(signal);
  if (known === undefined) worth.set(signal, (known = reckon(signal)));
  return known;
}

function reckon(signal: Signal): number {
  const words = wordsOf(signal);
  const telling = words.filter(({ key }) => !isStop(key)).length;
  const tags = words.filter(({ shown }) => shown.startsWith('#')).length;
  const full = 0.4 + 0.6 * Math.min(1, telling / fullWords);
  const heard = 1 + 0.15 * Math.log10(1 + (interactionsOf(signal) ?? 0));
  // Somebody else's words, mostly cut off; the original may be there too.
  const own = /^RT @/i.test(signal.text) ? 0.5 : 1;
  return (own * full * heard) / (1 + Math.max(0, tags - fewTags));
}

/** Jaccard. */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared / Math.max(1, a.size + b.size - shared);
}

function evidenceOf(signal: Signal): Evidence {
  const evidence: Evidence = {
    signal: signal.id,
    network: signal.network,
    excerpt: excerptOf(signal.text),
    at: signal.at,
  };
  if (signal.url !== undefined) evidence.url = signal.url;
  if (signal.author !== undefined) evidence.author = signal.author;
  return evidence;
}

/** At most 200 characters, one line, cut between words where there are any. */
export function excerptOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= length) return line;
  const cut = line.slice(0, length - 1);
  const blank = cut.lastIndexOf(' ');
  const end = blank > length / 2 ? cut.slice(0, blank) : cut.replace(/[\uD800-\uDBFF]$/, '');
  return `${end}…`;
}

const byId = (a: Signal, b: Signal) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
