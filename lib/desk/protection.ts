import { isError } from '../errors.ts';
import type { Desk } from './context.ts';

export const stateBranch = 'pulse-state';

/**
 * What is wrong with the protection of the state branch, or undefined. Only maintainers, the machine account among
 * them, may push there and nobody may rewrite it; otherwise anybody's record would count and nothing is published.
 */
export async function stateBranchFault(desk: Desk): Promise<string | undefined> {
  const rule = await desk.gitlab.protectedBranch(stateBranch).catch((error: unknown) => {
    if (isError(error, 'GITLAB_REFUSED')) return undefined;
    throw error;
  });
  if (rule === undefined) return `The branch ${stateBranch} is not protected. ${remedy}`;
  if (rule.allowForcePush) return `The branch ${stateBranch} may be rewritten. ${remedy}`;
  const open = rule.pushLevels.some((level) => level > 0 && level < 40);
  return open ? `Others than maintainers may push to ${stateBranch}. ${remedy}` : undefined;
}

const remedy = 'Nothing is published until `npm run desk -- --apply` has mended it.';
