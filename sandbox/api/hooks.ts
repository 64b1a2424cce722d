import { newDelivery, uuid } from '../hooks/emit.ts';
import { alertOf } from '../hooks/queue.ts';
import { sampleOf } from '../hooks/sample.ts';
import { signingKey } from '../hooks/sign.ts';
import { hookSwitches } from '../model-hooks.ts';
import type { Delivery, Hook } from '../model-hooks.ts';
import { flag, must, oneOf, optional, text } from '../params.ts';
import { invalid, notFound, unprocessable } from '../refusal.ts';
import { iso, isoOrNull } from '../world.ts';
import type { ProjectCall, Router } from './call.ts';
import { page } from './paging.ts';

const strategies = ['wildcard', 'regex', 'all_branches'] as const;

/** Tokens are never told again, only whether there are any. */
const hookEntity = ({ world, project }: ProjectCall, hook: Hook) => ({
  id: hook.id,
  url: hook.url,
  name: hook.name,
  description: hook.description,
  created_at: iso(hook.createdAt),
  project_id: project.id,
  ...Object.fromEntries(hookSwitches.map((name) => [name, hook.switches[name] ?? false])),
  repository_update_events: false,
  enable_ssl_verification: hook.verifySsl,
  alert_status: alertOf(hook, world.clock.now()),
  disabled_until: isoOrNull(hook.disabledUntil),
  url_variables: [],
  push_events_branch_filter: hook.branchFilter,
  branch_filter_strategy: hook.filterStrategy,
  custom_webhook_template: null,
  custom_headers: hook.headers.map(({ key }) => ({ key })),
  token_present: hook.token !== undefined,
  signing_token_present: hook.signingToken !== undefined,
});

const deliveryEntity = (hook: Hook, delivery: Delivery) => ({
  id: delivery.id,
  url: hook.url,
  trigger: delivery.trigger,
  request_headers: {
    'Content-Type': 'application/json',
    'User-Agent': 'GitLab/19.2.1',
    'Idempotency-Key': delivery.key,
    'X-Gitlab-Event': delivery.event,
    'X-Gitlab-Event-UUID': delivery.eventUuid,
    'X-Gitlab-Webhook-UUID': hook.uuid,
  },
  request_data: JSON.parse(delivery.body) as unknown,
  response_headers: {},
  response_body: delivery.answer,
  execution_duration: delivery.seconds,
  response_status: delivery.status,
});

function urlOf(value: string): string {
  const parsed = URL.canParse(value) ? new URL(value) : undefined;
  if (parsed?.protocol !== 'http:' && parsed?.protocol !== 'https:')
    throw unprocessable('Invalid url given');
  return value;
}

/** Puts what the caller sent into a hook; what they did not send stays. */
function change(call: ProjectCall, hook: Hook): void {
  const { params } = call;
  const kept = (name: string, now: string | null) => text(params, name) ?? now;
  const signing = text(params, 'signing_token');
  if (signing !== undefined && signing !== '' && signingKey(signing) === undefined)
    throw unprocessable({ signing_token: ['must be whsec_ and Base64 behind it'] });
  const switches = hookSwitches.map((name) => [
    name,
    flag(params, name) ?? hook.switches[name] ?? false,
  ]);
  if (params.url !== undefined) hook.url = urlOf(must(params, 'url'));
  hook.name = kept('name', hook.name);
  hook.description = kept('description', hook.description);
  hook.switches = Object.fromEntries(switches) as Hook['switches'];
  hook.filterStrategy = oneOf(params, 'branch_filter_strategy', strategies) ?? hook.filterStrategy;
  hook.branchFilter = kept('push_events_branch_filter', hook.branchFilter);
  hook.verifySsl = flag(params, 'enable_ssl_verification') ?? hook.verifySsl;
  if (params.token !== undefined) hook.token = optional(params, 'token');
  if (signing !== undefined) hook.signingToken = optional(params, 'signing_token');
  const headers = params.custom_headers;
  if (Array.isArray(headers))
    hook.headers = headers.map((each: Record<string, unknown>) => ({
      key: must(each, 'key'),
      value: must(each, 'value'),
    }));
}

export function hookRoutes(router: Router): void {
  const one = '/hooks/:hook_id';
  const hookOf = (call: ProjectCall): Hook => {
    const hook = call.project.hooks[call.number('hook_id')];
    if (!hook) throw notFound();
    return hook;
  };
  router.project('GET', '/hooks', 'admin_hook', (call) =>
    page(Object.values(call.project.hooks), (hook) => hookEntity(call, hook)),
  );
  router.project('GET', one, 'admin_hook', (call) => hookEntity(call, hookOf(call)));
  router.project('POST', '/hooks', 'admin_hook', (call) => {
    const { world, project, params } = call;
    const hook: Hook = {
      id: world.next('hook'),
      uuid: uuid(world),
      url: urlOf(must(params, 'url')),
      name: null,
      description: null,
      switches: { push_events: true },
      branchFilter: null,
      filterStrategy: 'wildcard',
      verifySsl: true,
      headers: [],
      createdAt: world.clock.now(),
      failures: 0,
      deliveries: [],
    };
    change(call, hook);
    project.hooks[hook.id] = hook;
    world.changed();
    return hookEntity(call, hook);
  });
  router.project('PUT', one, 'admin_hook', (call) => {
    const hook = hookOf(call);
    change(call, hook);
    call.world.changed();
    return hookEntity(call, hook);
  });
  router.project('DELETE', one, 'admin_hook', (call) => {
    const { id } = hookOf(call);
    const { project, world } = call;
    project.hooks = Object.fromEntries(
      Object.entries(project.hooks).filter(([key]) => Number(key) !== id),
    );
    world.changed();
    return undefined;
  });

  /** A test that succeeds enables a disabled hook again, as on GitLab. */
  router.project('POST', `${one}/test/:trigger`, 'admin_hook', async (call) => {
    const { world, project } = call;
    const hook = hookOf(call);
    const trigger = hookSwitches.find((name) => name === call.part('trigger'));
    if (trigger === undefined) throw invalid('trigger does not have a valid value');
    const body = await sampleOf(world, project, call.user, trigger);
    if (body === undefined)
      throw unprocessable('Ensure the project has the data to test this with.');
    const sent = await world.hooks.now(hook, newDelivery(world, trigger, body));
    if (!sent.status.startsWith('2')) throw unprocessable(sent.answer || sent.status);
    return { message: '201 Created' };
  });
  router.project('GET', `${one}/events`, 'admin_hook', (call) => {
    const hook = hookOf(call);
    const status = text(call.params, 'status');
    const found = hook.deliveries.filter((each) => status === undefined || each.status === status);
    return page(found.toReversed(), (delivery) => deliveryEntity(hook, delivery));
  });
  router.project('POST', `${one}/events/:hook_log_id/resend`, 'admin_hook', async (call) => {
    const { world } = call;
    const hook = hookOf(call);
    const found = hook.deliveries.find((each) => each.id === call.number('hook_log_id'));
    if (!found) throw notFound();
    const again = { ...found, id: world.next('delivery'), at: world.clock.now() };
    const sent = await world.hooks.now(hook, again);
    if (!sent.status.startsWith('2')) throw unprocessable(sent.answer || sent.status);
    return { response_status: Number(sent.status) };
  });
}
