import type { Hono } from 'hono';
import { isOid, readLarge, writeLarge } from '../git/lfs.ts';
import { pathOf } from '../model.ts';
import type { Project } from '../model.ts';
import { abilities, levelOf, may } from '../permissions.ts';
import { findProject } from '../world.ts';
import type { World } from '../world.ts';
import type { Env } from './call.ts';
import { basicToken, whoHas } from './identify.ts';

const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/vnd.git-lfs+json' },
  });
const refuse = (status: number, message: string) => json({ message }, status);

interface Allowed {
  project: Project;
  username: string;
  writes: boolean;
}

/** Who asks, and what they may do to the large files of this project; or the refusal. */
function allow(world: World, request: Request, name: string): Allowed | Response {
  const token = basicToken(request);
  const project = findProject(world, name);
  try {
    const { user, token: known } = whoHas(world, token ?? '');
    const bound = known.projectId !== undefined && known.projectId !== project?.id;
    const level = project && !bound ? levelOf(project, user, world.clock.now()) : 0;
    if (!project || !may(project, user, level, 'read_code')) return refuse(404, 'Not found.');
    const scoped = known.scopes.includes('api') || known.scopes.includes('write_repository');
    return { project, username: user.username, writes: scoped && level >= abilities.push_code };
  } catch {
    return refuse(401, 'Credentials needed');
  }
}

interface Batch {
  operation?: unknown;
  objects?: readonly { oid?: unknown; size?: unknown }[];
}

/** The batch API of Git LFS with its basic transfer (git-lfs, docs/api), at GitLab's addresses. */
export function lfsRoutes(world: World, app: Hono<Env>): void {
  app.use('*', async (c, next) => {
    const path = decodeURIComponent(new URL(c.req.url).pathname);
    const found =
      /^\/(.+?)\.git\/(?:info\/lfs\/objects\/(batch)|gitlab-lfs\/objects\/([0-9a-f]{64})(?:\/\d+)?)$/.exec(
        path,
      );
    if (!found) return next();
    const [, name = '', batch, oid = ''] = found;
    const allowed = allow(world, c.req.raw, name);
    if (allowed instanceof Response) return allowed;
    c.set('username', allowed.username);
    const { folder } = world.repo(allowed.project);
    if (batch !== undefined && c.req.method === 'POST') {
      const asked: Batch = await c.req.json();
      return answerBatch(world, allowed, folder, asked, c.req.header('authorization') ?? '');
    }
    if (c.req.method === 'PUT') {
      if (!allowed.writes) return refuse(403, 'Access forbidden. Check your access level.');
      const kept = await writeLarge(folder, oid, new Uint8Array(await c.req.arrayBuffer()));
      return kept ? new Response(null, { status: 200 }) : refuse(422, 'Unprocessable entity');
    }
    const body = c.req.method === 'GET' ? await readLarge(folder, oid) : undefined;
    if (!body) return refuse(404, 'Not found.');
    return new Response(new Uint8Array(body), {
      headers: { 'content-type': 'application/octet-stream' },
    });
  });
}

async function answerBatch(
  world: World,
  { project, writes }: Allowed,
  folder: string,
  { operation, objects = [] }: Batch,
  authorization: string,
): Promise<Response> {
  if (operation !== 'upload' && operation !== 'download')
    return refuse(404, 'Operation not supported');
  if (operation === 'upload' && !writes)
    return refuse(403, 'Access forbidden. Check your access level.');
  const base = `${world.url}/${pathOf(project)}.git/gitlab-lfs/objects`;
  const answers = objects.map(async ({ oid, size }) => {
    if (typeof oid !== 'string' || !isOid(oid) || typeof size !== 'number')
      return { oid, size, error: { code: 422, message: 'Invalid object' } };
    const there = await readLarge(folder, oid);
    const header = { Authorization: authorization };
    if (operation === 'download')
      return there
        ? {
            oid,
            size,
            authenticated: true,
            actions: { download: { href: `${base}/${oid}`, header } },
          }
        : {
            oid,
            size,
            error: {
              code: 404,
              message:
                "Object does not exist on the server or you don't have permissions to access it",
            },
          };
    const href = `${base}/${oid}/${String(size)}`;
    return there
      ? { oid, size }
      : { oid, size, authenticated: true, actions: { upload: { href, header } } };
  });
  return json({ objects: await Promise.all(answers) });
}
