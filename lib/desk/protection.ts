import { fail, type PulseError } from '../errors.ts';
import type { Desk } from './context.ts';

export const stateBranch = 'pulse-state';

/**
 * What is wrong with the protection of the state branch, or undefined. Only maintainers, the machine account among
 * them, may push there and nobody may rewrite it; otherwise anybody's record would count and nothing is published.
 */
export async function stateBranchFault({ gitlab, me }: Desk): Promise<PulseError | undefined> {
  const rules = await gitlab.rulesFor(stateBranch);
  const fault = (why: string) => fail('STATE_UNPROTECTED', { branch: stateBranch, why });
  if (rules.length === 0) return fault('no rule covers it');
  if (rules.some(({ allowForcePush }) => allowForcePush)) return fault('it may be rewritten');
  const open = rules.some(
    ({ pushLevels, pushUsers }) =>
      pushLevels.some((level) => level > 0 && level < 40) || pushUsers.some((id) => id !== me.id),
  );
  return open ? fault('others than maintainers may push to it') : undefined;
}
