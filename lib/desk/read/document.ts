import { createHash } from 'node:crypto';
import { checkDocument } from '../../draft/check.ts';
import type { PostDocument } from '../../draft/document.ts';
import { outgoingFor } from '../../draft/outgoing.ts';
import { parseDocument } from '../../draft/parse.ts';
import { revisionOf } from '../../draft/revision.ts';
import { platforms } from '../../platforms/index.ts';
import type { CurrentDocument, Target } from '../../review/observation.ts';
import type { Profile } from '../../store/profile.ts';
import { usableTargets } from '../../draft/targets.ts';
import type { Desk } from '../context.ts';

/** SHA-256 of a text, hex: how the machine knows its own writes. */
export const fileHash = (text: string) => createHash('sha256').update(text).digest('hex');

type Described = Omit<CurrentDocument, 'path' | 'where' | 'by'>;

/**
 * What follows from a document as it stands: hashes, previews, problems. `ref` is where its media are read.
 * A document that cannot be parsed has its problems and no targets.
 */
export async function describeDocument(
  desk: Desk,
  profile: Profile,
  path: string,
  text: string,
  ref: string,
): Promise<Described> {
  const file = fileHash(text);
  const { document, problems } = parseDocument(text, path);
  if (document === undefined) {
    return {
      file,
      content: file,
      variants: {},
      media: [],
      targets: [],
      warnings: [],
      problems: problems.map(describe),
    };
  }
  const media = await mediaHashes(desk, document, ref);
  const { hash, variants } = revisionOf(document, media);
  const found = checkDocument(document, text, path, {
    profile,
    platforms,
    exists: (name: string) => media[name] !== undefined,
    now: 0,
  });
  const targets = targetsOf(desk, profile, document);
  const unreachable = profile.accounts
    .filter(({ name }) => document.targets.includes(name))
    .filter(({ name }) => !targets.some((target) => target.name === name))
    .map(({ name }) => name);
  const schedule = document.schedule === undefined ? undefined : Date.parse(document.schedule);
  return {
    file,
    content: hash,
    variants,
    ...(schedule === undefined ? {} : { schedule }),
    media: document.media.map((entry) => entry.file),
    targets,
    warnings: unreachable.map(
      (name) => `${name} has no credentials here, so nothing is sent there.`,
    ),
    problems: [
      ...[...problems, ...found].filter(({ severity }) => severity === 'error').map(describe),
      ...(targets.length === 0 ? ['no account it names can be published to'] : []),
    ],
  };
}

const describe = ({ line, message }: { line: number; message: string }) =>
  `line ${line}: ${message}`;

async function mediaHashes(
  desk: Desk,
  { media }: PostDocument,
  ref: string,
): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const { file } of media) {
    const bytes = await desk.gitlab.readBytes(file, ref);
    if (bytes !== undefined) hashes[file] = createHash('sha256').update(bytes).digest('hex');
  }
  return hashes;
}

function targetsOf(desk: Desk, profile: Profile, document: PostDocument): Target[] {
  const usable = usableTargets(profile, desk.credentials);
  return usable
    .filter(({ name }) => document.targets.includes(name))
    .map(({ name, platform }) => ({
      name,
      platform,
      parts: outgoingFor(document, name, platform).parts.map(({ text, media }) => {
        const measure = platforms[platform]?.measure?.(text);
        return {
          text,
          length: measure?.length ?? text.length,
          limit: measure?.limit ?? Infinity,
          unit: measure?.unit ?? 'characters',
          media: media.map(({ alt }) => alt),
        };
      }),
    }));
}
