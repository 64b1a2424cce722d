import { type Hook, hookEvents } from '../../../gitlab/settings-objects.ts';
import { hookName, schedule } from '../names.ts';
import {
  type Action,
  different,
  fine,
  type HookVariable,
  missing,
  type Requirement,
} from '../requirement.ts';

export const hookVariables: readonly HookVariable[] = [
  'PULSE_HOOK_SIGNING_TOKEN',
  'PULSE_HOOK_TOKEN',
];

/** Pushes to these branches matter; leaves out the state branch. In RE2, which knows no negation. */
export const pushFilter = (defaultBranch: string) =>
  `^(${defaultBranch.replaceAll(/[.+?^${}()|[\]\\*]/g, '\\$&')}|post/.+)$`;

/** Addresses on this machine are reached without a certificate. */
export const needsCertificate = (url: string) =>
  url.startsWith('https:') &&
  !/^https:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::|\/|$)/.test(url);

export const eventRequirements: readonly Requirement[] = [
  {
    name: 'webhook',
    why: 'The bot hears within a second what happened, and knows by signature and token that GitLab said it. Pushes to the state branch are left out: they are the machine’s own.',
    look({ hooks, hookUrl, variables, project }) {
      const there =
        hooks.find(({ url }) => url === hookUrl) ?? hooks.find(({ name }) => name === hookName);
      const url = hookUrl ?? there?.url;
      if (url === undefined) {
        return {
          state: 'optional',
          is: 'no bot: times are as exact as the schedule',
          becomes: 'with --hook-url or PULSE_URL, answers within a second',
        };
      }
      const lacking = hookVariables.filter((name) => !variables.some(({ key }) => key === name));
      const make = lacking.map((key): Action => ({ do: 'make-variable', key }));
      const set: Action = { do: 'set-hook', hook: there?.id, url };
      const becomes = `${url} with ${hookEvents.join(', ')} events`;
      if (there === undefined) return missing(becomes, ...make, set);
      const faults = [
        ...faultsOf(there, url, pushFilter(project.defaultBranch)),
        ...lacking.map((name) => `${name} is not stored`),
      ];
      return faults.length === 0 ? fine(url) : different(faults.join('; '), becomes, ...make, set);
    },
  },
  {
    name: 'schedule',
    why: 'Runs whatever is due, so that the desk works without the bot, too. As its owner’s rights count, that must be a maintainer.',
    look({ schedules, project }) {
      const own = schedules.filter(
        ({ ref, description }) =>
          ref === project.defaultBranch && description === schedule.description,
      );
      const found = own.find(({ active }) => active) ?? own[0];
      const becomes = `“${schedule.description}” at ${schedule.cron}, owned by a maintainer`;
      if (found === undefined) return missing(becomes, { do: 'create-schedule' });
      const owner = found.owner?.username ?? 'nobody';
      const is = `${found.cron}, owned by ${owner}`;
      if (!found.active) {
        const hint = 'fine when schedules of your own run its parts; else switch it on';
        return { state: 'optional', is: `${is}, switched off`, becomes: hint };
      }
      if (found.ownerLevel >= 40) return fine(is);
      return different(`${is}, who is no maintainer`, becomes, {
        do: 'own-schedule',
        schedule: found.id,
      });
    },
  },
];

function faultsOf(hook: Hook, url: string, filter: string): string[] {
  const silent = hookEvents.filter((event) => !hook.events.includes(event));
  return [
    ...(hook.url === url ? [] : [`goes to ${hook.url}`]),
    ...(silent.length === 0 ? [] : [`says nothing of ${silent.join(', ')}`]),
    ...(hook.branchFilter === filter ? [] : ['pushes to every branch']),
    ...(hook.verifySsl || !needsCertificate(url) ? [] : ['does not check the certificate']),
    ...(hook.tokenPresent === false ? ['carries no token'] : []),
    ...(hook.signingTokenPresent === false ? ['is not signed'] : []),
  ];
}
