import { fail } from '../errors.ts';
import { type Layout, layOut, type Section, splice } from './layout.ts';
import { partsOf } from './parse.ts';
import { partLines } from './render.ts';

export { setSchedule, setUse } from './settings.ts';

export interface Words {
  parts: readonly string[];
  /** By name of target or platform. One that is not named here stays as it is; an empty list takes it away. */
  overrides?: Readonly<Record<string, readonly string[]>>;
}

/**
 * Puts other words into one variant. Only lines whose words change are written; everything else, also blank lines,
 * line ends and comments, stays byte for byte. Throws INTERNAL when there is no such variant.
 */
export function replaceVariant(text: string, name: string, words: Words): string {
  const given = Object.entries(words.overrides ?? {});
  const edits = [
    (now: string) => replaceSection(now, name, undefined, words.parts),
    ...given.map(
      ([target, parts]) =>
        (now: string) =>
          replaceSection(now, name, target, parts),
    ),
  ];
  return edits.reduce((now, edit) => edit(now), text);
}

function replaceSection(
  text: string,
  name: string,
  target: string | undefined,
  parts: readonly string[],
): string {
  const layout = layOut(text);
  const variant = layout.variants.find((each) => each.name === name);
  if (!variant) throw fail('INTERNAL', { why: `the post has no variant "${name}"` });
  const section =
    target === undefined ? variant : variant.overrides.find((each) => each.name === target);
  if (section === undefined) {
    if (parts.length === 0) return text;
    const last = variant.overrides.at(-1) ?? variant;
    const end = lastLine(last);
    return splice(layout, end, end, ['', `### ${target ?? ''}`, ...partLines(parts)]);
  }
  if (target !== undefined && parts.length === 0) {
    const from = section.heading;
    return splice(layout, from, nextHeading(layout, section), []);
  }
  if (same(partsOf(layout, section), parts)) return text;
  const first = section.parts[0];
  const oneEach = section.parts.length === parts.length;
  if (oneEach && first !== undefined) {
    // Part by part, so that what stands between them stays; from the end, so that the lines before keep their place.
    return section.parts.reduceRight((now, span, index) => {
      const part = parts[index] ?? '';
      const at = layOut(now);
      return partsOf(layout, section)[index] === part
        ? now
        : splice(at, ...around(at, span), partLines([part]));
    }, text);
  }
  return splice(layout, section.heading + 1, lastLine(section), partLines(parts));
}

/** A part's lines with one blank line before it, if there is one. */
function around(layout: Layout, { from, to }: { from: number; to: number }): [number, number] {
  const blank = /^[ \t]*$/.test(layout.lines[from - 1] ?? 'x');
  return [blank ? from - 1 : from, to];
}

/** Line after the last one of a section that is not blank. */
function lastLine(section: Section): number {
  const { from = 0, to = 0 } = section.parts.at(-1) ?? {};
  return Math.max(section.heading + 1, from < to ? to : from);
}

function nextHeading(layout: Layout, section: Section): number {
  const headings = layout.variants.flatMap((each) => [
    each.heading,
    ...each.overrides.map(({ heading }) => heading),
  ]);
  return headings.find((at) => at > section.heading) ?? layout.lines.length;
}

const same = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((each, index) => each === b[index]);
