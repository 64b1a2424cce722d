import { nextRun, runSchedule } from '../ci/pipelines.ts';
import type { Schedule } from '../model-pipelines.ts';
import { flag, must, oneOf, required, text } from '../params.ts';
import { roles } from '../permissions.ts';
import { pipelineBasic, scheduleEntity } from '../present/pipelines.ts';
import { bad, forbidden, notFound } from '../refusal.ts';
import type { ProjectCall, Router } from './call.ts';
import { page } from './paging.ts';

const fullRef = (ref: string) => (ref.startsWith('refs/') ? ref : `refs/heads/${ref}`);

function change({ params, world }: ProjectCall, schedule: Schedule): void {
  const cron = text(params, 'cron') ?? schedule.cron;
  const zone = text(params, 'cron_timezone') ?? schedule.zone;
  const now = world.clock.now();
  let next: number | null;
  try {
    next = nextRun(cron, zone, now);
  } catch (error) {
    const about = /zone/i.test(String(error)) ? 'cron_timezone' : 'cron';
    throw bad({ [about]: ['syntax is invalid'] });
  }
  schedule.cron = cron;
  schedule.zone = zone;
  schedule.description = text(params, 'description') ?? schedule.description;
  schedule.ref = fullRef(text(params, 'ref') ?? schedule.ref);
  schedule.active = flag(params, 'active') ?? schedule.active;
  schedule.nextRunAt = next;
  schedule.updatedAt = now;
  world.changed();
}

/** Pipelines that start by the clock. */
export function scheduleRoutes(router: Router): void {
  const one = '/pipeline_schedules/:pipeline_schedule_id';
  const scheduleOf = (call: ProjectCall): Schedule => {
    const found = call.project.schedules[call.number('pipeline_schedule_id')];
    if (!found) throw notFound('Pipeline Schedule');
    return found;
  };
  /** Its owner, or a maintainer. */
  const needToChange = (call: ProjectCall, schedule: Schedule) => {
    if (schedule.ownerId !== call.user.id && call.level < roles.maintainer) throw forbidden();
  };
  const show = ({ world, project }: ProjectCall, schedule: Schedule) =>
    scheduleEntity(world, project, schedule, true);

  router.project('GET', '/pipeline_schedules', 'read_pipeline', (call) => {
    const scope = oneOf(call.params, 'scope', ['active', 'inactive']);
    const found = Object.values(call.project.schedules).filter(
      (schedule) => scope === undefined || schedule.active === (scope === 'active'),
    );
    return page(found, (schedule) => scheduleEntity(call.world, call.project, schedule, false));
  });
  router.project('GET', one, 'read_pipeline', (call) => show(call, scheduleOf(call)));
  router.project('POST', '/pipeline_schedules', 'manage_schedule', (call) => {
    const { world, project, params, user } = call;
    required(params, 'description', 'ref', 'cron');
    const now = world.clock.now();
    const schedule: Schedule = {
      id: 0,
      description: '',
      ref: fullRef(must(params, 'ref')),
      cron: must(params, 'cron'),
      zone: 'UTC',
      active: true,
      ownerId: user.id,
      variables: [],
      createdAt: now,
      updatedAt: now,
      nextRunAt: null,
    };
    change(call, schedule);
    schedule.id = world.next('schedule');
    project.schedules[schedule.id] = schedule;
    return show(call, schedule);
  });
  router.project('PUT', one, 'manage_schedule', (call) => {
    const schedule = scheduleOf(call);
    needToChange(call, schedule);
    change(call, schedule);
    return show(call, schedule);
  });
  router.project('POST', `${one}/take_ownership`, 'manage_schedule', (call) => {
    const schedule = scheduleOf(call);
    if (call.level < roles.maintainer && schedule.ownerId !== call.user.id) throw forbidden();
    schedule.ownerId = call.user.id;
    call.world.changed();
    return show(call, schedule);
  });
  router.project('DELETE', one, 'manage_schedule', (call) => {
    const schedule = scheduleOf(call);
    needToChange(call, schedule);
    const { project, world } = call;
    project.schedules = Object.fromEntries(
      Object.entries(project.schedules).filter(([key]) => Number(key) !== schedule.id),
    );
    world.changed();
    return undefined;
  });
  router.project('POST', `${one}/play`, 'manage_schedule', async (call) => {
    await runSchedule(call.world, call.project, scheduleOf(call));
    return { message: '201 Created' };
  });
  router.project('GET', `${one}/pipelines`, 'read_pipeline', (call) => {
    const { id } = scheduleOf(call);
    const found = Object.values(call.project.pipelines).filter((each) => each.scheduleId === id);
    return page(found, (pipeline) => pipelineBasic(call.world, call.project, pipeline));
  });

  const variables = `${one}/variables`;
  const variableOf = (call: ProjectCall) => {
    const schedule = scheduleOf(call);
    needToChange(call, schedule);
    const found = schedule.variables.find((each) => each.key === call.part('key'));
    if (!found) throw notFound('Pipeline Schedule Variable');
    return { schedule, found };
  };
  router.project('POST', variables, 'manage_schedule', (call) => {
    const { params, world } = call;
    required(params, 'key', 'value');
    const schedule = scheduleOf(call);
    needToChange(call, schedule);
    const made = {
      key: must(params, 'key'),
      value: must(params, 'value'),
      variable_type: text(params, 'variable_type') ?? 'env_var',
      raw: flag(params, 'raw') ?? false,
    };
    if (schedule.variables.some((each) => each.key === made.key))
      throw bad({ key: [`(${made.key}) has already been taken`] });
    schedule.variables.push(made);
    world.changed();
    return made;
  });
  router.project('GET', `${variables}/:key`, 'manage_schedule', (call) => variableOf(call).found);
  router.project('PUT', `${variables}/:key`, 'manage_schedule', (call) => {
    const { found } = variableOf(call);
    found.value = text(call.params, 'value') ?? found.value;
    call.world.changed();
    return found;
  });
  router.project('DELETE', `${variables}/:key`, 'manage_schedule', (call) => {
    const { schedule, found } = variableOf(call);
    schedule.variables = schedule.variables.filter((each) => each !== found);
    call.world.changed();
    return found;
  });
}
