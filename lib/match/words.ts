/** A text ready for looking words and phrases up in: lower case, one blank between words and at both ends. */
export function spaced(text: string): string {
  return ` ${text
    .toLowerCase()
    .replace(/\$(?!\p{L})|(?<=[\p{L}\p{N}])\$|[^\p{L}\p{N}\p{M}#$]+/gu, ' ')
    .trim()} `;
}

/**
 * Whether a spaced text holds a word or phrase, plural by `s` included. A word is also found as a hashtag or cashtag; a
 * keyword that begins with `#` or `$` only as one. Languages that put no blanks between words are searched letter by letter.
 */
export function holds(text: string, keyword: string): boolean {
  const sought = spaced(keyword).trim();
  if (sought === '') return false;
  if (/^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]+$/u.test(sought))
    return text.includes(sought);
  if (text.includes(` ${sought} `) || text.includes(` ${sought}s `)) return true;
  const sign = /^[#$]/.test(sought);
  const joined = sought.replaceAll(' ', '');
  return !sign && (text.includes(` #${joined} `) || text.includes(` $${joined} `));
}
