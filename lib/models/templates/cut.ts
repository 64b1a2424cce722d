type Fits = (text: string) => boolean;

/** Characters as people see them. */
export const lengthOf = (text: string) => [...new Intl.Segmenter().segment(text)].length;

/** The same text by its sentences; joining them gives it again. */
export function sentencesOf(text: string): readonly string[] {
  const found = [...new Intl.Segmenter('en', { granularity: 'sentence' }).segment(text)];
  return found.map(({ segment }) => segment);
}

/**
 * As much of a text as fits: whole sentences where that leaves a third of what would fit, else whole words and `…`.
 * Never ends within a word, unless not even the first word fits.
 */
export function cutText(text: string, fits: Fits): string {
  const whole = text.trim();
  if (fits(whole)) return whole;
  const bySentence = longestOf(sentencesOf(whole), (kept) => kept.join('').trim(), fits);
  const words = whole.match(/\S+\s*/gu) ?? [];
  const byWord = longestOf(words, (kept) => endWith(kept.join('')), fits);
  if (bySentence.length * 3 >= byWord.length && bySentence !== '') return bySentence;
  if (byWord !== '' && byWord !== '…') return byWord;
  const characters = [...new Intl.Segmenter().segment(whole)].map(({ segment }) => segment);
  return longestOf(characters, (kept) => endWith(kept.join('')), fits);
}

/** The longest beginning of `pieces` that fits; an empty text when none does. */
function longestOf(
  pieces: readonly string[],
  join: (kept: readonly string[]) => string,
  fits: Fits,
): string {
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(join(pieces.slice(0, middle)))) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? '' : join(pieces.slice(0, low));
}

const endWith = (text: string) => {
  const bare = text.trim().replace(/[\s.,;:!?…–—-]+$/u, '');
  // A quotation that was opened is closed again.
  const open = bare.lastIndexOf('“') > bare.lastIndexOf('”');
  return `${bare}…${open ? '”' : ''}`;
};

/** What follows the words of a post: addresses and hashtags, each block on lines of its own. */
const tail = /(?:(?:^|\s+)(?:https?:\/\/\S+|[#＃][\p{L}\p{N}\p{M}_]+))+\s*$/u;

/** Looking further back would take time on texts that are all blanks, and nobody reads so many hashtags. */
const longestTail = 2000;

/** A post in its words and what stands behind them. */
export function takeApart(text: string): { words: string; links: string[]; tags: string[] } {
  const behind = tail.exec(text.slice(-longestTail))?.[0] ?? '';
  const pieces = behind.trim().split(/\s+/).filter(Boolean);
  return {
    words: text.slice(0, text.length - behind.length).trimEnd(),
    links: pieces.filter((piece) => piece.startsWith('http')),
    tags: pieces.filter((piece) => !piece.startsWith('http')),
  };
}

/** The other way round: words, addresses and hashtags with a blank line between them. */
export function putTogether(
  words: string,
  links: readonly string[],
  tags: readonly string[],
): string {
  return [words, links.join('\n'), tags.join(' ')].filter((block) => block !== '').join('\n\n');
}

/**
 * A post made to fit: first hashtags go, the last first; then words, at the end of a sentence if possible; addresses
 * only when nothing else is left to take.
 */
export function shortenTo(text: string, fits: Fits): string {
  if (fits(text)) return text;
  const { words, links, tags } = takeApart(text);
  for (let kept = tags.length; kept >= 0; kept -= 1) {
    const shorter = putTogether(words, links, tags.slice(0, kept));
    if (fits(shorter)) return shorter;
  }
  for (let kept = links.length; kept >= 0; kept -= 1) {
    const some = links.slice(0, kept);
    const cut = cutText(words, (part) => fits(putTogether(part, some, [])));
    if (cut !== '' && fits(putTogether(cut, some, []))) return putTogether(cut, some, []);
  }
  return cutText(text, fits);
}
