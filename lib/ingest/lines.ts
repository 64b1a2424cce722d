/** Longest line that is read, bytes. */
export const lineLimit = 8 * 1024 * 1024;

const newline = 0x0a;

/** A line, or undefined for one that is too long. */
export type Line = string | undefined;

/**
 * Cuts bytes into lines, at \n only: the texts of posts hold U+2028 and other ends of lines. However the bytes are cut
 * into chunks, the lines are the same. Keeps at most `limit` bytes; a longer line is given out as undefined.
 */
export function createLineSplitter(limit = lineLimit) {
  let kept: Uint8Array[] = [];
  let size = 0;
  /** In the middle of a line that is too long. */
  let skipping = false;

  const keep = (bytes: Uint8Array) => {
    size += bytes.length;
    if (size > limit) skipping = true;
    if (skipping) kept = [];
    else if (bytes.length > 0) kept.push(bytes);
  };
  const take = (): Line => {
    const line = skipping ? undefined : decode(kept);
    kept = [];
    size = 0;
    skipping = false;
    return line;
  };

  return {
    /** Lines that end in this chunk. */
    push(chunk: Uint8Array): Line[] {
      const last = chunk.lastIndexOf(newline);
      const rest = chunk.subarray(last + 1);
      if (last === -1) {
        keep(rest);
        return [];
      }
      const whole = chunk.subarray(0, last);
      let lines: Line[];
      // Decoding many lines at once is several times as fast; none of them can be too long here.
      if (!skipping && size + whole.length <= limit) {
        kept.push(whole);
        lines = cut(decode(kept));
        kept = [];
        size = 0;
      } else lines = oneByOne(whole);
      keep(rest);
      return lines;
    },
    /** The last line, when it has no \n; nothing otherwise. */
    end: (): Line[] => (size > 0 ? [take()] : []),
  };

  function oneByOne(bytes: Uint8Array): Line[] {
    const lines: Line[] = [];
    let from = 0;
    for (;;) {
      const to = bytes.indexOf(newline, from);
      keep(bytes.subarray(from, to === -1 ? undefined : to));
      lines.push(take());
      if (to === -1) return lines;
      from = to + 1;
    }
  }
}

/** As UTF-8; bytes that are none become U+FFFD, as everywhere on the web. */
function decode(parts: readonly Uint8Array[]): string {
  const [only] = parts;
  const all = parts.length === 1 && only ? only : Buffer.concat(parts);
  return Buffer.from(all.buffer, all.byteOffset, all.byteLength).toString('utf8');
}

function cut(text: string): string[] {
  const lines: string[] = [];
  let from = 0;
  for (let to = text.indexOf('\n'); to !== -1; to = text.indexOf('\n', from)) {
    lines.push(text.slice(from, to));
    from = to + 1;
  }
  lines.push(text.slice(from));
  return lines;
}
