import { createHash } from 'node:crypto';

/**
 * Texts of others, each between marks that the text cannot hold: the mark is a hash of all of them, so whoever wrote
 * one would have to find a text that names its own hash; if one ever does, the next hash is taken. What cannot be seen is
 * left out, and what only looks like such a mark or like the signs by which programs tell a model who speaks is
 * broken up. Pure.
 */
export function fence(data: Readonly<Record<string, string>>): { mark: string; text: string } {
  const entries = Object.entries(data).map(
    // A name may be that of a file.
    ([name, content]) => [name.replace(/[^\p{L}\p{N} ._/-]/gu, '_'), harmless(content)] as const,
  );
  const mark = markFor(JSON.stringify(entries));
  const blocks = entries.map(
    ([name, content]) => `<<<${mark} ${name}>>>\n${content}\n<<<${mark} end>>>`,
  );
  return { mark, text: blocks.join('\n\n') };
}

function markFor(content: string): string {
  let mark: string;
  let salt = 0;
  do {
    mark = `data-${createHash('sha256')
      .update(`${String(salt)}\n${content}`)
      .digest('hex')
      .slice(0, 24)}`;
    salt += 1;
  } while (content.includes(mark));
  return mark;
}

/** Line breaks of every kind; GitLab, models and people do not agree on which count. */
const breaks = /\r\n?|[\u0085\u2028\u2029\v\f]/g;
/**
 * Controls, format characters (tags that spell words nobody sees, signs that turn a line) but the joiners and the sign before
 * a family of emoji, and selectors that can hold bytes.
 */
const unseen =
  /(?![\n\t\u200C\u200D])[\p{Cc}\p{Cf}]|[\u{E0100}-\u{E01EF}]|(?<=[\uFE00-\uFE0F])[\uFE00-\uFE0F]+|(?<=[\u200C\u200D])[\u200C\u200D]+/gu;
/** How a block of data begins and ends, as somebody might write it to end one of ours. */
const likeMark = /[<＜‹«〈《⟨❮≪⋘]{2,}(?=[^a-z0-9]{0,12}(?:data|end)\b)/giu;
/** Signs that some servers read as their own, wherever they stand: ChatML, Llama, Mistral, Gemma and the like. */
const likeTurn =
  /<(?=\|[\w ]{1,40}\|>)|<(?=\/?s>)|<(?=(?:start|end)_of_turn>)|<(?=<\/?sys>>)|\[(?=\/?(?:inst|system_prompt|available_tools|tool_calls|tool_results)\])/gi;

function harmless(content: string): string {
  return content
    .toWellFormed()
    .replace(breaks, '\n')
    .replace(unseen, '')
    .replace(likeMark, '<')
    .replace(likeTurn, '$& ');
}
