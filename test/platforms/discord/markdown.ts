/**
 * What Discord shows of its Markdown, by the rules its client is known to have; no more of it than a bot's posts use.
 * Blocks that would be shown as such become `<block>`, so that an escape that is missing is seen.
 */
export function shownOf(content: string): string {
  return inline(content.replace(/^[ \t]*(?:#{1,3}|-#|>|>>>|[-*+]|\d+[.)])\s/gm, '<block>'));
}

const rules: readonly [RegExp, (match: string[]) => string][] = [
  [/^\\([^0-9A-Za-z\s])/, ([, sign = '']) => sign],
  [/^(`+)([^]*?[^`])\1(?!`)/, ([, , code = '']) => code.replace(/^ (?=`)|(?<=`) $/g, '')],
  [
    /^\[((?:\[[^\]]*\]|\\[^]|[^[\]\\])*)\]\(<?(https?:\/\/[^\s)>]+)>?\)/,
    ([, words = '', url = '']) =>
      /^https?:\/\//.test(words) ? `${words} (${url})` : inline(words),
  ],
  [/^<(?:@[!&]?|#|a?:\w+:|t:|id:|\/)[^>]*>/, () => '<mention>'],
  [/^https?:\/\/[^\s<]+[^<.,:;"'\]\s]/, ([all = '']) => all],
  [/^\*\*((?:\\[^]|[^\\])+?)\*\*(?!\*)/, ([, words = '']) => inline(words)],
  [
    /^\*(?=\S)((?:\*\*|\\[^]|\s+(?:\\[^]|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)/,
    ([, words = '']) => inline(words),
  ],
  [/^__((?:\\[^]|[^\\])+?)__(?!_)/, () => '<underlined>'],
  [/^~~((?:\\[^]|[^\\])+?)~~/, ([, words = '']) => inline(words)],
  [/^\|\|([^]+?)\|\|/, () => '<spoiler>'],
];

function inline(text: string): string {
  let out = '';
  let rest = text;
  while (rest !== '') {
    const before = out.at(-1) ?? '';
    const italic = /[A-Za-z0-9]/.test(before)
      ? null
      : /^_((?:__|\\[^]|[^\\_])+?)_(?![A-Za-z0-9_])/.exec(rest);
    if (italic) {
      out += inline(italic[1] ?? '');
      rest = rest.slice(italic[0].length);
      continue;
    }
    const found = rules
      .map(([pattern, show]) => ({ match: pattern.exec(rest), show }))
      .find(({ match }) => match !== null);
    const length =
      found?.match?.[0].length ?? String.fromCodePoint(rest.codePointAt(0) ?? 32).length;
    out += found?.match ? found.show([...found.match]) : rest.slice(0, length);
    rest = rest.slice(length);
  }
  return out;
}
