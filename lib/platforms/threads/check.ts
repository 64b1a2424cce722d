import { showsNothing, thatHold } from '../parts.ts';
import type { Outgoing } from '../platform.ts';
import { linksIn, mostLinks, show } from './measure.ts';

/** What a reply names: the number of a post, or the code in its address; undefined when neither. */
export function answeredIn(reply: string): { id: string } | { code: string } | undefined {
  const id = /^(?:threads:)?(\d+)$/.exec(reply)?.[1];
  if (id !== undefined) return { id };
  const code = /\/post\/([\w-]+)/.exec(reply)?.[1];
  return code === undefined ? undefined : { code };
}

/** See `Platform.refuses`. */
export function refuses({ parts, at, reply }: Outgoing, index: number): readonly string[] {
  const part = parts[index];
  if (!part) return [];
  const { link, media, text } = part;
  const words = show(text);
  const over = link && linksIn(`${words} ${link.url}`).size > mostLinks;
  return thatHold([
    showsNothing(part, show),
    at !== undefined && 'it plans no posts',
    link && media.length > 0 && 'a post has a link card or files, not both',
    over &&
      linksIn(words).size <= mostLinks &&
      `there are more than ${String(mostLinks)} links, that of the card among them`,
    index === 0 && reply !== undefined && !answeredIn(reply) && `"${reply}" is no post on Threads`,
  ]);
}
