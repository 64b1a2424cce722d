import type { Current } from '../../../lib/desk/setup/requirement.ts';
import { boardLabels, deskLabels } from '../../../lib/desk/setup/names.ts';
import { pushFilter } from '../../../lib/desk/setup/requirements/events.ts';
import { hookEvents } from '../../../lib/gitlab/settings-objects.ts';

export const now = Date.parse('2026-11-21T12:00:00Z');
const inDays = (days: number) => new Date(now + days * 86_400_000).toISOString().slice(0, 10);

/** A project's machine account whose token is valid for so many days. */
export const machine = (days: number): NonNullable<Current['machine']> => ({
  user: { id: 9, username: 'project_1_bot_a', name: 'SocialPulse' },
  bot: true,
  level: 40,
  token: {
    id: 5,
    name: 'SocialPulse',
    userId: 9,
    active: true,
    scopes: ['api', 'write_repository'],
    expires: inDays(days),
  },
});

const rule = (name: string) => ({
  name,
  allowForcePush: false,
  pushLevels: [40],
  pushUsers: [],
  mergeLevels: [40],
});
const variable = (key: string) => ({ key, masked: true, protected: true, hidden: false });

/** A project that is a desk in every respect, with some changes. */
export function desk(changes: Partial<Current> = {}): Current {
  return {
    now,
    project: {
      id: 1,
      path: 'team/desk',
      url: 'https://host/team/desk',
      defaultBranch: 'main',
      visibility: 'private',
    },
    settings: {
      visibility: 'private',
      mergeMethod: 'merge',
      squashOption: 'default_off',
      onlyAllowMergeIfPipelineSucceeds: false,
      onlyAllowMergeIfAllDiscussionsAreResolved: false,
      removeSourceBranchAfterMerge: true,
      autocloseReferencedIssues: false,
      issuesAccessLevel: 'enabled',
      mergeRequestsAccessLevel: 'enabled',
      buildsAccessLevel: 'private',
    },
    labels: deskLabels.map(({ name }) => name),
    boards: [{ id: 1, name: 'Any name', labels: boardLabels }],
    rules: [rule('main'), rule('pulse-state')],
    stateBranch: true,
    hooks: [
      {
        id: 3,
        url: 'https://bot.example/hooks',
        name: 'SocialPulse',
        events: [...hookEvents],
        branchFilter: pushFilter('main'),
        filterStrategy: 'regex',
        verifySsl: true,
        tokenPresent: true,
        signingTokenPresent: true,
      },
    ],
    hookUrl: 'https://bot.example/hooks',
    schedules: [
      {
        id: 2,
        description: 'tick',
        ref: 'main',
        cron: '*/15 * * * *',
        active: true,
        owner: { id: 4, username: 'mara', name: 'Mara' },
        ownerLevel: 40,
      },
    ],
    variables: ['GITLAB_TOKEN', 'PULSE_HOOK_SIGNING_TOKEN', 'PULSE_HOOK_TOKEN'].map(variable),
    machine: machine(200),
    tokens: [machine(200).token],
    ...changes,
  };
}
