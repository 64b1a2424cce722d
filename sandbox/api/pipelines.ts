import { createPipeline } from '../ci/pipelines.ts';
import type { Job, Pipeline } from '../model-pipelines.ts';
import { must, oneOf, text, words } from '../params.ts';
import { jobEntity, pipelineBasic, pipelineEntity } from '../present/pipelines.ts';
import { forbidden, notFound } from '../refusal.ts';
import { rulesOf, mayMergeInto } from '../permissions.ts';
import type { ProjectCall, Router } from './call.ts';
import { mergeRequestOf } from './merge-requests.ts';
import { page } from './paging.ts';

type Sent = Readonly<Record<string, unknown>>;

/** `[{key, value, variable_type}]`. */
export function variablesOf(value: unknown): Pipeline['variables'] {
  if (!Array.isArray(value)) return [];
  return (value as Sent[]).map((each) => ({
    key: must(each, 'key'),
    value: must(each, 'value'),
    variable_type: text(each, 'variable_type') ?? 'env_var',
    raw: each.raw === true,
  }));
}

export function pipelineRoutes(router: Router): void {
  const one = '/pipelines/:pipeline_id';
  const pipelineOf = (call: ProjectCall): Pipeline => {
    const found = call.project.pipelines[call.number('pipeline_id')];
    if (!found) throw notFound();
    return found;
  };
  const jobOf = (call: ProjectCall): Job => {
    const found = call.project.jobs[call.number('job_id')];
    if (!found) throw notFound();
    return found;
  };
  const jobsOf = ({ project }: ProjectCall, pipeline?: Pipeline) =>
    Object.values(project.jobs)
      .filter((job) => pipeline === undefined || job.pipelineId === pipeline.id)
      .sort((a, b) => b.id - a.id);
  const newest = (call: ProjectCall) =>
    Object.values(call.project.pipelines).sort((a, b) => b.id - a.id);
  const jobs = (call: ProjectCall, found: readonly Job[]) => {
    const scope = words(call.params, 'scope');
    const shown = found.filter((job) => scope === undefined || scope.includes(job.status));
    return page(shown, (job) => jobEntity(call.world, call.project, job));
  };

  router.project('GET', '/pipelines', 'read_pipeline', (call) => {
    const { world, project, params } = call;
    const wanted = ['ref', 'sha', 'status', 'source'] as const;
    const sort = oneOf(params, 'sort', ['asc', 'desc']) ?? 'desc';
    const found = newest(call).filter((pipeline) =>
      wanted.every((name) => {
        const value = text(params, name);
        return value === undefined || pipeline[name] === value;
      }),
    );
    const sorted = sort === 'asc' ? found.toReversed() : found;
    return page(sorted, (pipeline) => pipelineBasic(world, project, pipeline));
  });
  router.project('GET', '/pipelines/latest', 'read_pipeline', (call) => {
    const ref = text(call.params, 'ref') ?? call.project.defaultBranch;
    const found = newest(call).find((pipeline) => pipeline.ref === ref);
    if (!found) throw notFound();
    return pipelineEntity(call.world, call.project, found);
  });
  router.project('GET', one, 'read_pipeline', (call) =>
    pipelineEntity(call.world, call.project, pipelineOf(call)),
  );
  router.project('POST', '/pipeline', 'create_pipeline', async (call) => {
    const { world, project, params, user, level } = call;
    const ref = must(params, 'ref');
    if (rulesOf(project, ref).length > 0 && !mayMergeInto(project, ref, level)) throw forbidden();
    const variables = variablesOf(params.variables);
    const made = await createPipeline(world, project, {
      ref,
      source: 'api',
      userId: user.id,
      variables,
    });
    return pipelineEntity(world, project, made);
  });
  router.project(
    'GET',
    `${one}/variables`,
    'create_pipeline',
    (call) => pipelineOf(call).variables,
  );
  router.project('GET', `${one}/jobs`, 'read_pipeline', (call) =>
    jobs(call, jobsOf(call, pipelineOf(call))),
  );
  router.project('GET', '/jobs', 'read_pipeline', (call) => jobs(call, jobsOf(call)));
  router.project('GET', '/jobs/:job_id', 'read_pipeline', (call) =>
    jobEntity(call.world, call.project, jobOf(call)),
  );
  router.project('GET', '/jobs/:job_id/trace', 'read_pipeline', (call) => {
    const { trace } = jobOf(call);
    return new Response(trace, { headers: { 'content-type': 'text/plain' } });
  });
  router.project('GET', '/merge_requests/:merge_request_iid/pipelines', 'read_pipeline', (call) => {
    const mr = mergeRequestOf(call);
    const found = newest(call).filter((each) => each.sha === mr.sha || each.id === mr.headPipeline);
    return page(found, (pipeline) => pipelineBasic(call.world, call.project, pipeline));
  });
}
