/**
 * How any text is kept in the body of a post. A line that would mean something there gets one backslash in front, and
 * so does one that already has backslashes there; reading takes one away. Blank lines at either end of a part would not
 * count, so they are kept as a backslash alone. Lines end with \n; \r\n and \r are read as that.
 */

/** `---`, `## x`, `### x`, or nothing but backslashes, whatever backslashes stand in front. */
const meaning = /^\\*(?:-{3,}[ \t]*|#{2,3}(?:[ \t][^]*)?|[ \t]*)$/;

/** Lines of a part as they stand in the file; none for an empty text. */
export function escapePart(text: string): readonly string[] {
  if (text === '') return [];
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const first = lines.findIndex((line) => !isBlank(line));
  const last = lines.findLastIndex((line) => !isBlank(line));
  return lines.map((line, index) => {
    if (!isBlank(line)) return meaning.test(line) ? `\\${line}` : line;
    return first !== -1 && index > first && index < last ? line : `\\${line}`;
  });
}

/** The text that stands in these lines of a file; blank lines at both ends do not count. */
export function unescapePart(lines: readonly string[]): string {
  return trimBlank(lines)
    .map((line) => (line.startsWith('\\') && meaning.test(line) ? line.slice(1) : line))
    .join('\n');
}

export const isBlank = (line: string) => /^[ \t]*$/.test(line);

function trimBlank(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => !isBlank(line));
  return first === -1 ? [] : lines.slice(first, lines.findLastIndex((line) => !isBlank(line)) + 1);
}
