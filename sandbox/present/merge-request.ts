import type { MergeRequest } from '../model-threads.ts';
import type { Project } from '../model.ts';
import { iso, isoOrNull } from '../world.ts';
import type { World } from '../world.ts';
import { basicOf } from './people.ts';
import { pipelineEntity } from './pipelines.ts';
import { people, threadEntity } from './threads.ts';

/** What stands in the way of merging, one thing at a time, in GitLab's words. */
export function mergeStatusOf(project: Project, mr: MergeRequest): string {
  if (mr.state !== 'opened') return 'not_open';
  if (!mr.prepared) return 'preparing';
  if (mr.checked === undefined) return 'checking';
  if (mr.draft) return 'draft_status';
  const { settings } = project;
  if (settings.only_allow_merge_if_all_discussions_are_resolved === true && !isResolved(mr))
    return 'discussions_not_resolved';
  if (mr.checked.conflicts) return 'conflict';
  if (settings.only_allow_merge_if_pipeline_succeeds !== true) return 'mergeable';
  const pipeline = mr.headPipeline === undefined ? undefined : project.pipelines[mr.headPipeline];
  if (pipeline?.sha === mr.sha && pipeline.status === 'success') return 'mergeable';
  return pipeline?.finishedAt === undefined && pipeline ? 'ci_still_running' : 'ci_must_pass';
}

const isResolved = (mr: MergeRequest) => mr.notes.every((note) => !note.threaded || note.resolved);

const oldStatus = (mr: MergeRequest) =>
  mr.checked === undefined && mr.state === 'opened'
    ? 'checking'
    : mr.checked?.conflicts
      ? 'cannot_be_merged'
      : 'can_be_merged';

export function mergeRequestEntity(
  world: World,
  project: Project,
  mr: MergeRequest,
  details = false,
) {
  return {
    ...threadEntity(world, project, mr, details),
    merged_by: basicOf(world, mr.mergedBy),
    merge_user: basicOf(world, mr.mergedBy),
    merged_at: isoOrNull(mr.mergedAt),
    merge_after: null,
    target_branch: mr.targetBranch,
    source_branch: mr.sourceBranch,
    source_project_id: world.state.projects[mr.sourceProjectId] ? mr.sourceProjectId : null,
    target_project_id: project.id,
    draft: mr.draft,
    work_in_progress: mr.draft,
    reviewers: people(
      world,
      mr.reviewers.map((reviewer) => reviewer.userId),
    ),
    merge_when_pipeline_succeeds: false,
    merge_status: oldStatus(mr),
    detailed_merge_status: mergeStatusOf(project, mr),
    sha: mr.sha,
    merge_commit_sha: mr.mergeSha ?? null,
    squash_commit_sha: mr.squashSha ?? null,
    should_remove_source_branch: null,
    force_remove_source_branch: mr.removeSource,
    prepared_at: mr.prepared ? iso(mr.createdAt) : null,
    reference: `!${String(mr.iid)}`,
    squash: mr.squash,
    squash_on_merge: mr.squash,
    has_conflicts: mr.checked?.conflicts ?? false,
    blocking_discussions_resolved: isResolved(mr),
  };
}

/** The answer for one merge request holds more than the entries of a list. */
export function mergeRequestFull(
  world: World,
  project: Project,
  mr: MergeRequest,
  user: { id: number; canMerge: boolean },
  changes: number,
) {
  const head = mr.headPipeline === undefined ? undefined : project.pipelines[mr.headPipeline];
  const pipeline = head ? pipelineEntity(world, project, head) : null;
  return {
    ...mergeRequestEntity(world, project, mr),
    subscribed: mr.authorId === user.id,
    changes_count: String(changes),
    latest_build_started_at: null,
    latest_build_finished_at: null,
    first_deployed_to_production_at: null,
    pipeline,
    head_pipeline: pipeline,
    diff_refs: { base_sha: mr.diff.base, head_sha: mr.sha, start_sha: mr.diff.start },
    merge_error: mr.mergeError ?? null,
    first_contribution: false,
    user: { can_merge: user.canMerge },
  };
}

/** `user_has_approved` and `user_can_approve` speak of who asks. */
export function approvalsEntity(
  world: World,
  mr: MergeRequest,
  userId: number,
  mayApprove: boolean,
) {
  const has = mr.approvals.some((approval) => approval.userId === userId);
  return {
    user_has_approved: has,
    user_can_approve: mayApprove && !has,
    approved: mr.approvals.length > 0,
    approved_by: mr.approvals.map((approval) => ({
      user: basicOf(world, approval.userId),
      approved_at: iso(approval.at),
    })),
  };
}
