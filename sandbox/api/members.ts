import { optional, required, text, whole, wholes, words } from '../params.ts';
import { levelOf, membersOf, roles } from '../permissions.ts';
import { isActive, memberEntity, tokenEntity } from '../present/people.ts';
import { bad, conflict, forbidden, invalid, notFound } from '../refusal.ts';
import { addUser } from '../seed.ts';
import { addToken, findUser } from '../world.ts';
import type { ProjectCall, Router } from './call.ts';
import { Answer } from './call.ts';
import { page } from './paging.ts';
import { expiry, fresh } from './server.ts';

const levels = [5, 10, 15, 20, 30, 40, 50];

function wantedLevel(call: ProjectCall): number {
  required(call.params, 'access_level');
  const level = whole(call.params, 'access_level') ?? 0;
  if (!levels.includes(level)) throw invalid('access_level does not have a valid value');
  if (level > call.level) throw forbidden();
  return level;
}

function memberList(call: ProjectCall) {
  const { world, project, params } = call;
  const query = text(params, 'query')?.toLowerCase();
  const ids = wholes(params, 'user_ids');
  const found = membersOf(world.state, project).filter(
    ({ user }) =>
      (ids === undefined || ids.includes(user.id)) &&
      (query === undefined || `${user.name} ${user.username}`.toLowerCase().includes(query)),
  );
  return page(found, ({ user, member }) => memberEntity(world, user, member));
}

function oneMember(call: ProjectCall) {
  const { world, project } = call;
  const id = call.number('user_id');
  const user = world.state.users[id];
  const member = project.members[id];
  if (!user || !member) throw notFound();
  return memberEntity(world, user, member);
}

/** Who has which role, and the project's own access tokens with their bot users. */
export function memberRoutes(router: Router): void {
  router.project('GET', '/members', 'read_member', memberList);
  router.project('GET', '/members/all', 'read_member', memberList);
  router.project('GET', '/members/:user_id', 'read_member', oneMember);
  router.project('GET', '/members/all/:user_id', 'read_member', oneMember);
  router.project('POST', '/members', 'admin_member', (call) => {
    const { world, project, params } = call;
    const name = text(params, 'username');
    const named = name === undefined ? whole(params, 'user_id') : findUser(world, name)?.id;
    if (named === undefined && name === undefined) throw invalid('user_id is missing');
    const user = world.state.users[named ?? 0];
    const level = wantedLevel(call);
    if (!user) throw notFound('User');
    if (project.members[user.id]) throw conflict('Member already exists');
    const member = {
      userId: user.id,
      level,
      createdAt: world.clock.now(),
      expiresAt: text(params, 'expires_at'),
    };
    project.members[user.id] = member;
    world.changed();
    return memberEntity(world, user, member);
  });
  router.project('PUT', '/members/:user_id', 'admin_member', (call) => {
    const member = call.project.members[call.number('user_id')];
    if (!member) throw notFound();
    member.level = wantedLevel(call);
    if (call.params.expires_at !== undefined)
      member.expiresAt = optional(call.params, 'expires_at');
    call.world.changed();
    return oneMember(call);
  });
  router.project('DELETE', '/members/:user_id', 'admin_member', (call) => {
    const id = call.number('user_id');
    if (!call.project.members[id]) throw notFound();
    call.project.members = Object.fromEntries(
      Object.entries(call.project.members).filter(([key]) => Number(key) !== id),
    );
    call.world.changed();
    return undefined;
  });

  const tokensOf = ({ world, project }: ProjectCall) =>
    Object.values(world.state.tokens).filter(
      (token) => token.projectId === project.id && !token.job,
    );
  const oneToken = (call: ProjectCall) => {
    const found = tokensOf(call).find((token) => token.id === call.number('token_id'));
    if (!found) throw notFound();
    return found;
  };
  router.project('GET', '/access_tokens', 'manage_access_token', (call) => {
    const state = text(call.params, 'state');
    const found = tokensOf(call).filter((token) => {
      const active = isActive(token, call.world.clock.now());
      return state === undefined || active === (state === 'active');
    });
    return page(found.reverse(), (token) => tokenEntity(call.world, token));
  });
  router.project('GET', '/access_tokens/:token_id', 'manage_access_token', (call) =>
    tokenEntity(call.world, oneToken(call)),
  );
  router.project('POST', '/access_tokens', 'manage_access_token', (call) => {
    const { world, project, params } = call;
    required(params, 'name', 'scopes', 'expires_at');
    const known = [
      'api',
      'read_api',
      'read_repository',
      'write_repository',
      'create_runner',
      'manage_runner',
      'ai_features',
      'k8s_proxy',
      'self_rotate',
      'read_registry',
      'write_registry',
    ];
    const scopes = words(params, 'scopes') ?? [];
    if (scopes.length === 0 || scopes.some((scope) => !known.includes(scope)))
      throw invalid('scopes does not have a valid value');
    const level = params.access_level === undefined ? roles.maintainer : wantedLevel(call);
    if (level > call.level)
      throw bad(
        "400 Bad request - Access level of the token can't be greater the access level of the user who created the token",
      );
    const expiresAt = expiry(call);
    const name = text(params, 'name') ?? '';
    const username = `project_${String(project.id)}_bot_${world.random(16)}`;
    const bot = addUser(world, {
      name,
      username,
      bot: true,
      email: `${username}@noreply.gitlab.sandbox`,
    });
    project.members[bot.id] = { userId: bot.id, level, createdAt: world.clock.now(), expiresAt };
    const token = addToken(world, {
      name,
      description: text(params, 'description') ?? '',
      userId: bot.id,
      scopes,
      expiresAt,
      projectId: project.id,
      level,
    });
    world.changed();
    return { ...tokenEntity(world, token), token: token.value };
  });
  const rotate = (call: ProjectCall, old: ReturnType<typeof oneToken>) => {
    const { world, project } = call;
    if (old.revoked || !isActive(old, world.clock.now()))
      throw bad('400 Bad request - Token already revoked');
    const expiresAt = expiry(call);
    const made = addToken(world, { ...old, ...fresh(world), expiresAt });
    old.revoked = true;
    const member = project.members[old.userId];
    if (member) member.expiresAt = expiresAt;
    world.changed();
    return new Answer(200, { ...tokenEntity(world, made), token: made.value });
  };
  router.project('POST', '/access_tokens/self/rotate', 'read_project', (call) => {
    if (call.token.projectId !== call.project.id) throw forbidden();
    return rotate(call, call.token);
  });
  router.project('POST', '/access_tokens/:token_id/rotate', 'manage_access_token', (call) =>
    rotate(call, oneToken(call)),
  );
  router.project('DELETE', '/access_tokens/:token_id', 'manage_access_token', (call) => {
    const token = oneToken(call);
    const { world, project } = call;
    token.revoked = true;
    const left = tokensOf(call).some((each) => each.userId === token.userId && !each.revoked);
    const member = project.members[token.userId];
    // The bot of the last token loses its place; what it wrote stays.
    if (!left && member && levelOf(project, world.state.users[token.userId], 0) > 0)
      project.members = Object.fromEntries(
        Object.entries(project.members).filter(([key]) => Number(key) !== token.userId),
      );
    world.changed();
    return undefined;
  });
}
