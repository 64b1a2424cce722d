import { createSandbox } from '../../sandbox/index.ts';

type Sandbox = Awaited<ReturnType<typeof createSandbox>>;
type Role = keyof Sandbox['users'];

/** A text that does all a hostile text can try. */
export const hostile =
  '<script>window.broken = 1</script><img src=x onerror="window.broken = 1"> ' +
  '[click](javascript:window.broken=1) \u202Etxet\u202C \u200F' +
  'W'.repeat(5000);

/** A sandbox that serves its pages, with posts as the product makes them: branch, issue, merge request, card. */
export async function openDesk() {
  const sandbox = await createSandbox();
  const { url, close } = await sandbox.listen(0);
  const base = url.replace(/\/$/, '');

  /** One call of the REST API as somebody; throws unless GitLab says yes. */
  async function api(role: Role, method: string, path: string, body?: object): Promise<unknown> {
    const address = `${base}/api/v4/projects/${String(sandbox.project.id)}/${path}`;
    const response = await fetch(address, {
      method,
      headers: {
        'PRIVATE-TOKEN': sandbox.users[role].token,
        'Content-Type': 'application/json',
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok)
      throw new Error(`${method} ${path}: ${String(response.status)} ${await response.text()}`);
    return response.json();
  }

  const commit = (branch: string, path: string, content: string, start?: string) =>
    api('maintainer', 'POST', 'repository/commits', {
      branch,
      commit_message: `Write ${path}`,
      ...(start && { start_branch: start }),
      actions: [{ action: 'create', file_path: path, content }],
    });

  /** A post in review, or with `draft` in its think window until `closes` (UTC, to the minute). */
  async function post(id: string, words: string, closes?: string) {
    const path = `content/posts/2026/11/${id}.md`;
    const file = `---\nid: ${id}\nprofile: crypto\ntargets: [outbox]\n---\n\n## a\n\n${words}\n`;
    const status = closes === undefined ? 'pulse::review' : 'pulse::thinking';
    await commit(`post/${id}`, path, file, 'main');
    const issue = (await api('maintainer', 'POST', 'issues', {
      title: `crypto: ${id}`,
      description: `<!-- pulse:post ${id} -->\n\nA post for **crypto**. Conversation on its merge request.`,
      labels: status,
    })) as { iid: number };
    const mergeRequest = (await api('maintainer', 'POST', 'merge_requests', {
      title: `${closes === undefined ? '' : 'Draft: '}crypto: ${id}`,
      description: `A post for **crypto**. Related to #${String(issue.iid)}.`,
      source_branch: `post/${id}`,
      target_branch: 'main',
      labels: status,
    })) as { iid: number };
    const headline =
      closes === undefined ? '**Ready for review.**' : `**Thinking** until ${closes} UTC.`;
    await api('maintainer', 'POST', `merge_requests/${String(mergeRequest.iid)}/notes`, {
      body: `<!-- pulse:card ${id} -->\n\n### r1 · ${headline}\n\n**outbox** · 42 / 10000 characters\n\n> ${words}`,
    });
    return { issue: issue.iid, mergeRequest: mergeRequest.iid, path, branch: `post/${id}` };
  }

  const at = (path: string, branch: string) =>
    `repository/files/${encodeURIComponent(path)}?ref=${encodeURIComponent(branch)}`;

  /** What stands in a file now. */
  async function text(branch: string, path: string): Promise<string> {
    const file = (await api('owner', 'GET', at(path, branch))) as { content: string };
    return Buffer.from(file.content, 'base64').toString('utf8');
  }

  const update = (branch: string, path: string, content: string) =>
    api('developer', 'POST', 'repository/commits', {
      branch,
      commit_message: `Rewrite ${path}`,
      actions: [{ action: 'update', file_path: path, content }],
    });

  return {
    sandbox,
    base,
    text,
    update,
    api,
    commit,
    post,
    project: `${base}/${sandbox.project.path}`,
    close: async () => {
      await close();
      await sandbox.close();
    },
  };
}

export type Desk = Awaited<ReturnType<typeof openDesk>>;
