import { systemClock } from '../../lib/clock.ts';
import { applyDesk, readSecrets } from '../../lib/desk/setup/index.ts';
import { createGitLab, type GitLab } from '../../lib/gitlab/index.ts';
import { createSandbox } from '../../sandbox/index.ts';

export type Fetch = typeof globalThis.fetch;

/** A sandbox that is a desk, reached in process, and its machine account. */
export async function createDeskSandbox() {
  const sandbox = await createSandbox();
  const { url, project } = sandbox;
  const options = { url, project: project.path, clock: systemClock, fetch: sandbox.fetch as Fetch };
  const token = sandbox.users.maintainer.token;
  const { failures } = await applyDesk({ ...options, token });
  if (failures.length > 0) throw new Error(JSON.stringify(failures));
  const { GITLAB_TOKEN: machine = '' } = await readSecrets({ ...options, token });
  return {
    sandbox,
    token: machine,
    /** GitLab as the machine sees it; `fetch` may lose what goes over the line. */
    gitlab: (fetch: Fetch = options.fetch): GitLab =>
      createGitLab({ ...options, fetch, token: machine }),
    close: () => sandbox.close(),
  };
}
