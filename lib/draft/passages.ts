import MarkdownIt from 'markdown-it';

/** A piece of a file that says one thing. */
export interface Passage {
  path: string;
  /** Headings it stands below, outermost first, e.g. `Bitcoin > Fees`; empty for none. */
  heading: string;
  text: string;
}

/** Characters of a passage at most, without its heading. */
const longest = 600;

const markdown = new MarkdownIt('commonmark');

/**
 * Splits a Markdown or plain text into passages of at most 600 characters: paragraphs, lists and whatever else stands at
 * the top level, neighbours below one heading together as far as they fit; a longer one parts between sentences, or words.
 * Every word stands in exactly one; headings alone are none.
 */
export function passagesOf(path: string, text: string): readonly Passage[] {
  const lines = text.split(/\r\n?|\n/);
  const tokens = markdown.parse(lines.join('\n'), {});
  const headings: string[] = [];
  const passages: Passage[] = [];
  let open = false;
  const add = (block: string) => {
    const last = passages.at(-1);
    if (open && last && last.text.length + block.length + 2 <= longest) last.text += `\n\n${block}`;
    else passages.push({ path, heading: headings.filter(Boolean).join(' > '), text: block });
    open = true;
  };
  tokens.forEach(({ type, level, tag, map, nesting }, at) => {
    if (level !== 0 || nesting < 0 || !map) return;
    if (type === 'heading_open') {
      const depth = Number(tag.slice(1)) - 1;
      headings.length = Math.min(headings.length, depth);
      headings[depth] = tokens[at + 1]?.content ?? '';
      open = false;
    } else
      piecesOf(
        lines
          .slice(...map)
          .join('\n')
          .trim(),
      ).forEach(add);
  });
  return passages;
}

/** Text in pieces that are short enough. */
function piecesOf(text: string): string[] {
  if (text.length <= longest) return text === '' ? [] : [text];
  const pieces = [''];
  for (const granularity of ['sentence', 'word', 'grapheme'] as const) {
    const parts = [...new Intl.Segmenter('en', { granularity }).segment(text)];
    if (granularity !== 'grapheme' && parts.some(({ segment }) => segment.length > longest))
      continue;
    for (const { segment } of parts) {
      const last = pieces.at(-1) ?? '';
      if (last.length + segment.length <= longest) pieces[pieces.length - 1] = last + segment;
      else pieces.push(segment);
    }
    break;
  }
  return pieces.map((piece) => piece.trim()).filter((piece) => piece !== '');
}

/** Passages of one file as a text again, each heading once. */
export function joinPassages(passages: readonly Passage[]): string {
  return passages
    .map(({ heading, text }, at) =>
      heading === '' || heading === passages[at - 1]?.heading ? text : `# ${heading}\n\n${text}`,
    )
    .join('\n\n');
}
