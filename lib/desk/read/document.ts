import { createHash } from 'node:crypto';
import { checkDocument } from '../../draft/check.ts';
import type { PostDocument } from '../../draft/document.ts';
import { filesOf } from '../../draft/outgoing.ts';
import { parseDocument } from '../../draft/parse.ts';
import { revisionOf } from '../../draft/revision.ts';
import { platforms } from '../../platforms/index.ts';
import type { Platform } from '../../platforms/platform.ts';
import type { CurrentDocument, Target } from '../../review/observation.ts';
import type { Profile } from '../../store/profile.ts';
import { usableTargets } from '../../draft/targets.ts';
import { valuesFor } from '../accounts/credentials.ts';
import type { Desk } from '../context.ts';
import { networksOf } from '../instances.ts';
import { shownAt } from './shown.ts';
import { mediaHashes, mediaVerdicts, needsAddress, isFetched } from '../media.ts';

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
  const accounts = profile.accounts.filter(({ name }) => document.targets.includes(name));
  const networks = await networksOf(desk, accounts);
  const { hash, variants } = revisionOf(document, media);
  const found = checkDocument(document, text, path, {
    profile,
    platforms: networks,
    exists: (name: string) => media[name] !== undefined,
    verdicts: await mediaVerdicts(desk, document, { accounts, networks }, media, ref),
    now: 0,
  });
  const targets = targetsOf(desk, profile, document, networks);
  const unreachable = accounts
    .filter(({ name }) => !targets.some((target) => target.name === name))
    .map(({ name }) => name);
  const schedule = document.schedule === undefined ? undefined : Date.parse(document.schedule);
  return {
    file,
    content: hash,
    variants,
    ...(schedule === undefined ? {} : { schedule }),
    media: filesOf(document),
    targets,
    warnings: [
      ...unreachable.map((name) => `${name} has no credentials here, so nothing is sent there.`),
      ...found
        .filter(({ severity, rule }) => severity === 'warning' && rule.startsWith('media-'))
        .map(describe),
    ],
    problems: [
      ...[...problems, ...found].filter(({ severity }) => severity === 'error').map(describe),
      ...(targets.length === 0 ? ['no account it names can be published to'] : []),
      ...(document.media.length === 0 ? [] : unfetchable(desk, document, targets)),
    ],
  };
}

const describe = ({ line, message }: { line: number; message: string }) =>
  `line ${line}: ${message}`;

/** Networks that fetch files, while nobody has said from where. */
function unfetchable(desk: Desk, { media }: PostDocument, targets: readonly Target[]): string[] {
  const fetching = targets.flatMap(({ platform }) => {
    const network = platforms[platform];
    const rules = network?.media;
    const fetches = rules && media.some(({ file }) => isFetched(rules, file));
    return fetches ? [needsAddress(network)] : [];
  });
  return desk.settings.mediaUrl === undefined ? [...new Set(fetching)] : [];
}

function targetsOf(
  desk: Desk,
  profile: Profile,
  document: PostDocument,
  networks: Readonly<Record<string, Platform>>,
): Target[] {
  const usable = usableTargets(profile, (account, names) => valuesFor(desk, account, names));
  return usable
    .filter(({ name }) => document.targets.includes(name))
    .map(({ name, platform }) => ({
      name,
      platform,
      ...shownAt(document, name, networks[platform]),
    }));
}
