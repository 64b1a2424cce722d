import { createHash } from 'node:crypto';
import { commitFiles } from '../acts/commit.ts';
import type { FileChange } from '../acts/commit.ts';
import { lastCommitOf } from '../git/history.ts';
import { isTree } from '../git/objects.ts';
import { oidIn, readLarge } from '../git/lfs.ts';
import { flag, must, oneOf, required, text } from '../params.ts';
import { treeEntity } from '../present/repository.ts';
import { notFound } from '../refusal.ts';
import type { ProjectCall, Router } from './call.ts';
import { Answer } from './call.ts';
import { page } from './paging.ts';

/** The commit that `ref` means. Throws 404 with GitLab's words for what is not there. */
export async function commitOf(call: ProjectCall, ref: string, what: string): Promise<string> {
  const name = ref === 'HEAD' || ref === '' ? call.project.defaultBranch : ref;
  const sha = await call.world.repo(call.project).resolve(name);
  if (sha === undefined) throw notFound(what);
  return sha;
}

async function fileAt(call: ProjectCall, ref: string) {
  const { world, project } = call;
  const path = call.part('file_path');
  const repo = world.repo(project);
  const sha = await commitOf(call, ref, 'Commit');
  const entry = await repo.entry((await repo.commit(sha)).tree, path);
  if (entry === undefined || isTree(entry) || path === '') throw notFound('File');
  const [body, last] = await Promise.all([repo.blob(entry.sha), lastCommitOf(repo, sha, path)]);
  return { path, ref, sha, entry, body: body ?? Buffer.alloc(0), last };
}
type File = Awaited<ReturnType<typeof fileAt>>;

const details = ({ path, ref, sha, entry, body, last }: File) => ({
  file_name: path.split('/').at(-1),
  file_path: path,
  size: body.length,
  encoding: 'base64',
  content_sha256: createHash('sha256').update(body).digest('hex'),
  ref,
  blob_id: entry.sha,
  commit_id: sha,
  last_commit_id: last,
  execute_filemode: entry.mode === '100755',
});

/** The details as headers too, for who asks with HEAD alone. */
function headersOf(file: File): Record<string, string> {
  const all = Object.entries(details(file)).map(([key, value]) => {
    const name = key.split('_').map((word) => word.slice(0, 1).toUpperCase() + word.slice(1));
    return [`X-Gitlab-${name.join('-')}`, encodeURI(String(value))];
  });
  return Object.fromEntries(all) as Record<string, string>;
}

const contentOf = (params: Readonly<Record<string, unknown>>): Buffer | undefined => {
  const content = text(params, 'content');
  const encoding = oneOf(params, 'encoding', ['text', 'base64']) ?? 'text';
  return content === undefined
    ? undefined
    : Buffer.from(content, encoding === 'text' ? 'utf8' : 'base64');
};

export function fileRoutes(router: Router): void {
  const path = '/repository/files/:file_path';
  router.project('GET', path, 'read_code', async (call) => {
    const file = await fileAt(call, must(call.params, 'ref'));
    for (const [name, value] of Object.entries(headersOf(file))) call.c.header(name, value);
    return { ...details(file), content: file.body.toString('base64') };
  });
  router.project('GET', `${path}/raw`, 'read_code', async (call) => {
    const file = await fileAt(call, text(call.params, 'ref') ?? 'HEAD');
    const headers = { ...headersOf(file), 'content-type': 'application/octet-stream' };
    const oid = flag(call.params, 'lfs') === true ? oidIn(file.body) : undefined;
    if (oid === undefined) return new Response(new Uint8Array(file.body), { headers });
    const large = await readLarge(call.world.repo(call.project).folder, oid);
    if (large === undefined) throw notFound();
    return new Response(new Uint8Array(large), { headers });
  });

  const writing = (method: 'POST' | 'PUT' | 'DELETE', action: FileChange['action']) =>
    router.project(method, path, 'push_code', async (call) => {
      const { world, project, params, actor } = call;
      required(params, 'branch', 'commit_message', ...(method === 'DELETE' ? [] : ['content']));
      const branch = must(params, 'branch');
      const file = call.part('file_path');
      await commitFiles(world, project, actor, {
        branch,
        message: must(params, 'commit_message'),
        startBranch: text(params, 'start_branch'),
        authorName: text(params, 'author_name'),
        authorEmail: text(params, 'author_email'),
        force: false,
        changes: [
          {
            action,
            path: file,
            content: contentOf(params),
            lastCommit: text(params, 'last_commit_id'),
            executable: flag(params, 'execute_filemode'),
          },
        ],
      });
      if (method === 'DELETE') return undefined;
      return new Answer(method === 'POST' ? 201 : 200, { file_path: file, branch });
    });
  writing('POST', 'create');
  writing('PUT', 'update');
  writing('DELETE', 'delete');

  router.project('GET', '/repository/tree', 'read_code', async (call) => {
    const { world, project, params } = call;
    const repo = world.repo(project);
    const sha = await commitOf(call, text(params, 'ref') ?? '', 'Tree');
    const folder = text(params, 'path') ?? '';
    const { tree } = await repo.commit(sha);
    const found = await repo.list(tree, folder, flag(params, 'recursive') ?? false);
    if (found === undefined) throw invalid404(folder);
    return page(found, treeEntity);
  });
  const blob = async (call: ProjectCall) => {
    const sha = call.part('sha');
    const body = /^[0-9a-f]{40}$/.test(sha)
      ? await call.world.repo(call.project).blob(sha)
      : undefined;
    if (body === undefined) throw notFound('Blob');
    return { sha, body };
  };
  router.project('GET', '/repository/blobs/:sha', 'read_code', async (call) => {
    const { sha, body } = await blob(call);
    return { size: body.length, encoding: 'base64', content: body.toString('base64'), sha };
  });
  router.project('GET', '/repository/blobs/:sha/raw', 'read_code', async (call) => {
    const { body } = await blob(call);
    return new Response(new Uint8Array(body), {
      headers: { 'content-type': 'application/octet-stream' },
    });
  });
}

const invalid404 = (folder: string) =>
  folder === '' ? notFound('Tree') : notFound('invalid revision or path');
