import { createHash } from 'node:crypto';

/**
 * Texts of others, each between marks that the text cannot hold: the mark is a hash of all of them, so whoever wrote
 * one would have to find a text that names its own hash; if one ever does, the next hash is taken. Pure.
 */
export function fence(data: Readonly<Record<string, string>>): { mark: string; text: string } {
  const entries = Object.entries(data);
  const all = JSON.stringify(entries);
  const mark = markFor(all);
  const blocks = entries.map(([name, content]) => {
    // A name may be that of a file.
    const shown = name.replace(/[^\p{L}\p{N} ._/-]/gu, '_');
    return `<<<${mark} ${shown}>>>\n${content}\n<<<${mark} end>>>`;
  });
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
