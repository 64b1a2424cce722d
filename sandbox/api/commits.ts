import { commitFiles } from '../acts/commit.ts';
import type { FileChange } from '../acts/commit.ts';
import { statsOf } from '../git/compare.ts';
import { diffOf, log, mergeBase } from '../git/history.ts';
import { flag, must, oneOf, required, text, time, whole } from '../params.ts';
import type { Params } from '../params.ts';
import { mergeRequestEntity } from '../present/merge-request.ts';
import { commitEntity, diffEntity } from '../present/repository.ts';
import { invalid, notFound } from '../refusal.ts';
import { iso } from '../world.ts';
import type { ProjectCall, Router } from './call.ts';
import { commitOf } from './files.ts';
import { page } from './paging.ts';

const actions = ['create', 'update', 'move', 'delete', 'chmod'] as const;

function changesOf(params: Params): FileChange[] {
  const list = params.actions;
  if (!Array.isArray(list)) throw invalid('actions is invalid');
  if (list.length === 0) throw invalid('actions is empty');
  return list.map((each: unknown): FileChange => {
    if (typeof each !== 'object' || each === null) throw invalid('actions is invalid');
    const one = each as Params;
    const action = oneOf(one, 'action', actions);
    if (action === undefined) throw invalid('actions[0][action] is missing');
    const path = text(one, 'file_path');
    if (path === undefined) throw invalid('actions[0][file_path] is missing');
    const content = text(one, 'content');
    const encoding = oneOf(one, 'encoding', ['text', 'base64']) ?? 'text';
    return {
      action,
      path,
      previousPath: text(one, 'previous_path'),
      content:
        content === undefined
          ? undefined
          : Buffer.from(content, encoding === 'text' ? 'utf8' : 'base64'),
      lastCommit: text(one, 'last_commit_id'),
      executable: flag(one, 'execute_filemode'),
    };
  });
}

export function commitRoutes(router: Router): void {
  const one = '/repository/commits/:sha';
  const show = async ({ world, project }: ProjectCall, sha: string) => {
    const repo = world.repo(project);
    return {
      ...commitEntity(world, project, await repo.commit(sha)),
      stats: await statsOf(repo, sha),
      status: null,
      project_id: project.id,
      last_pipeline: null,
    };
  };

  router.project('GET', '/repository/commits', 'read_code', async (call) => {
    const { world, project, params } = call;
    const repo = world.repo(project);
    const ref = text(params, 'ref_name') ?? '';
    const range = /^(.+?)\.{2,3}(.+)$/.exec(ref);
    const heads = range
      ? [
          await commitOf(call, range[2] ?? '', 'Commit'),
          `^${await commitOf(call, range[1] ?? '', 'Commit')}`,
        ]
      : [await commitOf(call, ref, 'Commit')];
    const [since, until] = [time(params, 'since'), time(params, 'until')];
    const more = [
      ...(since === undefined ? [] : [`--since=${iso(since)}`]),
      ...(until === undefined ? [] : [`--until=${iso(until)}`]),
      ...(flag(params, 'first_parent') ? ['--first-parent'] : []),
    ];
    const path = text(params, 'path');
    const found = await log(repo, heads, { path: path === '' ? undefined : path, more });
    return page(found, (commit) => commitEntity(world, project, commit));
  });

  router.project('POST', '/repository/commits', 'push_code', async (call) => {
    const { world, project, params, actor } = call;
    required(params, 'branch', 'commit_message', 'actions');
    const startProject = whole(params, 'start_project');
    const sha = await commitFiles(world, project, actor, {
      branch: must(params, 'branch'),
      message: must(params, 'commit_message'),
      changes: changesOf(params),
      startBranch: text(params, 'start_branch'),
      startSha: text(params, 'start_sha'),
      startProject,
      force: flag(params, 'force') ?? false,
      authorName: text(params, 'author_name'),
      authorEmail: text(params, 'author_email'),
    });
    if (flag(params, 'stats') === false)
      return commitEntity(world, project, await world.repo(project).commit(sha));
    return show(call, sha);
  });

  router.project('GET', one, 'read_code', async (call) =>
    show(call, await commitOf(call, call.part('sha'), 'Commit')),
  );
  router.project('GET', `${one}/diff`, 'read_code', async (call) => {
    const repo = call.world.repo(call.project);
    const sha = await commitOf(call, call.part('sha'), 'Commit');
    const { parents } = await repo.commit(sha);
    return page(await diffOf(repo, parents[0], sha), diffEntity);
  });
  router.project('GET', `${one}/refs`, 'read_code', async (call) => {
    const repo = call.world.repo(call.project);
    const sha = await commitOf(call, call.part('sha'), 'Commit');
    const out = await repo.text([
      'for-each-ref',
      '--format=%(refname:short)',
      `--contains=${sha}`,
      'refs/heads/',
    ]);
    return page(
      out.split('\n').filter((name) => name !== ''),
      (name) => ({ type: 'branch', name }),
    );
  });
  router.project('GET', `${one}/merge_requests`, 'read_merge_request', async (call) => {
    const { world, project } = call;
    const sha = await commitOf(call, call.part('sha'), 'Commit');
    const found = Object.values(project.mergeRequests).filter(
      (mr) => mr.sha === sha || mr.mergeSha === sha || mr.squashSha === sha,
    );
    return page(found, (mr) => mergeRequestEntity(world, project, mr));
  });
  router.project('GET', `${one}/statuses`, 'read_code', async (call) => {
    await commitOf(call, call.part('sha'), 'Commit');
    return [];
  });

  router.project('GET', '/repository/compare', 'read_code', async (call) => {
    const { world, project, params } = call;
    required(params, 'from', 'to');
    const repo = world.repo(project);
    const [from, to] = await Promise.all(
      ['from', 'to'].map((name) => commitOf(call, must(params, name), 'Ref')),
    );
    if (from === undefined || to === undefined) throw notFound('Ref');
    const straight = flag(params, 'straight') ?? false;
    const base = straight ? from : ((await mergeBase(repo, from, to)) ?? from);
    const [commits, diffs] = await Promise.all([
      log(repo, [to, `^${from}`]),
      diffOf(repo, base, to),
    ]);
    const shown = commits.reverse().map((commit) => commitEntity(world, project, commit));
    return {
      commit: shown.at(-1) ?? null,
      commits: shown,
      diffs: diffs.map(diffEntity),
      compare_timeout: false,
      compare_same_ref: from === to,
      web_url: `${world.url}/-/compare/${from}...${to}`,
    };
  });
  router.project('GET', '/repository/merge_base', 'read_code', async (call) => {
    const refs = call.params.refs;
    if (!Array.isArray(refs) || refs.length !== 2) throw invalid('refs is invalid');
    const repo = call.world.repo(call.project);
    const [a = '', b = ''] = await Promise.all(
      refs.map((ref) => commitOf(call, String(ref), 'Ref')),
    );
    const found = await mergeBase(repo, a, b);
    if (found === undefined) throw notFound('Merge Base');
    return commitEntity(call.world, call.project, await repo.commit(found));
  });
}
