import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isError } from '../../errors.ts';
import { stateBranch } from '../protection.ts';
import type { Connection, DeskDeps } from './current.ts';

const readme = `# State of the desk

The machine writes here: records, claims, cursors. People edit posts on the default branch instead.
A record written by hand is refused.
`;
const message = 'Begin the state of the desk';
const file = { action: 'create' as const, path: 'README.md', content: readme };

/**
 * Begins the state branch. git gives it no past, so that it can never be merged by mistake; GitLab's API cannot do that.
 * Where git does not reach GitLab, the branch starts at the default branch and is emptied.
 */
export async function beginStateBranch(deps: DeskDeps, connection: Connection): Promise<void> {
  try {
    await pushBranch(deps, connection);
  } catch (error) {
    if (!isError(error, 'GITLAB_UNREACHABLE') && !isError(error, 'GITLAB_REFUSED')) throw error;
    await branchOff(connection);
  }
}

async function pushBranch(deps: DeskDeps, { gitlab }: Connection): Promise<void> {
  const { path } = await gitlab.getProject();
  const { createGitFiles, initRepository } = await import('../../store/git.ts');
  const repo = await mkdtemp(join(tmpdir(), 'socialpulse-'));
  try {
    await initRepository(repo);
    const { token, environment, clock } = deps;
    const files = createGitFiles({
      repo,
      folder: 'live',
      branch: stateBranch,
      remote: `${deps.url.replace(/\/+$/, '')}/${path}.git`,
      token,
      author: { name: 'SocialPulse', email: 'socialpulse@localhost' },
      clock,
      ...(environment && { environment }),
    });
    await files.commit([file], message);
  } finally {
    await rm(repo, { recursive: true, force: true });
  }
}

async function branchOff({ gitlab }: Connection): Promise<void> {
  const { defaultBranch } = await gitlab.getProject();
  const all = await gitlab.tree('', defaultBranch);
  const removed = all
    .filter(({ type, path }) => type === 'blob' && path !== file.path)
    .map(({ path }) => ({ action: 'delete' as const, path }));
  const kept = all.some(({ path }) => path === file.path);
  await gitlab.commitFiles(
    stateBranch,
    [...removed, kept ? { ...file, action: 'update' as const } : file],
    `${message}\n\n[skip ci]`,
    { startBranch: defaultBranch },
  );
}
