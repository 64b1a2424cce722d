/** A hashtag as networks take it: begins a word, has a letter. */
export const anyTag = /(?<![\p{L}\p{N}\p{M}_&/#])[#＃](?=[\p{N}\p{M}_]*\p{L})[\p{L}\p{N}\p{M}_]+/gu;

/** The hashtags of a text; `line` counts from 0 within it. */
export function hashtagsIn(text: string): readonly { tag: string; line: number }[] {
  return [...text.matchAll(anyTag)].map(({ 0: tag, index }) => ({
    tag,
    line: lineAt(text, index),
  }));
}

/** Banned words that stand in the text as whole words or phrases, in any case, once a place. */
export function bannedIn(
  text: string,
  banned: readonly string[],
): readonly { word: string; match: string; line: number }[] {
  return banned.flatMap((word) => {
    const pattern = phrase(word);
    if (pattern === undefined) return [];
    return [...text.matchAll(pattern)].map(({ 0: match, index }) => ({
      word,
      match,
      line: lineAt(text, index),
    }));
  });
}

/** Addresses in a text, without the mark that ends the sentence. */
export function urlsIn(text: string): readonly string[] {
  const found = text.match(/\bhttps?:\/\/[^\s<>"'“”‘’\u0060]+/gi) ?? [];
  return found.map((url) => {
    const bare = url.replace(/[.,;:!?…»]+$/, '');
    return bare.endsWith(')') && !bare.includes('(') ? bare.slice(0, -1) : bare;
  });
}

/** Numbers in a text, as digits only: `1,200` and `1200` are the same. Those within addresses do not count. */
export function numbersIn(text: string): readonly string[] {
  const plain = urlsIn(text).reduce((rest, url) => rest.replaceAll(url, ' '), text);
  const found = plain.match(/\p{Nd}+(?:[.,'’\u00a0\u202f]\p{Nd}+)*/gu) ?? [];
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
