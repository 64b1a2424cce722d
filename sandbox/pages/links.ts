/** Addresses of the pages: GitLab's own, so that links in notes and cards lead to the same page here and there. */
export type Links = ReturnType<typeof createLinks>;

/** `a b/ü.md` as the path of an address; slashes stay. */
export const pathPart = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

export function createLinks(projectPath: string) {
  const base = `/${projectPath}/-`;
  return {
    base,
    issue: (iid: number) => `${base}/work_items/${String(iid)}`,
    mergeRequest: (iid: number, tab = '') =>
      `${base}/merge_requests/${String(iid)}${tab && `/${tab}`}`,
    mergeRequests: `${base}/merge_requests`,
    blob: (ref: string, path: string) => `${base}/blob/${pathPart(ref)}/${pathPart(path)}`,
    raw: (ref: string, path: string) => `${base}/raw/${pathPart(ref)}/${pathPart(path)}`,
    tree: (ref: string, path = '') =>
      `${base}/tree/${pathPart(ref)}${path && `/${pathPart(path)}`}`,
    commits: (ref: string, path = '') =>
      `${base}/commits/${pathPart(ref)}${path && `/${pathPart(path)}`}`,
    commit: (sha: string) => `${base}/commit/${encodeURIComponent(sha)}`,
    pipelines: `${base}/pipelines`,
    pipeline: (id: number) => `${base}/pipelines/${String(id)}`,
    job: (id: number) => `${base}/jobs/${String(id)}`,
    board: '/',
    outbox: '/outbox',
    activity: '/activity',
    switch: '/-/desk/as',
  };
}
