import { tokenEntity, userBasic, userFull, userSelf } from '../present/people.ts';
import { flag, must, text, words } from '../params.ts';
import { bad, forbidden, notFound } from '../refusal.ts';
import { addToken, day, iso, projectOf } from '../world.ts';
import type { World } from '../world.ts';
import type { Call, Router } from './call.ts';
import { Answer } from './call.ts';
import { page } from './paging.ts';

const version = { version: '19.2.1', revision: 'f4d029d2da8' };

function expiry(call: Call): string {
  const now = call.world.clock.now();
  const latest = day(now + 365 * 86_400_000);
  const wanted = text(call.params, 'expires_at') ?? latest;
  if (!/^\d{4}-\d{2}-\d{2}/.test(wanted)) throw bad('400 Bad request - Expires at is invalid');
  if (wanted.slice(0, 10) > latest)
    throw bad(`400 Bad request - Expiration date must be before ${latest}`);
  return wanted.slice(0, 10);
}

/** Version, users, the caller's own tokens and to-do list. */
export function serverRoutes(router: Router): void {
  const meta = ({ world }: Call) => ({
    ...version,
    kas: { enabled: false, externalUrl: null, externalK8sProxyUrl: null, version: null },
    enterprise: false,
    url: world.url,
  });
  router.signedIn('GET', '/version', (call) => {
    const { url: _, ...shown } = meta(call);
    return shown;
  });
  router.signedIn('GET', '/metadata', (call) => {
    const { url: _, ...shown } = meta(call);
    return shown;
  });

  router.signedIn('GET', '/user', ({ world, user }) => userSelf(world, user));
  router.signedIn('GET', '/users', ({ world, params }) => {
    const username = text(params, 'username')?.toLowerCase();
    const search = text(params, 'search')?.toLowerCase();
    const wanted = flag(params, 'without_project_bots') ?? false;
    const found = Object.values(world.state.users).filter(
      (user) =>
        (username === undefined || user.username.toLowerCase() === username) &&
        (search === undefined || `${user.username} ${user.name}`.toLowerCase().includes(search)) &&
        !(wanted && user.bot),
    );
    return page(found.reverse(), (user) => userBasic(world, user));
  });
  router.signedIn('GET', '/users/:user_id', (call) => {
    const user = call.world.state.users[call.number('user_id')];
    if (!user) throw notFound('User');
    return userFull(call.world, user);
  });

  router.signedIn('GET', '/personal_access_tokens/self', ({ world, token }) => {
    const {
      access_level: _l,
      resource_type: _t,
      resource_id: _r,
      ...shown
    } = {
      access_level: 0,
      resource_type: '',
      resource_id: 0,
      ...tokenEntity(world, token),
    };
    return shown;
  });
  router.signedIn('DELETE', '/personal_access_tokens/self', ({ world, token }) => {
    token.revoked = true;
    world.changed();
    return undefined;
  });
  router.signedIn('POST', '/personal_access_tokens/self/rotate', (call) => rotate(call));
  router.signedIn('POST', '/user/personal_access_tokens', (call) => {
    const { world, params, user } = call;
    const token = addToken(world, {
      name: must(params, 'name'),
      description: text(params, 'description') ?? '',
      userId: user.id,
      scopes: words(params, 'scopes') ?? [],
      expiresAt: expiry(call),
    });
    world.changed();
    return { ...tokenEntity(world, token), token: token.value };
  });

  router.signedIn('GET', '/todos', ({ world, user }) =>
    page(world.state.todos.filter((todo) => todo.userId === user.id).reverse(), (todo) =>
      todoEntity(world, todo),
    ),
  );
  router.signedIn('GET', '/issues/:issue_id', ({ user }) => {
    if (!user.admin) throw forbidden();
    throw notFound();
  });
}

function rotate(call: Call): Answer {
  const { world, token } = call;
  const made = addToken(world, { ...token, ...fresh(world), expiresAt: expiry(call) });
  token.revoked = true;
  world.changed();
  return new Answer(200, { ...tokenEntity(world, made), token: made.value });
}

/** What a rotated token does not keep. */
export const fresh = (world: World) => {
  const value = `glpat-${Buffer.from(world.clock.random(15)).toString('base64url')}`;
  return {
    id: world.next('token'),
    value,
    createdAt: world.clock.now(),
    revoked: false,
    lastUsedAt: undefined,
  };
};
export { expiry };

function todoEntity(world: World, todo: World['state']['todos'][number]) {
  const project = projectOf(world, todo.projectId);
  const author = world.state.users[todo.authorId];
  return {
    id: todo.id,
    project: { id: project.id, name: project.name, path: project.path },
    author: author ? userBasic(world, author) : null,
    action_name: todo.action,
    target_type: todo.on === 'issue' ? 'Issue' : 'MergeRequest',
    target: { iid: todo.iid, project_id: project.id },
    target_url: `${world.url}/${project.namespace.path}/${project.path}/-/${todo.on}s/${String(todo.iid)}`,
    body: todo.body,
    state: 'pending',
    created_at: iso(todo.at),
    updated_at: iso(todo.at),
  };
}
