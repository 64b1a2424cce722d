import type { Signal } from '../../../lib/ingest/signal.ts';
import type { Expected } from './expected.ts';
import { essence } from './words.ts';

/** What of a post did not arrive, empty when it is right. */
export function faultsOf(expected: Expected, found: Signal | undefined): string[] {
  if (found === undefined) return ['post'];
  const faults: string[] = [];
  const { exact, texts, authors, times, byline } = expected;
  const said = essence(found.text, exact);
  if (!texts.some((text) => essence(text, exact) === said))
    faults.push(
      `text ${JSON.stringify(texts[0]?.slice(0, 80))} is ${JSON.stringify(found.text.slice(0, 80))}`,
    );
  const told = [found.text, found.url ?? '', ...(found.links ?? [])].map(comparable);
  for (const link of expected.links ?? [])
    if (!told.some((each) => each.includes(comparable(link)))) faults.push(`link ${link}`);
  const named = found.author;
  const isRight =
    authors?.length === 0 ? named === undefined : (authors?.includes(named ?? '') ?? !!named);
  if (!isRight) faults.push(`author ${authors?.join(' or ') ?? ''} is ${named ?? 'nobody'}`);
  if (byline !== undefined && byline !== found.byline && byline !== named)
    faults.push(`byline ${byline} is ${found.byline ?? 'nobody'}`);
  if (times.length > 0 && !times.some((time) => Math.abs(time - found.at) < 1000))
    faults.push(`time ${dateOf(times[0]!)} is ${dateOf(found.at)}`);
  for (const [name, count] of Object.entries(expected.counts)) {
    const arrived = (found.counts as Record<string, number> | undefined)?.[name];
    if (arrived !== count) faults.push(`${name} ${count} is ${arrived ?? 'missing'}`);
  }
  for (const name of expected.unnamed) faults.push(`the count ${name} has no name`);
  return faults;
}

const comparable = (text: string) => text.normalize('NFC').replace(/&amp;/g, '&');

const dateOf = (at: number) => (Math.abs(at) < 8e15 ? new Date(at).toISOString() : String(at));
