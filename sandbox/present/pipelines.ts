import type { Job, Pipeline, Schedule, Variable } from '../model-pipelines.ts';
import type { Project } from '../model.ts';
import { iso, isoOrNull, webUrl } from '../world.ts';
import type { World } from '../world.ts';
import { basicOf } from './people.ts';

const seconds = (from: number | undefined, to: number | undefined) =>
  from === undefined || to === undefined ? null : (to - from) / 1000;

export const pipelineBasic = (world: World, project: Project, pipeline: Pipeline) => ({
  id: pipeline.id,
  iid: pipeline.iid,
  project_id: project.id,
  sha: pipeline.sha,
  ref: pipeline.ref,
  status: pipeline.status,
  source: pipeline.source,
  created_at: iso(pipeline.createdAt),
  updated_at: iso(pipeline.updatedAt),
  web_url: `${webUrl(world, project)}/-/pipelines/${String(pipeline.id)}`,
  name: pipeline.name,
});

export const pipelineEntity = (world: World, project: Project, pipeline: Pipeline) => {
  const words = pipeline.status === 'success' ? 'passed' : pipeline.status;
  return {
    ...pipelineBasic(world, project, pipeline),
    before_sha: '0'.repeat(40),
    tag: pipeline.tag,
    yaml_errors: pipeline.yamlErrors ?? null,
    user: basicOf(world, pipeline.userId),
    started_at: isoOrNull(pipeline.startedAt),
    finished_at: isoOrNull(pipeline.finishedAt),
    committed_at: null,
    duration: seconds(pipeline.startedAt, pipeline.finishedAt),
    queued_duration: seconds(pipeline.createdAt, pipeline.startedAt),
    coverage: null,
    archived: false,
    detailed_status: {
      icon: `status_${pipeline.status}`,
      text: words.slice(0, 1).toUpperCase() + words.slice(1),
      label: words,
      group: pipeline.status,
      tooltip: words,
      has_details: true,
      details_path: `/-/pipelines/${String(pipeline.id)}`,
      illustration: null,
      favicon: '',
    },
  };
};

export function jobEntity(world: World, project: Project, job: Job) {
  const pipeline = project.pipelines[job.pipelineId];
  return {
    id: job.id,
    status: job.status,
    stage: job.stage,
    name: job.name,
    ref: pipeline?.ref ?? '',
    tag: false,
    coverage: null,
    allow_failure: job.allowFailure,
    created_at: iso(job.createdAt),
    started_at: isoOrNull(job.startedAt),
    finished_at: isoOrNull(job.finishedAt),
    erased_at: null,
    duration: seconds(job.startedAt, job.finishedAt),
    queued_duration: seconds(job.createdAt, job.startedAt),
    user: basicOf(world, pipeline?.userId),
    pipeline: pipeline ? pipelineBasic(world, project, pipeline) : null,
    failure_reason: job.failureReason,
    web_url: `${webUrl(world, project)}/-/jobs/${String(job.id)}`,
    project: { ci_job_token_scope_enabled: false },
    artifacts: [],
    runner: null,
    runner_manager: null,
    artifacts_expire_at: null,
    archived: false,
    tag_list: [],
  };
}

export const scheduleEntity = (
  world: World,
  project: Project,
  schedule: Schedule,
  all: boolean,
) => {
  const last =
    schedule.lastPipeline === undefined ? undefined : project.pipelines[schedule.lastPipeline];
  return {
    id: schedule.id,
    description: schedule.description,
    ref: schedule.ref,
    cron: schedule.cron,
    cron_timezone: schedule.zone,
    next_run_at: isoOrNull(schedule.nextRunAt),
    active: schedule.active,
    created_at: iso(schedule.createdAt),
    updated_at: iso(schedule.updatedAt),
    owner: basicOf(world, schedule.ownerId),
    inputs: [],
    ...(all && {
      last_pipeline: last
        ? { id: last.id, sha: last.sha, ref: last.ref, status: last.status }
        : null,
      variables: schedule.variables,
    }),
  };
};

/** What is hidden is shown to nobody. */
export const variableEntity = (variable: Variable) => ({
  variable_type: variable.type,
  key: variable.key,
  value: variable.hidden ? null : variable.value,
  hidden: variable.hidden,
  protected: variable.protected,
  masked: variable.masked,
  raw: variable.raw,
  environment_scope: variable.scope,
  description: variable.description,
});
