import { readStyled } from './markup-marks.ts';
import { readTokens, type Token } from './markup-tokens.ts';

export type Style = 'bold' | 'italic' | 'strike' | 'code' | 'link';

/** Where a style holds, in UTF-16 units of `plain`: from `start` up to, not including, `end`; never empty. */
export interface Span {
  start: number;
  end: number;
  style: Style;
  /** Of a link: http, https or mailto. */
  url?: string;
}

/** What people read, and how it is marked. */
export interface Markup {
  plain: string;
  /** By start, the longer first. Two either lie apart, or one holds the other. */
  spans: readonly Span[];
}

/** Nothing is marked without one of these. */
const marks = /[\\`*_~[]/;

/**
 * Reads the inline part of CommonMark that social networks have a use for: `**bold**`, `*italic*` or `_italic_`,
 * `~~strike~~`, `` `code` ``, `[words](url)` with http, https or mailto, and a backslash before any ASCII punctuation.
 * Everything else is the text as it stands: headings, lists, quotes, HTML, entities, marks without their
 * counterpart, and marks inside of a word, an address, a mention, a hashtag or a cashtag. Never fails; linear in all
 * but contrived texts. Differs from CommonMark on purpose: no mark works within a word (`s**t`), except next to
 * scripts written without spaces, and code ends with its line.
 */
export function parseMarkup(text: string): Markup {
  if (!marks.test(text)) return { plain: text, spans: [] };
  return assemble(readStyled(text));
}

function assemble({ tokens, styled }: ReturnType<typeof readStyled>): Markup {
  const starts: number[] = [];
  let plain = '';
  for (const { text } of tokens) {
    starts.push(plain.length);
    plain += text;
  }
  const endOf = (index: number) => (starts[index] ?? 0) + (tokens[index]?.text.length ?? 0);
  const spans = styled.map(({ from, to, style, url }): Span => {
    // Code is one token; all else lies between two.
    const within = from === to;
    const start = within ? (starts[from] ?? 0) : endOf(from);
    const end = within ? endOf(to) : (starts[to] ?? plain.length);
    return { start, end, style, ...(url !== undefined && { url }) };
  });
  const sorted = spans
    .filter(({ start, end }) => start < end)
    .sort((a, b) => a.start - b.start || b.end - a.end);
  return { plain, spans: sorted };
}

/**
 * For networks without links in a text: `words (url)`, or the address alone where the words are the address. A full
 * stop or the like at the end of the words comes to stand behind the brackets.
 */
export function withLinks({ plain, spans }: Markup): string {
  let shown = '';
  let rest = 0;
  for (const { start, end, url } of spans) {
    if (url === undefined) continue;
    const words = plain.slice(start, end);
    const address = url.replace(/^mailto:/i, '');
    const stop = /[\s.,;:!?…]*$/.exec(words)?.[0] ?? '';
    const same = bare(words) === bare(address);
    const said = words.slice(0, words.length - stop.length);
    shown += plain.slice(rest, start);
    shown += same ? address : `${said}${said === '' ? '' : ' '}(${address})${stop}`;
    rest = end;
  }
  return shown + plain.slice(rest);
}

/** An address without what people leave out when they write it. */
function bare(address: string): string {
  return address
    .trim()
    .replace(/^(?:https?:\/\/)?(?:www\.)?/i, '')
    .replace(/\/$/, '')
    .toLowerCase();
}

/**
 * Markdown that reads as `plain`, wherever in a text it is put: `parseMarkup` of it gives `plain` and no spans. Little
 * is escaped: what stands inside of words and addresses is left alone.
 */
export function escapeMarkup(plain: string): string {
  if (!/[\\`*_~[\]]/.test(plain)) return plain;
  const { tokens } = readTokens(plain, { links: false });
  const sparing = tokens.map((token, index) => escaped(token, index, tokens)).join('');
  const read = parseMarkup(sparing);
  if (read.plain === plain && read.spans.length === 0) return sparing;
  return plain.replace(/[\\`*_~[\]]/g, (mark) => `\\${mark}`);
}

function escaped({ kind, source, opens, closes }: Token, index: number, all: readonly Token[]) {
  if (kind === 'whole') return source;
  // At either end it depends on what comes to stand beside it.
  const edge = index === 0 || index === all.length - 1;
  if (kind === 'mark' && !edge && !opens && !closes) return source;
  return source.replace(/[\\`*_~[\]]/g, (mark) => `\\${mark}`);
}
