import { escapeMarkup, parseMarkup } from '../platforms/markup.ts';
import { anyTag } from './words.ts';

/**
 * Texts of others and of models, made harmless. A mention loses its `@`: whether somebody is addressed is for people to
 * decide. A line that begins like a command (`/pulse approve`, `/close`) loses its slash. What cannot be seen goes.
 */

const mention = /(?<![\p{L}\p{N}_./])[@＠](?=[\p{L}\p{N}_])([\p{L}\p{N}_.-]*[\p{L}\p{N}_])/gu;
/** Control characters but \n and \t, and what turns or hides text; the joiners that emoji need stay. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;
const kept = new Set(['\n', '\t', '\u200d', '\u200c']);

/** One line of somebody's post: no addresses, mentions, markup or commands; what is left is their words. */
export function harmlessExcerpt(text: string): string {
  return seen(text)
    .replace(/<!--[^]*?(?:-->|$)/g, ' ')
    .replace(/<\/?[a-z][^<>]*>/gi, ' ')
    .replace(/\b(?:https?:\/\/|www\.)\S+/gi, ' ')
    .replace(/^\s*(?:RT|MT|via)\s+[@＠][^\s:]+:?\s*/i, '')
    .replace(mention, (_, name: string) => name.split('.')[0] ?? name)
    .replace(/(?<=^|\s)\/+(?=[\p{L}\p{N}])/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * Markdown that goes into a post by a machine. Mentions that stood in `allowed` already, by a person, stay. Marks go
 * where they hide a mention or a hashtag.
 */
export function harmlessText(text: string, allowed = ''): string {
  const known = new Set([...allowed.matchAll(mention)].map(([whole]) => whole));
  const clean = withoutMentions(text, known);
  const { plain } = parseMarkup(clean);
  if (namesIn(clean) === namesIn(plain)) return clean;
  return escapeMarkup(withoutMentions(plain, known));
}

function namesIn(text: string): string {
  return [...text.matchAll(mention), ...text.matchAll(anyTag)].map(([name]) => name).join(' ');
}

function withoutMentions(text: string, known: ReadonlySet<string>): string {
  return seen(text.replace(/\r\n?/g, '\n'))
    .replace(/<!--[^]*?(?:-->|$)/g, '')
    .replace(mention, (whole, name: string) => (known.has(whole) ? whole : name))
    .replace(/^([ \t]*)\/+(?=[\p{L}\p{N}])/gmu, '$1')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function seen(text: string): string {
  return text.normalize('NFC').replace(unseen, (char) => {
    if (kept.has(char)) return char;
    return /[\p{Zl}\p{Zp}\p{Cc}]/u.test(char) ? ' ' : '';
  });
}
