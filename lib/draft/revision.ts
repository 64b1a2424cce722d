import { createHash } from 'node:crypto';
import type { LinkEntry, PostDocument, Variant } from './document.ts';
import { chosenVariant } from './outgoing.ts';

/**
 * What an approval binds to, as a SHA-256 in hex: profile, language and targets, the words of the chosen variant with
 * every override below it, each file (`media` holds the hash of each file's bytes by path) with its alt text, focus and
 * part, the time, title, reply, poll and link card, and whether long words become a thread. The rest of the file may
 * change: other variants, comments, blank lines, the order of targets. Overrides that no target uses today count too:
 * which network an account is on stands in the profile and not here. `variants` is the hash of each variant by name.
 */
export function revisionOf(
  document: PostDocument,
  media: Readonly<Record<string, string>>,
): { hash: string; variants: Record<string, string> } {
  const chosen = chosenVariant(document);
  const bound = {
    profile: document.profile,
    language: document.language ?? null,
    targets: [...new Set(document.targets)].sort(),
    words: chosen ? wordsOf(chosen) : null,
    media: document.media.map(({ file, alt, part, focus }) => ({
      bytes: media[file] ?? null,
      alt,
      part,
      // Absent as it was before there were any, so that approvals given then still stand.
      ...(focus && { focus }),
    })),
    schedule: momentOf(document.schedule),
    ...(document.split !== undefined && { split: document.split }),
    ...(document.title !== undefined && { title: document.title }),
    ...(document.reply !== undefined && { reply: document.reply }),
    ...(document.poll && { poll: document.poll }),
    ...(document.link && { link: linkOf(document.link, media) }),
  };
  return {
    hash: digest(bound),
    variants: Object.fromEntries(
      document.variants.map((variant) => [variant.name, digest(wordsOf(variant))]),
    ),
  };
}

/** SHA-256, hex, of the canonical JSON of plain data. */
export function digest(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex');
}

/** JSON with the keys of every object in order of their code units and no white space (as RFC 8785 has it). */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(',')}}`;
}

const linkOf = ({ image, ...rest }: LinkEntry, media: Readonly<Record<string, string>>) => ({
  ...rest,
  ...(image !== undefined && { image: media[image] ?? null }),
});

const wordsOf = ({ parts, overrides }: Variant) => ({ parts, overrides });

/** The same moment is the same however its offset is written. */
function momentOf(schedule: string | undefined): number | string | null {
  if (schedule === undefined) return null;
  const at = Date.parse(schedule);
  return Number.isNaN(at) ? schedule : at;
}
