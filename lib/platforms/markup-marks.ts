import type { Style } from './markup.ts';
import { readTokens, type Token } from './markup-tokens.ts';

/** What lies between two tokens, by index; the token itself where both are the same. */
export interface Styled {
  from: number;
  to: number;
  style: Style;
  url?: string;
}

interface Open {
  at: number;
  char: string;
  /** Marks that have found no counterpart yet. */
  left: number;
}

const styles: Readonly<Record<string, readonly Style[]>> = {
  '*': ['italic'],
  _: ['italic'],
  '**': ['bold'],
  '***': ['bold', 'italic'],
  '~~': ['strike'],
};

/** The pieces of a text, and what they are marked as. */
export function readStyled(text: string): { tokens: readonly Token[]; styled: readonly Styled[] } {
  const { tokens, links } = readTokens(text);
  const styled = links.flatMap(({ from, to, url }): Styled[] => [
    ...resolveMarks(tokens, from + 1, to),
    { from, to, style: 'link', url },
  ]);
  styled.push(...resolveMarks(tokens, 0, tokens.length));
  for (const [at, { kind }] of tokens.entries())
    if (kind === 'code') styled.push({ from: at, to: at, style: 'code' });
  return { tokens, styled };
}

/**
 * Finds the counterparts of the marks between two tokens, takes those marks out of their `text`, and tells what they
 * style. What was paired before has no marks left and is not looked at again.
 */
function resolveMarks(tokens: readonly Token[], from: number, to: number): Styled[] {
  const styled: Styled[] = [];
  let open: Open[] = [];
  for (let at = from; at < to; at += 1) {
    const token = tokens[at];
    if (token?.kind === 'break') open = [];
    if (token?.kind !== 'mark' || (token.opens !== true && token.closes !== true)) continue;
    const char = token.text.charAt(0);
    const run = token.text.length;
    let left = token.closes === true ? run : 0;
    while (left > 0) {
      const found = open.findLastIndex((each) => each.char === char && fits(each.left, left));
      const opener = open[found];
      if (!opener) break;
      const used = Math.min(opener.left, left);
      for (const style of styles[char.repeat(used)] ?? [])
        styled.push({ from: opener.at, to: at, style });
      for (const each of [token, tokens[opener.at]]) if (each) each.text = each.text.slice(used);
      opener.left -= used;
      left -= used;
      open = open.slice(0, opener.left > 0 ? found + 1 : found);
    }
    if (token.closes === true && left < run) continue;
    if (token.opens === true) open.push({ at, char, left: run });
  }
  // What is left inside of a link finds no counterpart outside of it.
  for (const token of tokens.slice(from, to)) if (token.kind === 'mark') settle(token);
  return styled;
}

/** Three marks are two and one, in whatever order they end. */
const fits = (opening: number, closing: number) =>
  opening === closing || (opening === 3 && closing < 3) || (closing === 3 && opening < 3);

function settle(token: Token): void {
  token.opens = false;
  token.closes = false;
}
