import { award, revoke } from '../acts/award.ts';
import type { AnyThread } from '../acts/notes.ts';
import type { Note } from '../model-threads.ts';
import { must } from '../params.ts';
import type { Ability } from '../permissions.ts';
import { awardEntity } from '../present/threads.ts';
import { notFound } from '../refusal.ts';
import type { ProjectCall, Router } from './call.ts';
import { noteOf, threadOf } from './notes.ts';
import { page } from './paging.ts';

const places: readonly { path: string; name: string; on: AnyThread['on']; ability: Ability }[] = [
  { path: '/issues/:issue_iid', name: 'issue_iid', on: 'issue', ability: 'read_issue' },
  {
    path: '/merge_requests/:merge_request_iid',
    name: 'merge_request_iid',
    on: 'merge_request',
    ability: 'read_merge_request',
  },
];

/** Emoji on issues, merge requests and their notes. */
export function awardRoutes(router: Router): void {
  for (const { path, name, on, ability } of places) {
    const thread = (call: ProjectCall) => threadOf(call, on, name);
    routes(router, `${path}/award_emoji`, ability, (call) => ({
      thread: thread(call),
      target: thread(call),
    }));
    routes(router, `${path}/notes/:note_id/award_emoji`, ability, (call) => ({
      thread: thread(call),
      target: noteOf(call, thread(call)),
    }));
  }
}

type Find = (call: ProjectCall) => { thread: AnyThread; target: AnyThread | Note };

function routes(router: Router, path: string, ability: Ability, find: Find): void {
  const show = (call: ProjectCall, each: AnyThread['awards'][number]) => {
    const { thread, target } = find(call);
    const own = thread.on === 'issue' ? 'Issue' : 'MergeRequest';
    const type = target === thread ? own : 'Note';
    return awardEntity(call.world, each, { id: target.id, type });
  };
  const one = (call: ProjectCall) => {
    const id = call.number('award_id');
    const found = find(call).target.awards.find((each) => each.id === id);
    if (!found) throw notFound();
    return found;
  };
  router.project('GET', path, ability, (call) =>
    page(find(call).target.awards, (each) => show(call, each)),
  );
  router.project('GET', `${path}/:award_id`, ability, (call) => show(call, one(call)));
  router.project('POST', path, 'award_emoji', (call) => {
    call.need(ability);
    const { thread, target } = find(call);
    const { world, project, user, params } = call;
    return show(call, award(world, project, thread, target, user, must(params, 'name')));
  });
  router.project('DELETE', `${path}/:award_id`, 'award_emoji', (call) => {
    const { thread, target } = find(call);
    revoke(call.world, call.project, thread, target, call.user, one(call).id);
    return undefined;
  });
}
