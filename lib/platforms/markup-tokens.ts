/** One piece of a text, in its order; the `source` of all of them joined is the text. */
export interface Token {
  /**
   * `text` as it stands; `whole`: an address, mention, hashtag or cashtag, whose marks are its own; `mark`: a run of
   * one mark; `bracket` of a link; `break`: a blank line, which nothing reaches across.
   */
  kind: 'text' | 'whole' | 'escape' | 'code' | 'mark' | 'bracket' | 'break';
  source: string;
  /** What people read of it; shortened when its marks find their counterpart. */
  text: string;
  /** Of a mark: what may stand inside of it, to its right or to its left. */
  opens?: boolean;
  closes?: boolean;
}

/** A link from its `[` to its `](url)`, by index of the tokens. */
export interface Link {
  from: number;
  to: number;
  url: string;
}

const word = String.raw`\p{L}\p{N}\p{M}_`;

/** Whatever can mean something, the first that fits. */
const special = new RegExp(
  [
    String.raw`(?<escape>\\[!-\/:-@[-\x60{-~])`,
    '(?<code>`+)',
    // With a scheme, or a name with a path.
    String.raw`(?<address>(?:https?:\/\/|(?<![${word}@.-])(?:[\p{L}\p{N}][\p{L}\p{N}\p{M}-]*\.)+\p{L}{2,}(?::\d+)?\/)[^\s<>\\\x60"]*)`,
    String.raw`(?<name>@[\p{L}\p{N}_][${word}.\-]*(?:@[\p{L}\p{N}_][${word}.\-]*)?|[#＃][${word}]+|\$[A-Za-z]{1,6}(?:[._][A-Za-z]{1,2})?(?![\p{L}\p{N}]))`,
    String.raw`(?<mark>\*+|_+|~+)`,
    String.raw`(?<bracket>[[\]])`,
    String.raw`(?<break>\r?\n[ \t]*\r?\n)`,
  ].join('|'),
  'giu',
);

const target = /\]\(((?:https?:\/\/|mailto:)(?:[^\s()<>\\]|\([^\s()<>\\]*\))+)\)/iy;

/** Pieces of a text, and the links among them. Without `links`, brackets are marks like all others. */
export function readTokens(
  source: string,
  { links: reading = true }: { links?: boolean } = {},
): { tokens: Token[]; links: readonly Link[] } {
  const tokens: Token[] = [];
  const links: Link[] = [];
  let open: number[] = [];
  const alone: number[] = [];
  let rest = 0;
  const push = (kind: Token['kind'], to: number, text = source.slice(rest, to)) => {
    tokens.push({ kind, source: source.slice(rest, to), text });
    rest = to;
  };
  special.lastIndex = 0;
  for (let found = special.exec(source); found; found = special.exec(source)) {
    const at = found.index;
    if (at > rest) push('text', at);
    const { escape, code, address, name, mark, bracket } = found.groups ?? {};
    if (escape !== undefined) push('escape', at + 2, escape.slice(1));
    else if (code !== undefined) pushCode(code.length);
    else if (address !== undefined) push('whole', at + addressLength(address));
    else if (name !== undefined) push('whole', at + name.length);
    else if (mark !== undefined) pushMark(mark);
    else if (bracket !== undefined) pushBracket(bracket);
    else {
      // The second line end may begin another blank line.
      push('break', at + found[0].length - 1);
      open = [];
    }
    special.lastIndex = rest;
  }
  if (rest < source.length) push('text', source.length);
  return { tokens, links };

  function pushCode(length: number) {
    // Once looked for in vain, no other run of this length on the line has a counterpart.
    const inner = rest < (alone[length] ?? 0) ? undefined : codeIn(source, rest + length, length);
    if (inner === undefined) alone[length] = lineEnd(source, rest);
    if (inner === undefined) push('text', rest + length);
    else push('code', rest + length + inner.length + length, trimmed(inner));
  }

  function pushMark(mark: string) {
    const before = /[^]$/u.exec(source.slice(Math.max(0, rest - 2), rest))?.[0] ?? '';
    const after = String.fromCodePoint(source.codePointAt(rest + mark.length) ?? 0x20);
    push('mark', rest + mark.length);
    const free = { opens: !inWord(before), closes: !inWord(after) };
    Object.assign(tokens.at(-1) ?? {}, {
      opens: works(mark) && free.opens && !/[\s)\]}]/.test(after),
      closes: works(mark) && free.closes && before !== '' && !/[\s([{]/.test(before),
    });
  }

  function pushBracket(bracket: string) {
    if (bracket === '[') {
      open.push(tokens.length);
      push('bracket', rest + 1);
      return;
    }
    const from = open.pop();
    target.lastIndex = rest;
    const url = reading && from !== undefined && target.exec(source);
    const words = tokens.slice((from ?? 0) + 1);
    if (!url || words.every(({ text }) => text.trim() === '')) {
      push('bracket', rest + 1);
      return;
    }
    const to = tokens.length;
    links.push({ from, to, url: url[1] ?? '' });
    Object.assign(tokens[from] ?? {}, { text: '' });
    push('bracket', rest + url[0].length, '');
    // No link holds another.
    open = [];
  }
}

/** What stands between backticks, up to as many of them on the same line. */
function codeIn(source: string, from: number, length: number): string | undefined {
  const run = /`+|[\r\n]/g;
  run.lastIndex = from;
  for (let found = run.exec(source); found?.[0].startsWith('`'); found = run.exec(source))
    if (found[0].length === length) return source.slice(from, found.index);
  return undefined;
}

function lineEnd(source: string, from: number): number {
  const end = source.slice(from).search(/[\r\n]/);
  return end === -1 ? source.length : from + end;
}

/** A blank at either end makes room for backticks. */
function trimmed(code: string): string {
  return /^ [^]*[^ ][^]* $/.test(code) ? code.slice(1, -1) : code;
}

/** An address without the brackets and stops around it. */
function addressLength(address: string): number {
  const open: string[] = [];
  let end = 0;
  for (; end < address.length; end += 1) {
    const char = address.charAt(end);
    if (char === '(' || char === '[') open.push(char);
    else if (char === ')' && open.pop() !== '(') break;
    else if (char === ']' && open.pop() !== '[') break;
  }
  const kept = address.slice(0, end).replace(/[.,:;!?…'’*_~]+$/, '');
  return Math.max(kept.length, 1);
}

const works = (mark: string) =>
  mark.startsWith('*') ? mark.length <= 3 : mark.length === (mark.startsWith('~') ? 2 : 1);

/** Letters of scripts with spaces between words; marks work right next to the others. */
function inWord(char: string): boolean {
  if (/[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Thai}\p{scx=Khmr}]/u.test(char))
    return false;
  return /[\p{L}\p{N}\p{M}_]/u.test(char);
}
