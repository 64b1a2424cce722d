import { gist } from '../ingest/fingerprint.ts';
import type { Signal } from '../ingest/signal.ts';
import type { Evidence } from './trend.ts';

/** Posts kept as evidence, and characters of each. */
const most = 5;
const length = 200;

/** A post and how much it tells: the scores of the terms in it. */
export interface Telling {
  signal: Signal;
  score: number;
}

/** The most telling posts: no copies, no text and no author twice. */
export function chooseEvidence(posts: readonly Telling[]): Evidence[] {
  const texts = new Set<number>();
  const authors = new Set<string>();
  const chosen: Evidence[] = [];
  const sorted = posts.toSorted(
    (a, b) => b.score - a.score || a.signal.at - b.signal.at || order(a.signal.id, b.signal.id),
  );
  for (const { signal } of sorted) {
    const said = gist(signal.text);
    const { author } = signal;
    if (signal.copy || texts.has(said) || (author !== undefined && authors.has(author))) continue;
    texts.add(said);
    if (author !== undefined) authors.add(author);
    chosen.push(evidenceOf(signal));
    if (chosen.length === most) break;
  }
  return chosen;
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

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
