import { createBranch, deleteBranch } from '../acts/commit.ts';
import type { AccessRule, BranchRule } from '../model.ts';
import { flag, must, required, text, whole } from '../params.ts';
import { roles, rulesOf } from '../permissions.ts';
import { ruleEntity } from '../present/project.ts';
import { branchEntity } from '../present/repository.ts';
import { conflict, invalid, notFound, unprocessable } from '../refusal.ts';
import type { ProjectCall, Router } from './call.ts';
import { page } from './paging.ts';

export function branchRoutes(router: Router): void {
  const one = '/repository/branches/:branch';
  const show = async ({ world, project, level }: ProjectCall, name: string) => {
    const repo = world.repo(project);
    const sha = await repo.head(name);
    if (sha === undefined) throw notFound('Branch');
    return branchEntity(world, project, { name, commit: await repo.commit(sha) }, level);
  };
  router.project('GET', '/repository/branches', 'read_code', async (call) => {
    const { world, project, params, level } = call;
    const search = text(params, 'search');
    const repo = world.repo(project);
    const fits = (name: string) => {
      if (search === undefined) return true;
      if (search.startsWith('^')) return name.startsWith(search.slice(1));
      if (search.endsWith('$')) return name.endsWith(search.slice(0, -1));
      return name.toLowerCase().includes(search.toLowerCase());
    };
    const found = (await repo.branches()).filter(({ name }) => fits(name));
    const full = await Promise.all(
      found.map(async ({ name, sha }) => ({ name, commit: await repo.commit(sha) })),
    );
    return page(full, (branch) => branchEntity(world, project, branch, level));
  });
  router.project('GET', one, 'read_code', (call) => show(call, call.part('branch')));
  router.project('POST', '/repository/branches', 'push_code', async (call) => {
    const { world, project, params, actor } = call;
    required(params, 'branch', 'ref');
    const name = must(params, 'branch');
    await createBranch(world, project, actor, name, must(params, 'ref'));
    return show(call, name);
  });
  router.project('DELETE', one, 'push_code', async (call) => {
    const name = call.part('branch');
    const isProtected = rulesOf(call.project, name).length > 0;
    await deleteBranch(call.world, call.project, call.actor, name, isProtected);
    return undefined;
  });
}

const levels = [0, 30, 40, 60];

/** Levels as `push_access_level=40` or `allowed_to_push=[{access_level: 40}]`. */
function accessOf(call: ProjectCall, simple: string, list: string): AccessRule[] | undefined {
  const { params, world } = call;
  const level = whole(params, simple);
  const many = params[list];
  const sent = Array.isArray(many)
    ? (many as Readonly<Record<string, unknown>>[]).map((each) => whole(each, 'access_level'))
    : level === undefined
      ? undefined
      : [level];
  return sent?.map((each) => {
    // People and groups by name are a Premium feature.
    if (each === undefined) throw unprocessable({ [list]: ['is invalid'] });
    if (!levels.includes(each)) throw invalid(`${simple} does not have a valid value`);
    return { id: world.next('access rule'), level: each };
  });
}

export function protectedBranchRoutes(router: Router): void {
  const one = '/protected_branches/:name';
  const ruleOf = (call: ProjectCall): BranchRule => {
    const name = call.part('name');
    const found = Object.values(call.project.rules).find((rule) => rule.name === name);
    if (!found) throw notFound();
    return found;
  };
  router.project('GET', '/protected_branches', 'read_protected_branch', (call) => {
    const search = text(call.params, 'search');
    const all = Object.values(call.project.rules);
    return page(
      all.filter((rule) => search === undefined || rule.name.includes(search)),
      ruleEntity,
    );
  });
  router.project('GET', one, 'read_protected_branch', (call) => ruleEntity(ruleOf(call)));
  router.project('POST', '/protected_branches', 'admin_protected_branch', (call) => {
    const { world, project, params } = call;
    const name = must(params, 'name');
    if (Object.values(project.rules).some((rule) => rule.name === name))
      throw conflict(`Protected branch '${name}' already exists`);
    const usual = () => [{ id: world.next('access rule'), level: roles.maintainer }];
    const rule: BranchRule = {
      id: world.next('branch rule'),
      name,
      push: accessOf(call, 'push_access_level', 'allowed_to_push') ?? usual(),
      merge: accessOf(call, 'merge_access_level', 'allowed_to_merge') ?? usual(),
      forcePush: flag(params, 'allow_force_push') ?? false,
    };
    project.rules[rule.id] = rule;
    world.changed();
    return ruleEntity(rule);
  });
  router.project('PATCH', one, 'admin_protected_branch', (call) => {
    const rule = ruleOf(call);
    rule.push = accessOf(call, 'push_access_level', 'allowed_to_push') ?? rule.push;
    rule.merge = accessOf(call, 'merge_access_level', 'allowed_to_merge') ?? rule.merge;
    rule.forcePush = flag(call.params, 'allow_force_push') ?? rule.forcePush;
    call.world.changed();
    return ruleEntity(rule);
  });
  router.project('DELETE', one, 'admin_protected_branch', (call) => {
    const { id } = ruleOf(call);
    const { project, world } = call;
    project.rules = Object.fromEntries(
      Object.entries(project.rules).filter(([key]) => Number(key) !== id),
    );
    world.changed();
    return undefined;
  });
}
