import { putTogether, shortenTo, takeApart } from '../models/templates/cut.ts';
import { escapeMarkup, parseMarkup, withLinks } from '../platforms/markup.ts';
import { readStyled } from '../platforms/markup-marks.ts';

/**
 * Markdown made to fit: hashtags go first, then words, addresses last. What has to be cut loses its marks, and its links
 * stand behind their words.
 */
export function shorten(text: string, fits: (text: string) => boolean): string {
  if (fits(text)) return text;
  const { words, links, tags } = takeApart(text);
  for (let kept = tags.length - 1; kept >= 0; kept -= 1) {
    const fewer = putTogether(words, links, tags.slice(0, kept));
    if (fits(fewer)) return fewer;
  }
  const read = parseMarkup(text);
  if (read.plain === text && read.spans.length === 0) return shortenTo(text, fits);
  return escapeMarkup(shortenTo(withLinks(read), (part) => fits(escapeMarkup(part))));
}

/** Without `**` and `~~` that open or close nothing, as they are left when a sentence goes. */
export function withoutStrays(text: string): string {
  if (!/\*\*|~~/.test(text)) return text;
  const { tokens } = readStyled(text);
  const kept = tokens.map(({ kind, source, text: left }, index) => {
    if (kind !== 'mark' || left !== source || !/^(?:\*\*|~~)$/.test(source)) return source;
    const before = tokens[index - 1]?.source ?? ' ';
    const after = tokens[index + 1]?.source ?? ' ';
    // Beside a blank on one side alone it was meant to mark something.
    return /\s$/.test(before) === /^\s/.test(after) ? source : '';
  });
  return kept.join('');
}
