import type { Hono } from 'hono';
import { pushed } from '../acts/push.ts';
import { serveGit } from '../git/http.ts';
import { zero } from '../git/refs.ts';
import type { RefUpdate } from '../git/receive.ts';
import { abilities, levelOf, may, mayForce, mayPush, rulesOf } from '../permissions.ts';
import type { Project } from '../model.ts';
import { findProject } from '../world.ts';
import type { World } from '../world.ts';
import type { Env } from './call.ts';
import { basicToken, whoHas } from './identify.ts';

const refuse = (status: number, words: string) =>
  new Response(words, {
    status,
    headers: {
      'content-type': 'text/plain',
      ...(status === 401 && { 'www-authenticate': 'Basic realm="GitLab"' }),
    },
  });

const denied =
  'HTTP Basic: Access denied. If a password was provided for Git authentication, the password was incorrect ' +
  "or you're required to use a token instead of a password.";
const branchOf = (ref: string) => /^refs\/heads\/(.+)$/.exec(ref)?.[1];

/** What a push may not do, by branch. Hidden refs of ours are nobody's. */
function judge(project: Project, level: number) {
  return (updates: readonly RefUpdate[]) => {
    const refused: string[] = [];
    const kept: string[] = [];
    const forward: string[] = [];
    for (const { ref, before, after } of updates) {
      const branch = branchOf(ref);
      if (branch === undefined) {
        if (!ref.startsWith('refs/tags/')) refused.push(ref);
        continue;
      }
      const bound = rulesOf(project, branch).length > 0;
      if (!mayPush(project, branch, level)) refused.push(ref);
      else if (after === zero && (bound || branch === project.defaultBranch)) kept.push(ref);
      else if (before !== zero && after !== zero && !mayForce(project, branch)) forward.push(ref);
    }
    return { refused, kept, forward };
  };
}

/** `git clone`, `fetch` and `push` over HTTP, with a token as the password. */
export function gitRoutes(world: World, app: Hono<Env>): void {
  app.use('*', async (c, next) => {
    if (!c.req.path.includes('.git/')) return next();
    const { pathname, searchParams } = new URL(c.req.url);
    const found = /^\/(.+?)\.git(\/info\/refs|\/git-upload-pack|\/git-receive-pack)$/.exec(
      decodeURIComponent(pathname),
    );
    if (!found) return next();
    const [, name = '', path = ''] = found;
    const token = basicToken(c.req.raw);
    if (token === undefined) return refuse(401, denied);
    let known: ReturnType<typeof whoHas>;
    try {
      known = whoHas(world, token);
    } catch {
      return refuse(401, denied);
    }
    const { user } = known;
    c.set('username', user.username);
    const project = findProject(world, name);
    const bound = known.token.projectId;
    const level =
      project === undefined || (bound !== undefined && bound !== project.id)
        ? 0
        : levelOf(project, user, world.clock.now());
    const missing = refuse(
      404,
      "The project you were looking for could not be found or you don't have permission to view it.",
    );
    if (project === undefined || !may(project, user, level, 'read_code')) return missing;
    const pushing =
      path === '/git-receive-pack' || searchParams.get('service') === 'git-receive-pack';
    const { scopes } = known.token;
    const writes = scopes.includes('api') || scopes.includes('write_repository');
    if (pushing && (level < abilities.push_code || !writes))
      return refuse(403, 'You are not allowed to push code to this project.');
    return serveGit({
      repo: world.repo(project),
      path,
      request: c.req.raw,
      username: user.username,
      judge: judge(project, level),
      async received(updates, options) {
        for (const { ref, before, after } of updates) {
          const branch = branchOf(ref);
          if (branch === undefined) continue;
          await pushed(world, project, user, {
            branch,
            before: before === zero ? undefined : before,
            after: after === zero ? undefined : after,
            skipCi: options.includes('ci.skip'),
          });
        }
      },
    });
  });
}
