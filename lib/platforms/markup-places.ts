import { readStyled } from './markup-marks.ts';
import type { Style } from './markup.ts';

/** Where something stands in the Markdown itself, in UTF-16 units. */
export interface Place {
  from: number;
  to: number;
}

/** A marked range. From `from` to `to` it holds its marks; what they mark lies from `start` to `end`. */
export interface MarkedPlace extends Place {
  start: number;
  end: number;
  style: Style;
  /** What opens and closes code. */
  fence?: string;
}

/**
 * What must not be cut in a Markdown text: `whole` are addresses, mentions, hashtags, cashtags, links and escapes;
 * `marked` is what a cut would have to close and open again.
 */
export function placesIn(text: string): {
  whole: readonly (Place & { kind: 'address' | 'name' | 'escape' })[];
  marked: readonly MarkedPlace[];
  /** What people read of a part of it. */
  plain: (part: Place) => string;
} {
  const { tokens, styled } = readStyled(text);
  const ends: number[] = [];
  for (const { source } of tokens) ends.push((ends.at(-1) ?? 0) + source.length);
  const startOf = (index: number) => ends[index - 1] ?? 0;
  const endOf = (index: number) => ends[index] ?? text.length;

  const plain = (part: Place) => {
    const texts = tokens.map(({ kind, source, text: read }, index) => {
      const from = startOf(index);
      const begins = part.from <= from && from < part.to;
      if ((begins && endOf(index) <= part.to) || !/^(?:text|whole|code)$/.test(kind))
        return begins ? read : '';
      const fence = kind === 'code' ? source.indexOf(read, 1) : 0;
      const at = (position: number) => Math.max(0, position - from - fence);
      return read.slice(at(part.from), at(part.to));
    });
    return texts.join('');
  };
  const links = styled.filter(({ style }) => style === 'link');
  const whole = tokens.flatMap(({ kind, source }, index) => {
    if (kind !== 'whole' && kind !== 'escape') return [];
    const name = /^[@#＃$]/.test(source) ? ('name' as const) : ('address' as const);
    return [{ from: startOf(index), to: endOf(index), kind: kind === 'whole' ? name : kind }];
  });
  const marked = styled.filter(({ style }) => style !== 'link');
  return {
    plain,
    whole: [
      ...whole,
      ...links.map(({ from, to }) => ({
        from: startOf(from),
        to: endOf(to),
        kind: 'address' as const,
      })),
    ],
    marked: marked.map(({ from, to, style }): MarkedPlace => {
      const outer = { from: startOf(from), to: endOf(to), style };
      if (style !== 'code') return { ...outer, start: endOf(from), end: startOf(to) };
      const fence = /^`+/.exec(tokens[from]?.source ?? '')?.[0] ?? '';
      const inner = { start: outer.from + fence.length, end: outer.to - fence.length };
      return { ...outer, ...inner, fence };
    }),
  };
}
