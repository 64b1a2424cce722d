import type { Outgoing, Part } from '../platform.ts';
import type { Receipt } from '../../store/record.ts';
import { tweetId } from './compose.ts';
import { wordsOf } from './measure.ts';
import { textOf, type Tweet, timeOf } from './read-post.ts';
import { entitiesOf } from './text.ts';

/** What a post is recognised by. */
export interface Wanted {
  part: Part;
  /** When the first claim was made, ms UTC. */
  since: number;
  /** Id of the post it answers. */
  parent: string | undefined;
  /** Posts known to be other parts. */
  others: readonly string[];
}

export function wantedOf(
  outgoing: Outgoing,
  index: number,
  since: number,
  sent: readonly Receipt[],
): Wanted | undefined {
  const part = outgoing.parts[index];
  if (!part) return undefined;
  const reply = outgoing.reply === undefined ? undefined : tweetId(outgoing.reply);
  return { part, since, parent: sent.at(-1)?.id ?? reply, others: sent.map(({ id }) => id) };
}

/** Two clocks differ, ms. */
const slack = 60_000;

/**
 * Whether a post of the account is what was wanted: newer than the claim, the same words once X's short links are
 * expanded, as many media, below the same post.
 */
export function isWanted(post: Tweet, { part, since, parent, others }: Wanted): boolean {
  if (timeOf(post) < since - slack || others.includes(post.id)) return false;
  const above = post.referenced_tweets?.find(({ type }) => type === 'replied_to')?.id;
  if (above !== parent) return false;
  if ((post.attachments?.media_keys?.length ?? 0) !== part.media.length) return false;
  const [said, meant] = [comparable(textOf(post)), comparable(wordsOf(part.text))];
  // X puts the names of those who are answered in front of the words.
  return said === meant || (above !== undefined && said.replace(/^(@\w+ )+/, '') === meant);
}

/** Words without what X may change: form of links, white space. */
function comparable(text: string): string {
  let at = 0;
  let plain = '';
  for (const { what, text: url, start, end } of entitiesOf(text)) {
    if (what !== 'url') continue;
    plain += `${text.slice(at, start)}${bare(url)}`;
    at = end;
  }
  return `${plain}${text.slice(at)}`.replace(/\s+/g, ' ').trim();
}

/** An address without protocol and a lone slash at its end, its host in lower case. */
function bare(url: string): string {
  const [, host = '', rest = ''] = /^(?:https?:\/\/)?([^/?#]*)(.*)$/i.exec(url) ?? [];
  return `${host.toLowerCase()}${rest === '/' ? '' : rest}`;
}
