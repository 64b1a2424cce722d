/**
 * Small faults that no one means, put right: doubled blanks, a blank before a comma, three dots, shouting with several
 * marks, blanks at line ends, more than one blank line. Never longer than before; doing it twice changes nothing.
 * Addresses and code are left alone. French keeps its blanks before marks.
 */
export function polishText(text: string, language = 'en'): string {
  const french = language.toLowerCase().startsWith('fr');
  return text
    .split(/(https?:\/\/\S+|`[^`\n]+`)/)
    .map((piece, index) => (index % 2 === 1 ? piece : polishWords(piece, french)))
    .join('')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function polishWords(text: string, french: boolean): string {
  const spaced = text
    .replace(/(?<=\S|^)[ \t]{2,}(?=\S|$)/g, ' ')
    .replace(/(?<!\.)\.{3}(?!\.)/g, '…')
    .replace(/(?<=\S) --? (?=\S)/g, ' – ')
    .replace(/!{2,}/g, '!')
    .replace(/\?{2,}/g, '?');
  return french ? spaced : spaced.replace(/(?<=[\p{L}\p{N}”)]) +(?=[,;!?](?:\s|$))/gu, '');
}
