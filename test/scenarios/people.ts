import type { Sandbox } from '../../sandbox/index.ts';

export type Role = keyof Sandbox['users'];

/** What a person does in GitLab, through its API with their own token. Every answer but success throws. */
export function person(sandbox: Sandbox, role: Role) {
  const { token, id, username } = sandbox.users[role];
  const base = `/projects/${sandbox.project.id}`;

  /** Any call; the status and body as they come. */
  async function raw(method: string, path: string, body?: object) {
    const response = await sandbox.fetch(`${sandbox.url}/api/v4${path}`, {
      method,
      headers: { 'private-token': token, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: (text === '' ? undefined : JSON.parse(text)) as unknown,
    };
  }

  async function call<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: object,
  ): Promise<T> {
    const answer = await raw(method, `${base}${path}`, body);
    if (answer.status >= 400) {
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    return answer.body as T;
  }

  const mr = (iid: number) => `/merge_requests/${iid}`;
  const issue = (iid: number) => `/issues/${iid}`;
  const file = (path: string) => `/repository/files/${encodeURIComponent(path)}`;

  return {
    id,
    username,
    raw,
    call,
    comment: (iid: number, body: string) =>
      call<{ id: number }>('POST', `${mr(iid)}/notes`, { body }),
    commentOnIssue: (iid: number, body: string) =>
      call<{ id: number }>('POST', `${issue(iid)}/notes`, { body }),
    editComment: (iid: number, note: number, body: string) =>
      call('PUT', `${mr(iid)}/notes/${note}`, { body }),
    label: (iid: number, add: string, remove = '') =>
      call('PUT', mr(iid), { add_labels: add, remove_labels: remove }),
    labelIssue: (iid: number, add: string, remove = '') =>
      call('PUT', issue(iid), { add_labels: add, remove_labels: remove }),
    approve: (iid: number) => call('POST', `${mr(iid)}/approve`),
    unapprove: (iid: number) => call('POST', `${mr(iid)}/unapprove`),
    merge: (iid: number) => call('PUT', `${mr(iid)}/merge`, {}),
    title: (iid: number, title: string) => call('PUT', mr(iid), { title }),
    setState: (iid: number, state_event: 'close' | 'reopen') =>
      call('PUT', mr(iid), { state_event }),
    setIssueState: (iid: number, state_event: 'close' | 'reopen') =>
      call('PUT', issue(iid), { state_event }),
    deleteBranch: (name: string) =>
      call('DELETE', `/repository/branches/${encodeURIComponent(name)}`),
    read: async (path: string, ref: string) => {
      const found = await call<{ content: string }>(
        'GET',
        `${file(path)}?ref=${encodeURIComponent(ref)}`,
      );
      return Buffer.from(found.content, 'base64').toString('utf8');
    },
    /** One commit; `actions` as in GitLab's Commits API. */
    commit: (branch: string, actions: readonly object[], message: string, start?: string) =>
      call<{ id: string }>('POST', '/repository/commits', {
        branch,
        commit_message: message,
        actions,
        ...(start === undefined ? {} : { start_branch: start }),
      }),
    openMergeRequest: (source: string, title: string, target = 'main') =>
      call<{ iid: number }>('POST', '/merge_requests', {
        source_branch: source,
        target_branch: target,
        title,
      }),
    notes: (iid: number) =>
      call<{ id: number; body: string; system: boolean; author: { username: string } }[]>(
        'GET',
        `${mr(iid)}/notes?per_page=100&sort=asc`,
      ),
    issueNotes: (iid: number) =>
      call<{ id: number; body: string }[]>('GET', `${issue(iid)}/notes?per_page=100&sort=asc`),
    mergeRequest: (iid: number) =>
      call<{ title: string; state: string; draft: boolean; labels: string[]; sha: string }>(
        'GET',
        mr(iid),
      ),
    issue: (iid: number) =>
      call<{ title: string; state: string; labels: string[]; description: string }>(
        'GET',
        issue(iid),
      ),
  };
}

export type PersonAt = ReturnType<typeof person>;
