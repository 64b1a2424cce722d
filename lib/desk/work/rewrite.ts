import { parseDocument } from '../../draft/parse.ts';
import { isError } from '../../errors.ts';
import { neutralLine } from '../../gitlab/neutral.ts';
import { bindingHash, plannedTime } from '../../review/binding.ts';
import type { PostRecord, Revision, Work } from '../../store/record.ts';
import type { Profile } from '../../store/profile.ts';
import { changeLeased } from '../change.ts';
import type { Desk } from '../context.ts';
import { describeDocument, fileHash } from '../read/document.ts';
import { findDocument } from '../read/find.ts';

export interface Rewrite {
  text: string;
  /** What it is called in the history, e.g. `/pulse refine shorter by @ann`. */
  why: string;
  /** Key of the request it answers. */
  request?: string;
  model?: string;
  prompt?: string;
}

/** The document of a post on its branch, parsed; undefined when it is gone or cannot be parsed. */
export async function currentDocument(desk: Desk, record: PostRecord) {
  const found = await findDocument(desk, record, record.branch);
  if (found === undefined) return undefined;
  const { document } = parseDocument(found.text, found.path);
  return document === undefined ? undefined : { ...found, document };
}

/**
 * Commits new words to the branch as the machine's next revision. The revision is written down first, so that after a
 * crash the words are known as ours; the commit fails when a person changed the file meanwhile.
 * Returns the number of the revision, or undefined when a person was quicker.
 */
export async function commitRewrite(
  desk: Desk,
  record: PostRecord & { work: Work },
  profile: Profile,
  found: { path: string; commit: string },
  rewrite: Rewrite,
): Promise<number | undefined> {
  const described = await describeDocument(desk, profile, found.path, rewrite.text, record.branch);
  const latest = await changeLeased(desk, record.id, record.work.nonce, (current) => {
    const revision: Revision = {
      n: (current.revisions.at(-1)?.n ?? 0) + 1,
      hash: bindingHash(described.content, plannedTime(current, described)),
      file: fileHash(rewrite.text),
      variants: { ...described.variants },
      by: 'machine',
      at: desk.clock.now(),
      why: rewrite.why,
      ...(rewrite.request === undefined ? {} : { request: rewrite.request }),
      ...(rewrite.model === undefined ? {} : { model: rewrite.model }),
      ...(rewrite.prompt === undefined ? {} : { prompt: rewrite.prompt }),
    };
    return { ...current, work: { ...record.work, revision } };
  });
  const revision = latest.work?.revision;
  try {
    await desk.gitlab.commitFiles(
      record.branch,
      [{ action: 'update', path: found.path, content: rewrite.text, lastCommit: found.commit }],
      neutralLine(`Revise ${record.id} (r${revision?.n ?? 0}): ${rewrite.why}`),
    );
  } catch (error) {
    if (isError(error, 'STORE_CONFLICT')) return undefined;
    throw error;
  }
  return revision?.n;
}

/** The record with the machine's revision that has just been committed, unless it was noticed already. */
export function withRevision(record: PostRecord): PostRecord {
  const revision = record.work?.revision;
  if (revision === undefined) return record;
  if (record.revisions.some(({ file, at }) => file === revision.file && at === revision.at)) {
    return record;
  }
  const n = (record.revisions.at(-1)?.n ?? 0) + 1;
  return { ...record, revisions: [...record.revisions, { ...revision, n }] };
}

/** Variants a person has touched: they differ from the machine's last revision of them. */
export function touchedVariants(
  record: PostRecord,
  variants: Readonly<Record<string, string>>,
): ReadonlySet<string> {
  const ours = record.revisions.findLast(({ by }) => by === 'machine')?.variants ?? {};
  return new Set(Object.keys(variants).filter((name) => variants[name] !== ours[name]));
}
