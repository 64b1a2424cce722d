import { Cron } from 'croner';
import type { Pipeline, Schedule } from '../model-pipelines.ts';
import type { Project } from '../model.ts';
import { bad } from '../refusal.ts';
import type { World } from '../world.ts';

export interface NewPipeline {
  ref: string;
  source: string;
  userId: number;
  variables?: Pipeline['variables'];
  scheduleId?: number;
}

/** Files a pipeline for the head of `ref`; its jobs start soon. Throws 400 with GitLab's words. */
export async function createPipeline(
  world: World,
  project: Project,
  wanted: NewPipeline,
): Promise<Pipeline> {
  const repo = world.repo(project);
  const sha = await repo.resolve(wanted.ref);
  if (sha === undefined) throw bad({ base: ['Reference not found'] });
  const { tree, message } = await repo.commit(sha);
  const configured = project.settings.ci_config_path;
  const path = typeof configured === 'string' && configured !== '' ? configured : '.gitlab-ci.yml';
  if ((await repo.entry(tree, path)) === undefined) throw bad({ base: ['Missing CI config file'] });
  const now = world.clock.now();
  const skipped =
    wanted.source !== 'schedule' &&
    wanted.source !== 'web' &&
    /\[(ci skip|skip ci)\]/i.test(message);
  const pipeline: Pipeline = {
    id: world.next('pipeline'),
    iid: Object.keys(project.pipelines).length + 1,
    status: skipped ? 'skipped' : 'created',
    source: wanted.source,
    ref: wanted.ref,
    sha,
    tag: false,
    userId: wanted.userId,
    scheduleId: wanted.scheduleId,
    variables: wanted.variables ?? [],
    name: null,
    createdAt: now,
    updatedAt: now,
  };
  project.pipelines[pipeline.id] = pipeline;
  for (const mr of Object.values(project.mergeRequests))
    if (mr.sourceBranch === wanted.ref && mr.sha === sha) mr.headPipeline = pipeline.id;
  world.changed();
  if (!skipped) world.startPipeline(project, pipeline.id);
  return pipeline;
}

/** When a schedule runs next, ms; throws for a pattern or a zone that nobody knows. */
export function nextRun(cron: string, zone: string, after: number): number | null {
  const timezone = railsZones[zone] ?? zone;
  return new Cron(cron, { timezone, legacyMode: true }).nextRun(new Date(after))?.getTime() ?? null;
}

/** Names of zones as Rails knows them, which GitLab takes beside those of the IANA. */
const railsZones: Readonly<Record<string, string>> = {
  UTC: 'UTC',
  London: 'Europe/London',
  Berlin: 'Europe/Berlin',
  Paris: 'Europe/Paris',
  Madrid: 'Europe/Madrid',
  Tokyo: 'Asia/Tokyo',
  Sydney: 'Australia/Sydney',
  'Eastern Time (US & Canada)': 'America/New_York',
  'Central Time (US & Canada)': 'America/Chicago',
  'Mountain Time (US & Canada)': 'America/Denver',
  'Pacific Time (US & Canada)': 'America/Los_Angeles',
};

/** Starts the pipeline of a schedule, as its owner. */
export async function runSchedule(
  world: World,
  project: Project,
  schedule: Schedule,
): Promise<Pipeline> {
  const pipeline = await createPipeline(world, project, {
    ref: schedule.ref.replace(/^refs\/heads\//, ''),
    source: 'schedule',
    userId: schedule.ownerId,
    variables: schedule.variables,
    scheduleId: schedule.id,
  });
  schedule.lastPipeline = pipeline.id;
  return pipeline;
}

/** Looks every few seconds for schedules whose time has come, once `start` was called. */
export function createScheduler(world: World, everyMs: number) {
  let timer: NodeJS.Timeout | undefined;
  const look = () => {
    const now = world.clock.now();
    for (const project of Object.values(world.state.projects)) {
      for (const schedule of Object.values(project.schedules)) {
        if (!schedule.active || schedule.nextRunAt === null || schedule.nextRunAt > now) continue;
        schedule.nextRunAt = nextRun(schedule.cron, schedule.zone, now);
        world.changed();
        world.background(
          runSchedule(world, project, schedule).catch((error: unknown) => {
            process.stderr.write(`sandbox: a schedule could not run: ${String(error)}\n`);
          }),
        );
      }
    }
  };
  return {
    look,
    start(): void {
      timer ??= setInterval(look, everyMs);
      timer.unref();
    },
    stop(): void {
      clearInterval(timer);
      timer = undefined;
    },
  };
}
