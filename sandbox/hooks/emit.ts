import type { Delivery, Hook, HookSwitch } from '../model-hooks.ts';
import type { Project } from '../model.ts';
import { matches } from '../permissions.ts';
import type { World } from '../world.ts';

/** What the header `X-Gitlab-Event` says. */
const names: Partial<Record<HookSwitch, string>> = {
  push_events: 'Push Hook',
  tag_push_events: 'Tag Push Hook',
  issues_events: 'Issue Hook',
  confidential_issues_events: 'Confidential Issue Hook',
  note_events: 'Note Hook',
  confidential_note_events: 'Confidential Note Hook',
  merge_requests_events: 'Merge Request Hook',
  job_events: 'Job Hook',
  pipeline_events: 'Pipeline Hook',
  emoji_events: 'Emoji Hook',
  resource_access_token_events: 'Resource Access Token Hook',
};

export const hooksOf = (project: Project): Hook[] => Object.values(project.hooks);

export const uuid = (world: World): string => {
  const hex = world.random(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
};

export function newDelivery(world: World, trigger: HookSwitch, body: object): Delivery {
  return {
    id: world.next('delivery'),
    key: uuid(world),
    eventUuid: uuid(world),
    event: names[trigger] ?? 'System Hook',
    trigger,
    body: JSON.stringify(body),
    at: world.clock.now(),
    status: '',
    answer: '',
    seconds: 0,
  };
}

function wantsBranch(hook: Hook, branch: string): boolean {
  if (hook.branchFilter === null || hook.branchFilter === '') return true;
  if (hook.filterStrategy === 'all_branches') return true;
  if (hook.filterStrategy === 'wildcard') return matches(hook.branchFilter, branch);
  try {
    return new RegExp(hook.branchFilter).test(branch);
  } catch {
    return false;
  }
}

/** Sends `body()` to every hook of the project that listens to `trigger`; `branch` for pushes to one. */
export function emit(
  world: World,
  project: Project,
  trigger: HookSwitch,
  body: () => object,
  branch?: string,
): void {
  const listening = hooksOf(project).filter(
    (hook) =>
      hook.switches[trigger] === true && (branch === undefined || wantsBranch(hook, branch)),
  );
  if (listening.length === 0) return;
  const made = body();
  for (const hook of listening) world.hooks.enqueue(hook, newDelivery(world, trigger, made));
}
