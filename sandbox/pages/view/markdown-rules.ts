import type { MarkdownIt, StateBlock, StateCore, Token } from 'markdown-it';
import { emojiOf } from './emoji.ts';

/** HTML is off; this is the little of it that cards use, read by rules of our own and written anew. */
const lineOf = (state: StateBlock, line: number): string =>
  state.src
    .slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line] ?? 0)
    .trim();

const opening = /^<details( open)?>\s*(?:<summary>(.*)<\/summary>)?$/;
const summaryLine = /^<summary>(.*)<\/summary>$/;

/** `<details><summary>words</summary> ... </details>`, each tag on lines of its own; unbalanced ones stay text. */
function details(state: StateBlock, start: number, end: number, silent: boolean): boolean {
  const found = opening.exec(lineOf(state, start));
  if (found === null) return false;
  let depth = 1;
  let close = start + 1;
  for (; close < end; close += 1) {
    const line = lineOf(state, close);
    if (opening.test(line)) depth += 1;
    else if (line === '</details>') depth -= 1;
    if (depth === 0) break;
  }
  if (depth !== 0) return false;
  if (silent) return true;

  const below = found[2] === undefined ? summaryLine.exec(lineOf(state, start + 1)) : null;
  const token = state.push('details_open', 'details', 1);
  token.block = true;
  token.map = [start, close];
  if (found[1] !== undefined) token.attrSet('open', '');
  state.push('summary_open', 'summary', 1);
  const words = state.push('inline', '', 0);
  words.content = found[2] ?? below?.[1] ?? 'Details';
  words.children = [];
  words.map = [start, start + 1];
  state.push('summary_close', 'summary', -1);

  const { lineMax, parentType } = state;
  state.lineMax = close;
  state.md.block.tokenize(state, start + (below === null ? 1 : 2), close);
  state.lineMax = lineMax;
  state.parentType = parentType;
  state.push('details_close', 'details', -1).block = true;
  state.line = close + 1;
  return true;
}

/** HTML comments show nothing, as on GitLab: machines keep their marks in them. */
function comment(state: StateBlock, start: number, end: number, silent: boolean): boolean {
  if (!lineOf(state, start).startsWith('<!--')) return false;
  let line = start;
  while (line < end && !lineOf(state, line).includes('-->')) line += 1;
  if (line === end || !lineOf(state, line).endsWith('-->')) return false;
  if (!silent) state.line = line + 1;
  return true;
}

const reference =
  /(?<![\w/&])(?:#(?<issue>\d{1,9})|!(?<mr>\d{1,9})|@(?<user>[a-z0-9][\w.-]{0,60}))(?![\w])|:(?<emoji>[a-z0-9_+-]{1,40}):/gi;

/** `#12`, `!3`, `@name` and `:eyes:` inside one text token. */
function refer(text: string, make: StateCore['Token'], env: { base?: string }): Token[] {
  const tokens: Token[] = [];
  const plain = (content: string) => {
    if (content === '') return;
    const token = new make('text', '', 0);
    token.content = content;
    tokens.push(token);
  };
  let last = 0;
  for (const found of text.matchAll(reference)) {
    const { issue, mr, user, emoji } = found.groups ?? {};
    const path = issue ? `work_items/${issue}` : mr ? `merge_requests/${mr}` : undefined;
    const known = emoji === undefined ? undefined : emojiOf(emoji);
    if (emoji !== undefined && known === undefined) continue;
    plain(text.slice(last, found.index));
    last = found.index + found[0].length;
    if (known !== undefined) {
      plain(known);
      continue;
    }
    const open = new make('link_open', user ? 'strong' : 'a', 1);
    if (path) open.attrSet('href', `${env.base ?? ''}/${path}`);
    else open.attrSet('class', 'mention');
    tokens.push(open);
    plain(found[0]);
    tokens.push(new make('link_close', user ? 'strong' : 'a', -1));
  }
  plain(text.slice(last));
  return tokens;
}

function references(state: StateCore): void {
  for (const [index, block] of state.tokens.entries()) {
    if (block.type !== 'inline' || !block.children) continue;
    const inItem = state.tokens[index - 2]?.type === 'list_item_open';
    let depth = 0;
    block.children = block.children.flatMap((token, nth) => {
      if (token.type === 'link_open') depth += 1;
      if (token.type === 'link_close') depth -= 1;
      if (token.type !== 'text' || depth > 0) return [token];
      if (inItem && nth === 0)
        token.content = token.content.replace(/^\[([ x])\] /, (_, mark) =>
          mark === 'x' ? '☑ ' : '☐ ',
        );
      return refer(token.content, state.Token, state.env as { base?: string });
    });
  }
}

/** The page has a title of its own: headings of texts stand one step lower. */
function lowerHeadings({ tokens }: StateCore): void {
  for (const token of tokens) {
    if (!token.type.startsWith('heading_')) continue;
    token.tag = `h${String(Math.min(6, Number(token.tag.slice(1)) + 1))}`;
  }
}

/** Adds what GitLab's Markdown has over CommonMark, without letting any HTML through. */
export function gitlabRules(markdown: MarkdownIt): void {
  const alt = { alt: ['paragraph', 'reference', 'blockquote', 'list'] };
  markdown.block.ruler.before('html_block', 'details', details, alt);
  markdown.block.ruler.before('html_block', 'comment', comment, alt);
  markdown.inline.ruler.before('html_inline', 'comment_or_break', (state, silent) => {
    const found = /^(?:<!--[\s\S]*?-->|(<br ?\/?>))/.exec(
      state.src.startsWith('<', state.pos) ? state.src.slice(state.pos, state.pos + 2000) : '',
    );
    if (found === null) return false;
    if (!silent && found[1] !== undefined) state.push('hardbreak', 'br', 0);
    state.pos += found[0].length;
    return true;
  });
  markdown.core.ruler.push('references', references);
  markdown.core.ruler.push('lower_headings', lowerHeadings);
}
