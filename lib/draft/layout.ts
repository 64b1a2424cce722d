import { isBlank } from './escape.ts';

/** Lines `from` up to, not including, `to`, counted from 0; blank lines at both ends are left out. */
export interface Span {
  from: number;
  to: number;
}

/** What stands under one heading. */
export interface Section {
  name: string;
  /** Its heading, counted from 0. */
  heading: number;
  /** One a part, at least one; empty ones lie where their text would be. */
  parts: readonly Span[];
}

export interface VariantSection extends Section {
  overrides: readonly Section[];
}

/** Where everything stands in the text of a post. Line numbers count from 0. */
export interface Layout {
  /** Each with its line end, so that joining them gives the text again. */
  raw: readonly string[];
  /** The same without line ends and byte order mark. */
  lines: readonly string[];
  eol: '\n' | '\r\n';
  /** Lines between the two `---`; absent when there is no front matter. */
  front?: Span;
  variants: readonly VariantSection[];
  /** Lines of text in front of the first heading. */
  stray: readonly number[];
  /** Overrides in front of the first variant. */
  homeless: readonly Section[];
}

type Mutable = Section & { parts: Span[]; overrides: Section[] };

/** Finds the front matter, variants, overrides and parts in a text. Never fails. */
export function layOut(text: string): Layout {
  const raw = text.split(/(?<=\n)/);
  const lines = raw.map((line, index) => {
    const bare = line.replace(/\r?\n$/, '');
    return index === 0 ? bare.replace(/^\uFEFF/, '') : bare;
  });
  const eol = raw[0]?.endsWith('\r\n') === true ? '\r\n' : '\n';
  const front = frontOf(lines);
  const body = front === undefined ? 0 : front.to + 1;
  return { raw, lines, eol, ...(front && { front }), ...sectionsOf(lines, body) };
}

/** `---` with nothing but blanks after it; the next part in the body, the bounds of the front matter at the top. */
export const isRule = (line: string) => /^-{3,}[ \t]*$/.test(line);

function frontOf(lines: readonly string[]): Span | undefined {
  if (!/^---[ \t]*$/.test(lines[0] ?? '')) return undefined;
  const end = lines.findIndex((line, index) => index > 0 && /^---[ \t]*$/.test(line));
  return end === -1 ? undefined : { from: 1, to: end };
}

function sectionsOf(lines: readonly string[], body: number) {
  const variants: Mutable[] = [];
  const homeless: Mutable[] = [];
  const stray: number[] = [];
  let open: Mutable | undefined;
  let start = body;
  const endPart = (at: number) => open?.parts.push(spanOf(lines, start, at));
  for (let at = body; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const marks = /^#{2,3}(?=[ \t]|$)/.exec(line)?.[0];
    if (marks !== undefined) {
      endPart(at);
      const name = line.slice(marks.length).trim().toLowerCase();
      open = { name, heading: at, parts: [], overrides: [] };
      if (marks === '##') variants.push(open);
      else (variants.at(-1)?.overrides ?? homeless).push(open);
      start = at + 1;
    } else if (open === undefined) {
      if (!isBlank(line)) stray.push(at);
    } else if (isRule(line)) {
      endPart(at);
      start = at + 1;
    }
  }
  endPart(lines.length);
  return { variants, homeless, stray };
}

function spanOf(lines: readonly string[], start: number, end: number): Span {
  let from = start;
  let to = end;
  while (from < to && isBlank(lines[from] ?? '')) from += 1;
  while (to > from && isBlank(lines[to - 1] ?? '')) to -= 1;
  return { from, to };
}

/** Other lines in place of those from `from` up to `to`, with the line ends of the file. */
export function splice(
  { raw, eol }: Layout,
  from: number,
  to: number,
  lines: readonly string[],
): string {
  const before = raw.slice(0, from).join('');
  const after = raw.slice(to).join('');
  // The last line of a file may have no end.
  const joint = before === '' || before.endsWith('\n') || lines.length === 0 ? '' : eol;
  return `${before}${joint}${lines.map((line) => line + eol).join('')}${after}`;
}
