import { type Markup, parseMarkup, withLinks } from '../markup.ts';

/** Reserved in "little text": anything of it that is not escaped may cut the text short there. */
const reserved = /[\\|{}@[\]()<>#*_~]/g;

const escape = (text: string): string => text.replace(reserved, (mark) => `\\${mark}`);

/** `#word` where LinkedIn would link it: not within a word or an address. */
const hashtag = /(?<![\p{L}\p{N}\p{M}_&/])#([\p{L}\p{N}\p{M}]+)/gu;

/** The page of a company by its number: what a mention needs to know. */
const company = /^https:\/\/(?:www\.)?linkedin\.com\/company\/(\d+)\/?$/;

/**
 * A text in LinkedIn's "little text format" (learn.microsoft.com, little-text-format): everything reserved is
 * escaped, hashtags become `{hashtag|\#|word}`, links to `linkedin.com/company/<number>` mentions of that company, other
 * links stand behind their words.
 */
export function toLittle(markup: Markup): string {
  let little = '';
  let rest = 0;
  for (const { start, end, url } of markup.spans) {
    const number = company.exec(url ?? '')?.[1];
    if (number === undefined) continue;
    little += words(slice(markup, rest, start));
    little += `@[${escape(markup.plain.slice(start, end))}](urn:li:organization:${number})`;
    rest = end;
  }
  return little + words(slice(markup, rest, markup.plain.length));
}

/** What people read of a Markdown text: mentions by their words alone. */
export function show(text: string): string {
  const { plain, spans } = parseMarkup(text);
  return withLinks({ plain, spans: spans.filter(({ url }) => !company.test(url ?? '')) });
}

function words(markup: Markup): string {
  const plain = withLinks(markup);
  let little = '';
  let rest = 0;
  for (const { index, 0: all, 1: word = '' } of plain.matchAll(hashtag)) {
    little += `${escape(plain.slice(rest, index))}{hashtag|\\#|${word}}`;
    rest = index + all.length;
  }
  return little + escape(plain.slice(rest));
}

function slice({ plain, spans }: Markup, from: number, to: number): Markup {
  const within = spans.filter(({ start, end }) => start >= from && end <= to);
  return {
    plain: plain.slice(from, to),
    spans: within.map((span) => ({ ...span, start: span.start - from, end: span.end - from })),
  };
}

/** What people read of a text in little text format. */
export function fromLittle(little: string): string {
  return little
    .replace(/\{hashtag\|(?:\\?[#＃])\|((?:\\.|[^\\{}|])*)\}/gu, '\\#$1')
    .replace(/@\[((?:\\.|[^\\\]])*)\]\((?:\\.|[^\\)])*\)/gu, '$1')
    .replace(/\\([\\|{}@[\]()<>#*_~])/g, '$1');
}
