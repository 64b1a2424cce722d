/* eslint-disable @typescript-eslint/no-unsafe-member-access -- answers are looked at field by field */
import type { Sandbox } from '../../sandbox/index.ts';

export interface Answer {
  status: number;
  headers: Headers;
  /** Parsed JSON, else text; undefined when there is none. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers are looked at field by field
  body: any;
}
export type Role = keyof Sandbox['users'];

/** Requests to the sandbox in process. `path` is below `/api/v4`; one that begins with `:` is below the project. */
export function caller(sandbox: Sandbox, token?: string) {
  return async (method: string, path: string, body?: object): Promise<Answer> => {
    const place = path.startsWith(':')
      ? `/projects/${String(sandbox.project.id)}${path.slice(1)}`
      : path;
    const response = await sandbox.fetch(`${sandbox.url}/api/v4${place}`, {
      method,
      headers: {
        ...(token !== undefined && { 'private-token': token }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json') === true && text !== '';
    const read: unknown = text === '' ? undefined : json ? JSON.parse(text) : text;
    return { status: response.status, headers: response.headers, body: read };
  };
}

export const as = (sandbox: Sandbox, role: Role) => caller(sandbox, sandbox.users[role].token);

/** A merge request of the developer with one file on a branch of its own; its iid and head. */
export async function propose(sandbox: Sandbox, name: string, title = name, content = 'one\n') {
  const developer = as(sandbox, 'developer');
  const branch = `post/${name}`;
  const made = await developer('POST', ':/repository/commits', {
    branch,
    start_branch: 'main',
    commit_message: `Add ${name}`,
    actions: [{ action: 'create', file_path: `content/${name}.md`, content }],
  });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  const opened = await developer('POST', ':/merge_requests', {
    source_branch: branch,
    target_branch: 'main',
    title,
  });
  if (opened.status !== 201) throw new Error(JSON.stringify(opened.body));
  return { iid: opened.body.iid as number, sha: made.body.id as string, branch };
}
