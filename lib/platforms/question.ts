import { type Markup, parseMarkup } from './markup.ts';

/**
 * For networks whose polls have a question of their own: the last paragraph of a Markdown text is what is asked, in
 * plain words; `before` is what stands above it, empty when nothing does.
 */
export function splitQuestion(text: string): { before: Markup; question: string } {
  const { plain, spans } = parseMarkup(text.trim());
  const cut = plain.lastIndexOf('\n\n');
  if (cut < 0) return { before: { plain: '', spans: [] }, question: plain };
  const within = spans.filter(({ start }) => start < cut);
  return {
    before: {
      plain: plain.slice(0, cut),
      spans: within.map((span) => ({ ...span, end: Math.min(span.end, cut) })),
    },
    question: plain.slice(cut + 2),
  };
}
