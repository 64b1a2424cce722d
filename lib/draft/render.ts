import { stringify } from 'yaml';
import type { PostDocument, Variant } from './document.ts';
import { linkSettings, mediaSettings, pollSettings } from './entries.ts';
import { escapePart } from './escape.ts';

/** The text of a post's file; `parseDocument` reads the same document from it. Line ends in texts become \n. */
export function renderDocument(document: PostDocument): string {
  const body = document.variants.flatMap((variant) => ['', ...variantLines(variant)]);
  return [...frontLines(document), ...body, ''].join('\n');
}

/** The front matter with its bounds. */
export function frontLines(document: PostDocument): readonly string[] {
  const { id, profile, targets, use, schedule, language, split, title, reply } = document;
  const { media, poll, link } = document;
  const settings = {
    id,
    profile,
    targets,
    ...(use !== undefined && { use }),
    ...(schedule !== undefined && { schedule }),
    ...(language !== undefined && { language }),
    ...(split !== undefined && { split }),
    ...(title !== undefined && { title }),
    ...(reply !== undefined && { reply }),
    ...(media.length > 0 && { media: media.map(mediaSettings) }),
    ...(poll && { poll: pollSettings(poll) }),
    ...(link && { link: linkSettings(link) }),
  };
  const text = stringify(settings, {
    lineWidth: 0,
    flowCollectionPadding: false,
    collectionStyle: 'any',
  });
  // Targets read best on one line.
  const flow = stringify([...targets], {
    collectionStyle: 'flow',
    lineWidth: 0,
    flowCollectionPadding: false,
  });
  const lines = text
    .trimEnd()
    .replace(/\ntargets:(?:\n {2}- .*)+/, () => `\ntargets: ${flow.trim()}`);
  return ['---', ...lines.split('\n'), '---'];
}

/** Lines of one variant from its heading on. */
function variantLines({ name, parts, overrides }: Variant): readonly string[] {
  const below = Object.entries(overrides).flatMap(([target, each]) => [
    '',
    `### ${target}`,
    ...partLines(each),
  ]);
  return [`## ${name}`, ...partLines(parts), ...below];
}

/** Lines of the parts of a section, each after a blank line, with `---` between them. */
export function partLines(parts: readonly string[]): readonly string[] {
  return parts.flatMap((part, index) => {
    const lines = escapePart(part);
    return [...(index > 0 ? ['', '---'] : []), ...(lines.length > 0 ? ['', ...lines] : [])];
  });
}
