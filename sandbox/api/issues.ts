import { changeThread } from '../acts/change.ts';
import { createIssue } from '../acts/create.ts';
import { carryOut } from '../acts/commands.ts';
import { systemNote } from '../acts/notes.ts';
import { takeCommands } from '../acts/text.ts';
import type { Issue } from '../model-threads.ts';
import { flag, must, oneOf, optional, text, time, whole, words } from '../params.ts';
import { issueEntity } from '../present/threads.ts';
import { forbidden, invalid, notFound } from '../refusal.ts';
import { projectOf } from '../world.ts';
import type { ProjectCall, Router } from './call.ts';
import { askerOf } from './call.ts';
import { filterThreads, orders } from './filters.ts';
import { page } from './paging.ts';
import { changeOf, idsOf } from './thread-params.ts';

const types = ['issue', 'incident', 'test_case', 'task'] as const;
const writable = [
  'assignee_id',
  'assignee_ids',
  'confidential',
  'created_at',
  'description',
  'discussion_locked',
  'due_date',
  'start_date',
  'labels',
  'add_labels',
  'remove_labels',
  'milestone_id',
  'milestone',
  'severity',
  'state_event',
  'title',
  'issue_type',
];

/** Who may see a confidential issue: members from planner up, its author and who is assigned. */
export function visible(call: ProjectCall, issue: Issue): boolean {
  if (!issue.confidential || call.may('read_confidential_issue')) return true;
  const asker = askerOf(call);
  return issue.authorId === asker || issue.assigneeIds.includes(asker);
}

export function issueOf(call: ProjectCall, name = 'issue_iid'): Issue {
  const value = call.part(name);
  if (!/^\d{1,15}$/.test(value)) throw invalid('issue_iid is invalid');
  const issue = call.project.issues[Number(value)];
  if (issue === undefined || !visible(call, issue)) throw notFound();
  return issue;
}

export function issueRoutes(router: Router): void {
  const show = ({ world, project }: ProjectCall, issue: Issue) =>
    issueEntity(world, project, issue);

  router.project('GET', '/issues', 'read_issue', (call) => {
    const { world, project, params } = call;
    const state = oneOf(params, 'state', ['opened', 'closed', 'all'] as const) ?? 'all';
    const type = oneOf(params, 'issue_type', types);
    const confidential = flag(params, 'confidential');
    const details = flag(params, 'with_labels_details') ?? false;
    const usernames = words(params, 'assignee_username') ?? [];
    if (usernames.length > 1)
      throw invalid(
        `assignee_username allows one value, but found ${String(usernames.length)}: ${usernames.join(', ')}`,
      );
    const found = filterThreads(call, Object.values(project.issues), orders.issues).filter(
      (issue) =>
        (state === 'all' || issue.state === state) &&
        (type === undefined || issue.type === type) &&
        (confidential === undefined || issue.confidential === confidential) &&
        visible(call, issue),
    );
    return page(found, (issue) => issueEntity(world, project, issue, details));
  });

  router.project('POST', '/issues', 'create_issue', async (call) => {
    const { world, project, params, actor } = call;
    const title = must(params, 'title');
    const written = text(params, 'description');
    const { text: description, commands } = takeCommands(written ?? '');
    const mayAdmin = call.may('admin_issue');
    const issue = await createIssue(world, project, actor, {
      title,
      description: written === undefined ? null : description,
      labels: words(params, 'labels') ?? [],
      assignees: mayAdmin ? (idsOf(params, 'assignee_ids', 'assignee_id') ?? []).slice(0, 1) : [],
      confidential: flag(params, 'confidential') ?? false,
      type: oneOf(params, 'issue_type', types) ?? 'issue',
      dueDate: optional(params, 'due_date'),
      createdAt: call.level >= 50 ? time(params, 'created_at') : undefined,
    });
    await carryOut(world, project, issue, actor, commands);
    return show(call, issue);
  });

  router.project('GET', '/issues/:issue_iid', 'read_issue', (call) => show(call, issueOf(call)));

  router.project('PUT', '/issues/:issue_iid', 'read_issue', async (call) => {
    const { world, project, params, actor } = call;
    const issue = issueOf(call);
    if (!writable.some((name) => params[name] !== undefined))
      throw invalid(`${writable.join(', ')} are missing, at least one parameter must be provided`);
    const admin = call.may('admin_issue');
    const own = [issue.authorId, ...issue.assigneeIds].includes(actor.user.id);
    if (!admin && !own) throw forbidden();
    const { change, commands } = changeOf(call);
    const { title, description, state, ...more } = change;
    // Whoever wrote an issue may change its words and state; the rest is passed over.
    const allowed = admin ? { title, description, state, ...more } : { title, description, state };
    await changeThread(world, project, issue, actor, allowed);
    await carryOut(world, project, issue, actor, commands);
    return show(call, issue);
  });

  router.project('DELETE', '/issues/:issue_iid', 'destroy_issue', (call) => {
    const { iid } = issueOf(call);
    const { project } = call;
    project.issues = Object.fromEntries(
      Object.entries(project.issues).filter(([key]) => Number(key) !== iid),
    );
    call.world.changed();
    return undefined;
  });

  router.project('GET', '/issues/:issue_iid/links', 'read_issue', (call) => {
    const issue = issueOf(call);
    const linked = issue.links.flatMap((link) => {
      const other = call.project.issues[link.iid];
      return other && visible(call, other) ? [{ link, other }] : [];
    });
    return linked.map(({ link, other }) => ({
      ...show(call, other),
      issue_link_id: link.id,
      link_type: 'relates_to',
      link_created_at: null,
      link_updated_at: null,
    }));
  });
  router.project('POST', '/issues/:issue_iid/links', 'admin_issue', (call) => {
    const { world, project, params, user } = call;
    const issue = issueOf(call);
    oneOf(params, 'link_type', ['relates_to']);
    const target = projectOf(world, whole(params, 'target_project_id') ?? project.id);
    const other = target.issues[whole(params, 'target_issue_iid') ?? 0];
    if (!other || target !== project) throw notFound();
    const id = world.next('issue link');
    issue.links.push({ id, iid: other.iid });
    other.links.push({ id, iid: issue.iid });
    systemNote(world, issue, user.id, `marked as related to #${String(other.iid)}`);
    systemNote(world, other, user.id, `marked as related to #${String(issue.iid)}`);
    return {
      source_issue: show(call, issue),
      target_issue: show(call, other),
      link_type: 'relates_to',
    };
  });
}
