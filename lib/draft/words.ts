import { parseMarkup } from '../platforms/markup.ts';

/** A hashtag as networks take it: begins a word, has a letter. */
export const anyTag = /(?<![\p{L}\p{N}\p{M}_&/#])[#＃](?=[\p{N}\p{M}_]*\p{L})[\p{L}\p{N}\p{M}_]+/gu;

/** The hashtags of a Markdown text; `line` counts from 0 within it. */
export function hashtagsIn(text: string): readonly { tag: string; line: number }[] {
  const { plain } = parseMarkup(text);
  return [...plain.matchAll(anyTag)].map(({ 0: tag, index }) => ({
    tag,
    line: lineAt(plain, index),
  }));
}

/** Banned words that people read in a Markdown text as whole words or phrases, in any case, once a place. */
export function bannedIn(
  text: string,
  banned: readonly string[],
): readonly { word: string; match: string; line: number }[] {
  const { plain } = parseMarkup(text);
  return banned.flatMap((word) => {
    const pattern = phrase(word);
    if (pattern === undefined) return [];
    return [...plain.matchAll(pattern)].map(({ 0: match, index }) => ({
      word,
      match,
      line: lineAt(plain, index),
    }));
  });
}

/** Addresses in a Markdown text: those of its links, then those people read. */
export function urlsIn(text: string): readonly string[] {
  const { plain, spans } = parseMarkup(text);
  return [...spans.flatMap(({ url }) => url ?? []), ...addressesIn(plain)];
}

/** Without the mark that ends the sentence. */
function addressesIn(text: string): readonly string[] {
  const found = text.match(/\bhttps?:\/\/[^\s<>"'“”‘’\u0060]+/gi) ?? [];
  return found.map((url) => {
    const bare = url.replace(/[.,;:!?…»]+$/, '');
    return bare.endsWith(')') && !bare.includes('(') ? bare.slice(0, -1) : bare;
  });
}

/** Numbers in a Markdown text, as digits only: `1,200` and `1200` are the same. Those within addresses do not count. */
export function numbersIn(text: string): readonly string[] {
  const { plain } = parseMarkup(text);
  const bare = addressesIn(plain).reduce((rest, url) => rest.replaceAll(url, ' '), plain);
  const found = bare.match(/\p{Nd}+(?:[.,'’\u00a0\u202f]\p{Nd}+)*/gu) ?? [];
  return found.map((number) => number.replace(/[^\p{Nd}]/gu, ''));
}

function phrase(word: string): RegExp | undefined {
  const words = word
    .trim()
    .split(/\s+/)
    .map((each) => each.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/['’]/g, "['’]"));
  if (words[0] === '') return undefined;
  return new RegExp(`(?<![\\p{L}\\p{N}_])${words.join('\\s+')}(?![\\p{L}\\p{N}_])`, 'giu');
}

const lineAt = (text: string, index: number) => text.slice(0, index).split('\n').length - 1;
