import { day, machineName, machineScopes, renewDays, tokenDays } from '../names.ts';
import {
  type Action,
  type Current,
  different,
  fine,
  type Finding,
  missing,
  type Requirement,
} from '../requirement.ts';

const life = `for ${String(tokenDays)} days`;

export const machineRequirements: readonly Requirement[] = [
  {
    name: 'machine account',
    why: 'The desk acts under a name of its own, so that everybody sees what the machine did and no person is taken for it. GITLAB_TOKEN holds its token. GitLab.com Free has none for projects: make a service account there, add it as maintainer and store its token as GITLAB_TOKEN.',
    look: (current) => lookAtMachine(current),
  },
  {
    name: 'token kept safe',
    why: 'Masked keeps it out of job logs, protected out of merge request pipelines; not hidden, because the desk renews it and people copy it to the bot.',
    look({ variables }) {
      const found = variables.find(({ key }) => key === 'GITLAB_TOKEN');
      if (found === undefined) return missing('masked and protected variable');
      if (found.masked && found.protected && !found.hidden) return fine('masked and protected');
      const is = [
        found.masked ? 'masked' : 'not masked',
        found.protected ? 'protected' : 'not protected',
        ...(found.hidden ? ['hidden'] : []),
      ].join(', ');
      const guard: Action = { do: 'guard-variable', key: 'GITLAB_TOKEN', hidden: found.hidden };
      return different(is, 'masked and protected', guard);
    },
  },
];

function lookAtMachine({ machine, tokens, now, variables }: Current): Finding {
  const becomes = `project access token “${machineName}”, maintainer, ${machineScopes.join(' and ')}, ${life}`;
  if (machine === undefined) {
    // A token of ours whose value is lost is given a new one: the account, and what it has written, stay.
    const lost = tokens.find(({ name }) => name === machineName);
    const action: Action =
      lost === undefined ? { do: 'create-machine' } : { do: 'rotate-machine', token: lost.id };
    const set = variables.some(({ key }) => key === 'GITLAB_TOKEN');
    return set
      ? different('GITLAB_TOKEN is not valid or cannot be read', becomes, action)
      : missing(becomes, action);
  }
  const { user, bot, level, token } = machine;
  if (!bot)
    return different(`GITLAB_TOKEN is of ${user.username}, a person`, becomes, {
      do: 'create-machine',
    });
  const lacking = machineScopes.filter((scope) => !token.scopes.includes(scope));
  if (level < 40 || lacking.length > 0) {
    const lacks = [...lacking, ...(level < 40 ? ['the role maintainer'] : [])];
    return different(`${user.username} lacks ${lacks.join(' and ')}`, becomes, {
      do: 'create-machine',
    });
  }
  if (token.expires === undefined) return fine(`${user.username}, does not expire`);
  const left = Math.floor((Date.parse(token.expires) - now) / day);
  const is = `${user.username}, expires ${token.expires}`;
  if (left > renewDays) return fine(is);
  const renew: Action = { do: 'rotate-machine', token: token.id };
  return {
    state: 'due',
    is: `${is}, in ${String(left)} days`,
    becomes: `renewed ${life}`,
    actions: [renew],
  };
}
