import { gist } from '../../ingest/fingerprint.ts';
import type { Signal } from '../../ingest/signal.ts';
import { marksIn } from './marked.ts';
import { interactionsOf } from './speakers.ts';
import type { Evidence } from '../trend.ts';
import { isStop, wordsOf } from './words.ts';

/** Posts with the strongest terms that are read to choose from, and how many times so many while none of them will do. */
const [mostRead, mostTimes] = [150, 4];
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
 * posts of programs only where there is nothing else. Only those that would be chosen are read for marks.
 */
export function chooseEvidence(posts: readonly Telling[]): Evidence[] {
  const ranked = posts
    .filter(({ signal }) => !signal.copy && !signal.marks?.includes('instruction'))
    .sort((a, b) => b.score - a.score || byAge(a.signal, b.signal));
  const doubtful: Signal[] = [];
  for (let from = 0; from < Math.min(ranked.length, mostTimes * mostRead); from += mostRead) {
    const read = byWorth(ranked.slice(from, from + mostRead));
    const chosen = distinct(read, (signal) => {
      const marks = marksIn(signal);
      if (marks.length > 0 && !marks.includes('instruction')) doubtful.push(signal);
      return marks.length === 0;
    });
    if (chosen.length > 0) return chosen.map(evidenceOf);
  }
  return distinct(doubtful, () => true).map(evidenceOf);
}

function byWorth(posts: readonly Telling[]): Signal[] {
  return posts
    .map(({ signal, score }) => ({ signal, worth: score * quality(signal) }))
    .sort((a, b) => b.worth - a.worth || byAge(a.signal, b.signal))
    .map(({ signal }) => signal);
}

/** The first posts of different authors and texts that may be shown; those that say nearly what others say come last. */
function distinct(ranked: readonly Signal[], may: (signal: Signal) => boolean): Signal[] {
  const texts = new Set<number>();
  const authors = new Set<string>();
  const said: ReadonlySet<string>[] = [];
  const [chosen, similar]: [Signal[], Signal[]] = [[], []];
  for (const signal of ranked) {
    if (chosen.length === most) break;
    const text = gist(signal.text);
    const { author } = signal;
    if (texts.has(text) || (author !== undefined && authors.has(author))) continue;
    const words = new Set(wordsOf(signal).map(({ key }) => key));
    const isSimilar = said.some((other) => overlap(words, other) > same);
    if (!isSimilar && !may(signal)) continue;
    texts.add(text);
    if (author !== undefined) authors.add(author);
    if (!isSimilar) said.push(words);
    (isSimilar ? similar : chosen).push(signal);
  }
  for (const signal of similar) if (chosen.length < most && may(signal)) chosen.push(signal);
  return chosen;
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
  if (signal.language !== undefined) evidence.language = signal.language;
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

const byAge = (a: Signal, b: Signal) => a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
