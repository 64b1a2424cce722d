import { emit } from '../hooks/emit.ts';
import type { Pipeline } from '../model-pipelines.ts';
import type { Project } from '../model.ts';
import { stamp } from '../present/hooks.ts';
import { hookUser } from '../present/people.ts';
import { hookProject } from '../present/project.ts';
import { userOf, webUrl } from '../world.ts';
import type { World } from '../world.ts';

/** Tells the project's webhooks how a pipeline stands. */
export function tellPipeline(world: World, project: Project, pipeline: Pipeline): void {
  const jobs = Object.values(project.jobs).filter((job) => job.pipelineId === pipeline.id);
  emit(world, project, 'pipeline_events', () => ({
    object_kind: 'pipeline',
    object_attributes: {
      id: pipeline.id,
      iid: pipeline.iid,
      name: pipeline.name,
      ref: pipeline.ref,
      tag: pipeline.tag,
      sha: pipeline.sha,
      before_sha: '0'.repeat(40),
      source: pipeline.source,
      status: pipeline.status,
      detailed_status: pipeline.status === 'success' ? 'passed' : pipeline.status,
      stages: [...new Set(jobs.map((job) => job.stage))],
      created_at: stamp(pipeline.createdAt),
      finished_at: stamp(pipeline.finishedAt),
      duration:
        pipeline.startedAt === undefined || pipeline.finishedAt === undefined
          ? null
          : Math.round((pipeline.finishedAt - pipeline.startedAt) / 1000),
      queued_duration: null,
      variables: pipeline.variables.map(({ key, value }) => ({ key, value })),
      url: `${webUrl(world, project)}/-/pipelines/${String(pipeline.id)}`,
    },
    merge_request: null,
    user: hookUser(userOf(world, pipeline.userId)),
    project: hookProject(world, project),
    builds: jobs.map((job) => ({
      id: job.id,
      stage: job.stage,
      name: job.name,
      status: job.status,
      created_at: stamp(job.createdAt),
      started_at: stamp(job.startedAt),
      finished_at: stamp(job.finishedAt),
      duration: null,
      queued_duration: null,
      failure_reason: job.failureReason ?? null,
      when: 'on_success',
      manual: job.status === 'manual',
      allow_failure: job.allowFailure,
      user: hookUser(userOf(world, pipeline.userId)),
      runner: null,
      artifacts_file: { filename: null, size: null },
      environment: null,
    })),
  }));
}
