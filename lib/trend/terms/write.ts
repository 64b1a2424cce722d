import { dressed } from './characters.ts';
import { normaliseLink } from './link.ts';

/**
 * How a term is written that `createScanner` found at `start` and `end` of `text`, or that was given in `tags` or `links`:
 * `word`, `two words`, `#hashtag`, `$cashtag`, `@mention`, a link as `normaliseLink` writes it. Scanned again it is the same term,
 * but for links to hosts that no text can name without a scheme, and for scripts without blanks, where what stands around a word
 * may decide where it ends.
 */
export function writeTerm(
  text: string,
  tags: readonly string[],
  start: number,
  end: number,
  links: readonly string[] = [],
): string {
  if (start === -2) return normaliseLink((links[end] ?? '').trim());
  if (start === -1) return writeTag(tags[end] ?? '');
  const said = text.slice(start, end);
  if (said.startsWith('$')) return plain(said);
  if (/^[#＃]/.test(said)) return `#${plain(said.slice(1))}`;
  if (/^[@＠]/.test(said)) return `@${plain(said.slice(1))}`;
  // Only in a link is there a dot.
  if (said.includes('.')) return normaliseLink(said);
  return plain(said)
    .replace(/[\s\u200B\-‐–/]+/g, ' ')
    .replace(/’/g, "'")
    .replace(/'s(?= )/g, '');
}

const writeTag = (tag: string) => (tag.startsWith('$') ? plain(tag) : `#${plain(bareTag(tag))}`);

/** A tag without its sign. */
export const bareTag = (tag: string) => tag.replace(/^[#＃]/, '');

/** Lower case, without the dot that a Turkish capital leaves above its i. */
const plain = (said: string) =>
  said
    .replace(dressed, (one) => one.normalize('NFKC'))
    .toLowerCase()
    .replaceAll('i\u0307', 'i');
