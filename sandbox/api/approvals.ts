import { approve, mayApprove, resetApprovals, unapprove } from '../acts/approve.ts';
import type { MergeRequest } from '../model-threads.ts';
import { text } from '../params.ts';
import { approvalsEntity } from '../present/merge-request.ts';
import type { ProjectCall, Router } from './call.ts';
import { Answer, askerOf } from './call.ts';
import { mergeRequestOf } from './merge-requests.ts';

const one = '/merge_requests/:merge_request_iid';

const show = (call: ProjectCall, mr: MergeRequest) =>
  approvalsEntity(call.world, mr, askerOf(call), mayApprove(mr, call.level));

/** Approvals as GitLab Free has them: optional, never in the way. */
export function approvalRoutes(router: Router): void {
  router.project('GET', `${one}/approvals`, 'read_merge_request', (call) =>
    show(call, mergeRequestOf(call)),
  );
  router.project('POST', `${one}/approve`, 'read_merge_request', async (call) => {
    const mr = mergeRequestOf(call);
    await approve(call.world, call.project, mr, call.actor, text(call.params, 'sha'));
    return show(call, mr);
  });
  router.project('POST', `${one}/unapprove`, 'read_merge_request', async (call) => {
    const mr = mergeRequestOf(call);
    await unapprove(call.world, call.project, mr, call.actor);
    return show(call, mr);
  });
  router.project('PUT', `${one}/reset_approvals`, 'read_merge_request', (call) => {
    resetApprovals(call.world, mergeRequestOf(call), call.actor);
    return new Answer(202);
  });
}
