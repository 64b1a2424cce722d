import { asPulseError, isError } from '../../errors.ts';
import { withDraftMark } from '../../review/projection.ts';
import { standingApproval } from '../../review/standing.ts';
import type { CurrentDocument } from '../../review/observation.ts';
import type { PostRecord } from '../../store/record.ts';
import { changeLeased, released } from '../change.ts';
import type { Desk } from '../context.ts';
import { currentHash } from '../../review/binding.ts';
import { observe } from '../read/observe.ts';
import type { Performer } from './performer.ts';

/** Times GitLab is asked whether it has finished checking a merge request, and how long between, ms. */
const checks = 20;
const betweenChecks = 250;

/**
 * Merges what was approved and nothing else: everything is read again, the diff may hold only the post's own file and
 * media, and the merge is conditional on the head that was looked at. A refusal leaves the post approved and says why.
 */
export const merge: Performer = async (desk, record, { profile }) => {
  const iid = record.mergeRequest ?? 0;
  const observation = await observe(desk, record, profile);
  const { document, mergeRequest } = observation;
  const sha = mergeRequest?.sha ?? '';
  const refuse = (why: string) => block(desk, record, sha, why);

  if (mergeRequest?.state !== 'opened' || document === undefined) return release(desk, record);
  const approval = standingApproval(record, observation);
  // The rules take the approval back; there is nothing to say here.
  if (approval?.hash !== currentHash(record, document)) return release(desk, record);
  if (mergeRequest.sourceProject !== mergeRequest.targetProject)
    return refuse('it comes from a fork.');
  const foreign = (await desk.gitlab.changedPaths(iid)).filter(
    (path) => !isOwn(path, record, document),
  );
  if (foreign.length > 0) {
    return refuse(
      `the branch also changes ${foreign.map((path) => `\`${path}\``).join(', ')}. Only the post and its media may be on it.`,
    );
  }
  try {
    if (mergeRequest.draft) {
      await desk.gitlab.updateMergeRequest(iid, {
        title: withDraftMark(mergeRequest.title, false),
      });
    }
    await whenChecked(desk, iid);
    const message = `Publish ${record.id}\n\nApproved by ${approval.by.username} (r${approval.revision}, ${approval.via}).`;
    const merged = await desk.gitlab.merge(iid, { sha, message });
    const commit = merged.mergeCommit ?? merged.sha;
    await changeLeased(desk, record.id, record.work.nonce, (latest) => {
      const { blocked: _solved, ...rest } = released(latest);
      return {
        ...rest,
        mergedAs: commit,
        projected: { ...rest.projected, ready: desk.clock.now() },
      };
    });
  } catch (error) {
    if (!isError(error, 'GITLAB_REFUSED')) throw error;
    // Already merged is success: the rules read it from GitLab.
    const now = await desk.gitlab.mergeRequest(iid);
    if (now?.state === 'merged') return release(desk, record);
    return refuse(asPulseError(error).message);
  }
};

/** The post's file, wherever a person moved it, and the images it names. */
function isOwn(
  path: string,
  record: PostRecord,
  { path: current, media }: CurrentDocument,
): boolean {
  return path === record.path || path === current || media.includes(path);
}

async function whenChecked(desk: Desk, iid: number): Promise<void> {
  const passing = new Set(['checking', 'unchecked', 'preparing', 'draft_status']);
  for (let round = 0; round < checks; round += 1) {
    const mergeRequest = await desk.gitlab.mergeRequest(iid);
    if (mergeRequest === undefined || !passing.has(mergeRequest.mergeStatus)) return;
    await desk.clock.sleep(betweenChecks);
  }
}

async function release(desk: Desk, record: Parameters<Performer>[1]): Promise<void> {
  await changeLeased(desk, record.id, record.work.nonce, released);
}

async function block(
  desk: Desk,
  record: Parameters<Performer>[1],
  sha: string,
  why: string,
): Promise<void> {
  await changeLeased(desk, record.id, record.work.nonce, (latest) => ({
    ...released(latest),
    blocked: { sha, why, at: desk.clock.now() },
  }));
}
