import type { Markup, Span } from '../markup.ts';

const mail = /^mailto:/i;

/**
 * The text with mail addresses behind the words that link to them: Telegram links to pages alone and would drop them
 * without a word. It finds addresses that stand in the text by itself.
 */
export function spellOut({ plain, spans }: Markup): Markup {
  const inserts = spans.flatMap(({ style, start, end, url = '' }) => {
    const address = url.replace(mail, '');
    const hidden = style === 'link' && mail.test(url) && plain.slice(start, end) !== address;
    return hidden ? [{ at: end, text: ` (${address})` }] : [];
  });
  const shift = (place: number, isEnd: boolean) =>
    inserts
      .filter(({ at }) => (isEnd ? at < place : at <= place))
      .reduce((sum, { text }) => sum + text.length, place);
  const kept = spans.filter(({ style, url = '' }) => style !== 'link' || !mail.test(url));
  return {
    plain: inserts.reduceRight(
      (text, { at, text: more }) => text.slice(0, at) + more + text.slice(at),
      plain,
    ),
    spans: kept.map((span): Span => ({
      ...span,
      start: shift(span.start, false),
      end: shift(span.end, true),
    })),
  };
}
