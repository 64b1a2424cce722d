import type { Clock } from '../clock.ts';
import { asPulseError, isError } from '../errors.ts';
import type { GitLab } from '../gitlab/index.ts';
import type { FileAction, Files } from './files.ts';
import { checkActions, checkPath, stateMessage } from './paths.ts';

/** Further tries of a commit that another's came before, or whose answer was lost. */
const tries = 12;
/** How far back a commit of ours is looked for when its answer was lost. */
const recent = 50;

/**
 * Files of `branch` over GitLab's API. Every read asks GitLab, so it sees whatever has landed. A commit whose answer was
 * lost is looked for by the number in its message before anything is tried again.
 */
export function createApiFiles(
  gitlab: Pick<GitLab, 'readFile' | 'tree' | 'commits' | 'commitFiles'>,
  branch: string,
  clock: Clock,
): Files {
  const find = async (actions: readonly FileAction[], number: string) => {
    const found = await gitlab.commits(branch, actions[0]?.path, recent);
    return found.find(({ message }) => message.includes(number))?.id;
  };
  return {
    async read(path) {
      checkPath(path);
      return (await gitlab.readFile(path, branch))?.content;
    },
    async list(folder) {
      const entries = await gitlab.tree(folder, branch);
      return entries.filter(({ type }) => type === 'blob').map(({ path }) => path);
    },
    async commit(actions, message) {
      checkActions(actions);
      const number = `Write: ${Buffer.from(clock.random(9)).toString('hex')}`;
      const words = stateMessage(message, number);
      let lost = false;
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await gitlab.commitFiles(branch, actions, words);
        } catch (error) {
          const conflict = isError(error, 'STORE_CONFLICT');
          const { code, retryable, details } = asPulseError(error);
          // With these answers GitLab has done nothing; with all others it may have.
          const idle =
            conflict || (code === 'GITLAB_BUSY' && [400, 429].includes(Number(details.status)));
          lost ||= retryable && !idle;
          const commit = lost ? await find(actions, number) : undefined;
          if (commit !== undefined) return { commit };
          if (conflict || !retryable || attempt === tries) throw error;
          const [chance = 0] = clock.random(1);
          await clock.sleep((chance / 255) * Math.min(2000, 50 * 2 ** attempt));
        }
      }
    },
  };
}
