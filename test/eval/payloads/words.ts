import { parseHTML } from 'linkedom';

/** What is used of a document; the types of browsers are not loaded here. */
type Parse = (html: string) => { document: { body: { textContent: string } } };

/** Text of HTML as a browser has it: no tags, entities as characters. */
export function textOfHtml(html: string): string {
  if (!/[<&]/.test(html)) return html;
  const spaced = html.replace(/<(br|\/p|\/div|\/li)\b[^>]*>/gi, '\n$&');
  const { document } = (parseHTML as unknown as Parse)(`<html><body>${spaced}</body></html>`);
  return document.body.textContent;
}

/** A text in which only entities may stand, as X and Reddit send them. */
export const unescaped = (text: string): string =>
  text.includes('&') ? textOfHtml(text.replace(/</g, '&lt;')) : text;

const address = /https?:\/\/[^\s<>"“”’»]+/g;

/** What is compared of a text: all but blanks and addresses, or only letters, digits and emoji. */
export function essence(text: string, exact: boolean): string {
  const rest = text
    .normalize('NFC')
    .replace(address, '')
    .replace(/[\u200B\uFEFF]/g, '');
  return exact
    ? rest.replace(/\s+/g, '')
    : rest.replace(/[^\p{L}\p{N}\p{M}\p{Extended_Pictographic}]+/gu, '');
}

const link = /\[([^\][]*)\]\(\s*<?((?:[^()\s<>]|\([^()\s]*\))*)>?(?:\s+"([^"]*)")?\s*\)/g;

/** Markdown of Reddit without where it links to: the words, and what a spoiler or note of its own hides below them. */
export const withoutLinks = (markdown: string): string =>
  markdown
    .replace(link, (_, words: string, target: string, title: string | undefined) =>
      /^https?:|^mailto:/i.test(target) ? words : `${words} ${title ?? ''}`,
    )
    .replace(/\\(?=[!-/:-@[-`{-~])/g, '');
