import type { AnyThread } from '../acts/notes.ts';
import type { LabelEvent, StateEvent } from '../model-threads.ts';
import type { Ability } from '../permissions.ts';
import { basicOf } from '../present/people.ts';
import { labelBasic } from '../present/project.ts';
import { notFound } from '../refusal.ts';
import { iso } from '../world.ts';
import type { ProjectCall, Router } from './call.ts';
import { threadOf } from './notes.ts';
import { page } from './paging.ts';

const places: readonly { path: string; on: AnyThread['on']; ability: Ability }[] = [
  { path: '/issues/:eventable_id', on: 'issue', ability: 'read_issue' },
  { path: '/merge_requests/:eventable_id', on: 'merge_request', ability: 'read_merge_request' },
];

const base = (call: ProjectCall, thread: AnyThread, event: LabelEvent | StateEvent) => ({
  id: event.id,
  user: basicOf(call.world, event.userId),
  created_at: iso(event.at),
  resource_type: thread.on === 'issue' ? 'Issue' : 'MergeRequest',
  resource_id: thread.id,
});

function labelEvent(call: ProjectCall, thread: AnyThread, event: LabelEvent) {
  const label = call.project.labels[event.labelId];
  return {
    ...base(call, thread, event),
    label: label ? labelBasic(label) : null,
    action: event.action,
  };
}

const stateEvent = (call: ProjectCall, thread: AnyThread, event: StateEvent) => ({
  ...base(call, thread, event),
  source_commit: event.commit ?? null,
  source_merge_request_id: null,
  state: event.state,
});

/** Who set which label or state, and when; oldest first. */
export function eventRoutes(router: Router): void {
  for (const { path, on, ability } of places) {
    const thread = (call: ProjectCall) => threadOf(call, on, 'eventable_id');
    const pick = <T extends { id: number }>(call: ProjectCall, all: readonly T[]): T => {
      const found = all.find((each) => each.id === call.number('event_id'));
      if (!found) throw notFound();
      return found;
    };
    router.project('GET', `${path}/resource_label_events`, ability, (call) =>
      page(thread(call).labelEvents, (event) => labelEvent(call, thread(call), event)),
    );
    router.project('GET', `${path}/resource_label_events/:event_id`, ability, (call) =>
      labelEvent(call, thread(call), pick(call, thread(call).labelEvents)),
    );
    router.project('GET', `${path}/resource_state_events`, ability, (call) =>
      page(thread(call).stateEvents, (event) => stateEvent(call, thread(call), event)),
    );
    router.project('GET', `${path}/resource_state_events/:event_id`, ability, (call) =>
      stateEvent(call, thread(call), pick(call, thread(call).stateEvents)),
    );
  }
}
