import type { BranchRule } from '../../../gitlab/branches.ts';
import { stateBranch } from '../../protection.ts';
import {
  type Action,
  type Current,
  different,
  fine,
  type Finding,
  missing,
  type Requirement,
} from '../requirement.ts';

export const branchRequirements: readonly Requirement[] = [
  {
    name: 'state branch',
    why: 'The machine keeps its records on a branch of its own, away from what people read and edit.',
    look: ({ stateBranch: there }) =>
      there ? fine(stateBranch) : missing(stateBranch, { do: 'begin-state-branch' }),
  },
  {
    name: 'state branch protected',
    why: 'A record decides what goes out: nobody but the machine may write one, and nobody may rewrite history. Where GitLab has no rules for single accounts (Free, CE) maintainers can push, too.',
    look: (current) => lookAtState(current),
  },
  {
    name: 'default branch protected',
    why: 'What is on it goes out. Without protection every developer could push past all approvals.',
    look({ rules, project }) {
      const branch = project.defaultBranch;
      const found = rules.filter(({ name }) => matches(name, branch));
      if (found.length === 0)
        return missing('maintainers push and merge', { do: 'protect', branch, for: 'maintainers' });
      const open = found.filter(isOpen);
      if (open.length === 0) return fine(found.map(describe).join('; '));
      return widened(branch, open, { do: 'protect', branch, for: 'maintainers' });
    },
  },
];

function lookAtState({ rules, machine }: Current): Finding {
  const wanted: Action = { do: 'protect', branch: stateBranch, for: 'machine' };
  const found = rules.filter(({ name }) => matches(name, stateBranch));
  const own = found.find(({ name }) => name === stateBranch);
  if (own === undefined && !found.some(isOpen)) return missing('only the machine pushes', wanted);
  const open = found.filter(isOpen);
  if (open.length > 0) return widened(stateBranch, open, wanted);
  const strangers = found
    .flatMap(({ pushUsers }) => pushUsers)
    .filter((id) => id !== machine?.user.id);
  if (strangers.length > 0 && machine !== undefined && own !== undefined) {
    return different(
      `accounts ${strangers.join(', ')} may push`,
      'only the machine pushes',
      { do: 'unprotect', branch: stateBranch },
      wanted,
    );
  }
  return fine(found.map(describe).join('; '));
}

/** A rule of exactly this name is set anew; one with a `*` was made for other branches, too, and stays a person's. */
function widened(branch: string, open: readonly BranchRule[], wanted: Action): Finding {
  const is = open.map((rule) => `“${rule.name}”: ${describe(rule)}`).join('; ');
  const becomes = 'only maintainers push, nobody rewrites';
  const foreign = open.filter(({ name }) => name !== branch);
  if (foreign.length > 0) {
    const names = foreign.map(({ name }) => `“${name}”`).join(', ');
    return {
      state: 'by-hand',
      is,
      becomes: `${becomes}: narrow the rule ${names} in the settings`,
    };
  }
  return different(is, becomes, { do: 'unprotect', branch }, wanted);
}

/** Whether others than maintainers may push, or anybody may rewrite. 0 is nobody, 60 the instance's administrators. */
const isOpen = ({ pushLevels, allowForcePush }: BranchRule) =>
  allowForcePush || pushLevels.some((level) => level !== 0 && level < 40);

function describe({ pushLevels, pushUsers, allowForcePush }: BranchRule): string {
  const levels = pushLevels.filter((level) => level > 0);
  const who = [
    ...(levels.some((level) => level < 40) ? ['developers'] : []),
    ...(levels.some((level) => level === 40) ? ['maintainers'] : []),
    ...(pushUsers.length > 0 ? [`${String(pushUsers.length)} account(s) by name`] : []),
  ];
  const push = who.length === 0 ? 'nobody pushes' : `${who.join(' and ')} push`;
  return allowForcePush ? `${push}, and may rewrite` : push;
}

/** `*` in the name of a rule stands for anything. */
function matches(pattern: string, branch: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(branch);
}
