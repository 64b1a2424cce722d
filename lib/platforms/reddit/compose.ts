import { parseMarkup, type Span } from '../markup.ts';

/** An address that stands in the text as it is: Reddit makes a link of it, and marks inside would break it. */
const address = /https?:\/\/[^\s<>[\]]+/g;

/** Such an address alone. */
const bare = /^https?:\/\/[^\s<>[\]]+$/;

const fences: Readonly<Record<Exclude<Span['style'], 'link' | 'code'>, string>> = {
  bold: '**',
  italic: '*',
  strike: '~~',
};

/**
 * Our Markdown in Reddit's, which knows much more: whatever would be a heading, a list, a table, a quote, a spoiler or a
 * raised word there is kept as the characters it is, and a line ends where it ended.
 */
export function toReddit(text: string): string {
  const { plain, spans } = parseMarkup(text);
  // A style within the same style shows nothing, and its marks would be read as the end of the outer ones.
  const alone = spans.filter(
    ({ style, end }, index) =>
      !spans.slice(0, index).some((outer) => outer.style === style && outer.end >= end),
  );
  const marked = render(plain, alone, { start: 0, end: plain.length });
  return marked
    .split('\n')
    .map(keepLine)
    .join('\n')
    .replace(/(\S)[ \t]*\n(?=[ \t]*\S)/g, '$1  \n')
    .normalize('NFC')
    .trim();
}

/** The text from `start` to `end` with the spans that lie within; `before` is what stands in front of it. */
function render(
  plain: string,
  spans: readonly Span[],
  { start, end, before = '' }: { start: number; end: number; before?: string },
): string {
  let at = start;
  let made = '';
  for (const [index, span] of spans.entries()) {
    if (span.start < at || span.end > end) continue;
    const held = spans.slice(index + 1).filter((each) => each.end <= span.end);
    made += escapeText(plain.slice(at, span.start));
    made += wrap(plain, span, held, `${before}${made}`.slice(-1));
    at = span.end;
  }
  return made + escapeText(plain.slice(at, end));
}

function wrap(plain: string, span: Span, held: readonly Span[], before: string): string {
  const words = plain.slice(span.start, span.end);
  if (span.style === 'code') {
    // Two codes side by side would be one.
    if (before === '`') return escapeText(words);
    const longest = Math.max(0, ...Array.from(words.matchAll(/`+/g), ([run]) => run.length));
    const fence = '`'.repeat(longest + 1);
    const room = /^`|`$|^ .*[^ ].* $/s.test(words) ? ' ' : '';
    return `${fence}${room}${words}${room}${fence}`;
  }
  if (span.style === 'link') {
    const url = (span.url ?? '').replace(/[\\<>\s]/g, encodeURIComponent);
    if (words === span.url && bare.test(words)) return words;
    const inner = render(plain, held, { ...span, before: '[' });
    return `[${inner}](${url.replaceAll('(', '%28').replaceAll(')', '%29')})`;
  }
  const fence = fences[span.style];
  const inner = render(plain, held, { ...span, before: fence });
  const holds = isFlanked(before, inner, plain.slice(span.end, span.end + 1));
  return holds ? `${fence}${inner}${fence}` : render(plain, held, { ...span, before });
}

/**
 * Whether marks around `inner` would be read as marks: CommonMark wants no white space inside of them, and where there
 * is punctuation inside, none but white space and punctuation outside.
 */
function isFlanked(before: string, inner: string, after: string): boolean {
  const [first, last] = [inner.slice(0, 1), inner.slice(-1)];
  if (/^\s?$/.test(first) || /\s/.test(last) || /[*~]/.test(before)) return false;
  const isWord = (char: string) => /[^\s\p{P}\p{S}]/u.test(char);
  return (isWord(first) || !isWord(before)) && (isWord(last) || !isWord(after));
}

/** Characters as themselves; addresses untouched. */
function escapeText(text: string): string {
  let at = 0;
  let made = '';
  for (const { 0: found, index } of text.matchAll(address)) {
    made += escapeMarks(text.slice(at, index)) + found;
    at = index + found.length;
  }
  return made + escapeMarks(text.slice(at));
}

const escapeMarks = (text: string) => text.replace(/[\\`*_[\]<>^~|&]/g, '\\$&');

/** A line that begins like a block of Markdown, as a line. */
function keepLine(line: string): string {
  return line
    .replace(/^[ \t]+/, '')
    .replace(/^(#|:(?=-)|[-+=](?=\s|$|[-=:]))/, '\\$1')
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2');
}
