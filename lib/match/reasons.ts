import type { Trend } from '../trend/trend.ts';
import type { Odds } from './chance.ts';
import type { Naming } from './lexical.ts';
import type { Reason } from './match.ts';

/** Everything that spoke for a topic. */
export interface Found {
  topic: string;
  odds: Odds;
  naming: Naming;
  /** Where meaning was compared: how near, the profile's sentence and the post nearest to it. */
  reading?: { cosine: number; sentence: string; post: string };
  /** The key account heard, and what it and the past add. */
  account?: string;
  accountOdds: number;
  priorOdds: number;
}

const longest = 90;

/** Reasons a person can check, the weightiest first; their weights are shares of what speaks for the topic. */
export function reasonsOf(trend: Trend, found: Found): Reason[] {
  const { topic, odds, naming, reading, account } = found;
  const parts: Reason[] = [];
  const add = (kind: Reason['kind'], text: string, weight: number) => {
    if (weight > 0) parts.push({ kind, text, weight });
  };
  if (naming.keywords.length > 0) {
    const names = naming.keywords.slice(0, 3).map((keyword) => `"${keyword}"`);
    const count = naming.posts.length;
    const say = count === 0 ? '' : `, which ${count} of its posts ${count === 1 ? 'says' : 'say'}`;
    const first = trend.evidence[naming.posts[0] ?? -1]?.excerpt;
    const quote = first === undefined ? '' : `: “${short(first)}”`;
    add('topic', `the topic "${topic}" names ${names.join(', ')}${say}${quote}`, odds.letter);
  }
  if (reading) {
    const { cosine, sentence, post } = reading;
    const text = `its posts read like the topic "${topic}" (cosine ${cosine.toFixed(2)}): “${short(post)}” is near “${short(sentence)}”`;
    add('meaning', text, odds.meaning);
  }
  if (account !== undefined)
    add('account', `the key account ${account} posted about it`, found.accountOdds);
  const change = found.priorOdds > 0 ? 'did better' : 'did worse';
  if (found.priorOdds !== 0)
    add('prior', `past posts on "${topic}" ${change} than others`, Math.abs(found.priorOdds));
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  return parts
    .map((part) => ({ ...part, weight: total === 0 ? 0 : part.weight / total }))
    .sort((a, b) => b.weight - a.weight);
}

function short(text: string): string {
  const letters = Array.from(text.replace(/\s+/g, ' ').trim());
  return letters.length <= longest
    ? letters.join('')
    : `${letters.slice(0, longest - 1).join('')}…`;
}
