import unhomoglyph from 'unhomoglyph';

/**
 * A text as a model or a person would read it, whatever it was dressed up as. For looking at only: what is kept and shown
 * is never folded.
 */

/** Tag characters spell ASCII that nobody sees (Unicode block E0000). */
const tag = /[\u{E0020}-\u{E007E}]/gu;
/** Format characters, variation selectors and letters that show nothing. */
const unseen =
  /[\p{Cf}\u034F\u115F\u1160\u17B4\u17B5\u3164\uFFA0\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}]/gu;
/** Six and more single letters with one sign between each two: `i g n o r e`, `i.g.n.o.r.e`. */
const spaced =
  /(?<![\p{L}\p{N}])(?:[\p{L}\p{N}](?:[ ._*·|-]{1,3}|(?![\p{L}\p{N}]))){6,}[\p{L}\p{N}]?(?![\p{L}\p{N}])/gu;

/** Lower case, in the usual forms of its letters, nothing hidden in it; in its own script. */
export function foldText(text: string): string {
  return text
    .replace(tag, (character) => String.fromCharCode((character.codePointAt(0) ?? 0) - 0xe0000))
    .replace(unseen, '')
    .normalize('NFKC')
    .toLowerCase();
}

/** A digit or sign for the letter it looks like. */
const digits: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
};
/** A word with such a sign before a letter. */
const mixed = /(?<![a-z\d])(?=[a-z013457@$]{0,30}[013457@$][a-z])[a-z013457@$]{3,}/g;

/**
 * A folded text in Latin letters: look-alikes of other scripts (Unicode's confusables, UTS 39), accents, digits inside
 * words and letters set apart are put back.
 */
export function foldLatin(folded: string): string {
  return foldSpaced(
    folded
      .replace(/[^\p{ASCII}]+/gu, (characters) => unhomoglyph(characters))
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(mixed, (word) => word.replace(/[013457@$]/g, (sign) => digits[sign] ?? sign)),
  );
}

function foldSpaced(text: string): string {
  return text.replace(spaced, (run) => ` ${run.replace(/[^\p{L}\p{N}]/gu, '')} `);
}
