import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { fail } from '../../../errors.ts';
import type { Problem } from '../../../problem.ts';
import { labels } from '../labels.ts';

/** A text and what people said of it. */
export interface Labelled {
  text: string;
  /** 0 negative, 1 neutral, 2 positive. */
  label: 0 | 1 | 2;
  /** Part of a collection, e.g. `twitter-2013train-A`; empty where the file has none. */
  split: string;
}

/** Lines of a text file, unzipped when it is gzip. Throws INPUT_UNREADABLE. */
export function readLines(file: string): readonly string[] {
  try {
    const bytes = readFileSync(file);
    const zipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const lines = (zipped ? gunzipSync(bytes) : bytes).toString('utf8').split(/\r?\n/);
    return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw fail('INPUT_UNREADABLE', { file, why }, error);
  }
}

/** Some collections write characters as `\u002c`, literally. */
export const unescape = (text: string): string =>
  text.replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );

/**
 * Reads `id, split, label, text` (or `id, label, text`) a line, tabs between; the label is a word or 0, 1, 2. Lines that
 * hold nothing of the kind are problems and left out.
 */
export function readLabelled(file: string): { texts: Labelled[]; problems: Problem[] } {
  const texts: Labelled[] = [];
  const problems: Problem[] = [];
  for (const [index, line] of readLines(file).entries()) {
    const found = parseLine(line);
    if (found) texts.push(found);
    else if (line.trim() !== '') problems.push(wrong(file, index + 1, line));
  }
  return { texts, problems };
}

function parseLine(line: string): Labelled | undefined {
  const parts = line.split('\t');
  for (const at of [2, 1]) {
    const label = labelOf(parts[at] ?? '');
    const text = parts.slice(at + 1).join('\t');
    if (label !== undefined && text.trim() !== '')
      return { text: unescape(text), label, split: at === 2 ? (parts[1] ?? '') : '' };
  }
  return undefined;
}

/** A label as a word or a number. */
export function labelOf(word: string): 0 | 1 | 2 | undefined {
  const known = word.trim().toLowerCase();
  const at = (['0', '1', '2'] as const).findIndex(
    (digit, index) => known === digit || known === labels[index],
  );
  return at === 0 || at === 1 || at === 2 ? at : undefined;
}

const wrong = (file: string, line: number, text: string): Problem => ({
  file,
  line,
  rule: 'no-labelled-text',
  severity: 'warning',
  message: `"${text.slice(0, 60)}" is no text with a label`,
  expected: 'id, split, label (negative, neutral or positive), text, with tabs between',
});
