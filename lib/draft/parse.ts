import type { Problem } from '../problem.ts';
import { readYaml } from '../store/yaml.ts';
import type { PostDocument, Variant } from './document.ts';
import { linkEntry, mediaEntry, pollEntry } from './entries.ts';
import { unescapePart } from './escape.ts';
import { frontSchema, frontText } from './front.ts';
import { type Layout, layOut, type Section } from './layout.ts';

export interface ParsedDocument {
  /** Absent when there is an error. */
  document?: PostDocument;
  problems: readonly Problem[];
}

/**
 * A post from its text, or everything that is wrong with its structure at once. Line ends of Windows, a byte order
 * mark, blanks at the end of headings and a missing last line end are taken as they come.
 */
export function parseDocument(text: string, file: string): ParsedDocument {
  const layout = layOut(text);
  const problems: Problem[] = structureProblems(layout, file);
  if (!layout.front) return { problems };

  const { text: front, firstLine } = frontText(layout);
  const read = readYaml(front, frontSchema, { file, firstLine, rule: 'front-matter' });
  problems.unshift(...read.problems);
  if (!read.value || problems.length > 0) return { problems };

  const { use, schedule, language, split, title, reply, media, poll, link, ...rest } = read.value;
  const document: PostDocument = {
    ...rest,
    ...(use !== undefined && { use }),
    ...(schedule !== undefined && { schedule }),
    ...(language !== undefined && { language }),
    ...(split !== undefined && split !== false && { split }),
    ...(title !== undefined && { title }),
    ...(reply !== undefined && { reply }),
    media: media.map(mediaEntry),
    ...(poll && { poll: pollEntry(poll) }),
    ...(link && { link: linkEntry(link) }),
    variants: layout.variants.map((section) => variantOf(layout, section)),
  };
  return { document, problems };
}

/** The id in the front matter, also of a post that has problems elsewhere. */
export function documentId(text: string): string | undefined {
  const layout = layOut(text);
  const { raw } = readYaml(frontText(layout).text, frontSchema, { file: '', rule: '' });
  const id: unknown = typeof raw === 'object' && raw !== null && 'id' in raw ? raw.id : undefined;
  return typeof id === 'string' ? id : undefined;
}

/** Texts of the parts of a section. */
export function partsOf(layout: Layout, section: Section): readonly string[] {
  return section.parts.map(({ from, to }) => unescapePart(layout.lines.slice(from, to)));
}

function variantOf(layout: Layout, section: Layout['variants'][number]): Variant {
  return {
    name: section.name,
    parts: partsOf(layout, section),
    overrides: Object.fromEntries(
      section.overrides.map((each) => [each.name, partsOf(layout, each)]),
    ),
  };
}

const plainText = 'a backslash in front if the line is meant as text';

function structureProblems(layout: Layout, file: string): Problem[] {
  const problem = (at: number, message: string, expected: string): Problem => ({
    file,
    line: at + 1,
    rule: 'structure',
    severity: 'error',
    message,
    expected,
  });
  if (!layout.front) {
    const opened = /^---[ \t]*$/.test(layout.lines[0] ?? '');
    return [
      opened
        ? problem(0, 'the front matter is opened and never closed', 'a second line ---')
        : problem(0, 'the file has no front matter', '---, then id, profile and targets, then ---'),
    ];
  }
  const braces = layout.lines.findIndex(
    (line, at) => at > 0 && at < (layout.front?.to ?? 0) && line.startsWith('{'),
  );
  const found = [
    ...(braces === -1
      ? []
      : [problem(braces, 'the front matter is in braces', 'a line for each setting')]),
    ...layout.stray
      .slice(0, 1)
      .map((at) => problem(at, 'text stands outside of any variant', '## a above it')),
    ...layout.homeless.map(({ heading, name }) =>
      problem(heading, `"### ${name}" belongs to no variant`, '## a above it'),
    ),
    ...namesWrong(layout.variants, 'variant', problem),
    ...layout.variants.flatMap(({ overrides }) => namesWrong(overrides, 'override', problem)),
  ];
  if (layout.variants.length === 0 && layout.stray.length === 0)
    found.push(problem(layout.front.to, 'the post has no variant', '## a and text below it'));
  return found;
}

function namesWrong(
  sections: readonly Section[],
  kind: 'variant' | 'override',
  problem: (at: number, message: string, expected: string) => Problem,
): Problem[] {
  return sections.flatMap(({ name, heading }, index) => {
    if (!/^[a-z0-9][a-z0-9-]*$/.test(name))
      return [
        problem(
          heading,
          `"${name}" is no name of a ${kind}`,
          `letters, digits and hyphens; or ${plainText}`,
        ),
      ];
    const first = sections.findIndex((each) => each.name === name);
    if (first < index)
      return [
        problem(heading, `a second ${kind} is called "${name}"`, `another name; or ${plainText}`),
      ];
    return [];
  });
}
