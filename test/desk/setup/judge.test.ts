import { describe, expect, it } from 'vitest';
import { judge } from '../../../lib/desk/setup/index.ts';
import type { Current } from '../../../lib/desk/setup/requirement.ts';
import { needsCertificate, pushFilter } from '../../../lib/desk/setup/requirements/events.ts';
import { formatReport } from '../../../lib/desk/setup/table.ts';
import { deskLabels } from '../../../lib/desk/setup/names.ts';
import { desk, machine } from './project.ts';

const rowsOf = (changes: Partial<Current>) =>
  Object.fromEntries(judge(desk(changes)).rows.map(({ name, finding }) => [name, finding]));
const [main, state] = desk().rules;
const [hook] = desk().hooks;
const [tick] = desk().schedules;
const settings = (changes: Partial<Current['settings']>) => ({
  settings: { ...desk().settings, ...changes },
});
const rules = (changes: Partial<NonNullable<typeof state>>) => ({
  rules: [main!, { ...state!, ...changes }],
});

describe('a project', () => {
  it('that has everything is a desk', () => {
    const report = judge(desk());
    expect(report.rows.filter(({ finding }) => finding.state !== 'fine')).toEqual([]);
    expect(report.ready).toBe(true);
  });

  it.each<[string, Partial<Current>, string, string[]]>([
    ['private project', settings({ visibility: 'public' }), 'different', ['set-project']],
    ['squash', settings({ squashOption: 'always' }), 'different', ['set-project']],
    ['merge method', settings({ mergeMethod: 'ff' }), 'different', ['set-project']],
    ['merge trains', settings({ mergeTrainsEnabled: true }), 'different', ['set-project']],
    ['issues', settings({ issuesAccessLevel: 'disabled' }), 'different', ['set-project']],
    ['labels', { labels: [] }, 'missing', Array<string>(deskLabels.length).fill('create-label')],
    ['labels', { labels: desk().labels.slice(1) }, 'different', ['create-label']],
    ['board', { boards: [] }, 'missing', ['create-board', 'add-board-lists']],
    [
      'board',
      { boards: [{ id: 1, name: 'SocialPulse', labels: [] }] },
      'different',
      ['add-board-lists'],
    ],
    [
      'machine account',
      { machine: undefined, tokens: [], variables: [] },
      'missing',
      ['create-machine'],
    ],
    ['machine account', { machine: undefined }, 'different', ['rotate-machine']],
    [
      'machine account',
      { machine: { ...machine(99), bot: false } },
      'different',
      ['create-machine'],
    ],
    [
      'machine account',
      { machine: { ...machine(99), level: 30 } },
      'different',
      ['create-machine'],
    ],
    ['machine account', { machine: machine(29) }, 'due', ['rotate-machine']],
    [
      'token kept safe',
      { variables: [{ key: 'GITLAB_TOKEN', masked: false, protected: true, hidden: false }] },
      'different',
      ['guard-variable'],
    ],
    ['state branch', { stateBranch: false }, 'missing', ['begin-state-branch']],
    ['state branch protected', { rules: [main!] }, 'missing', ['protect']],
    ['state branch protected', rules({ pushLevels: [30] }), 'different', ['unprotect', 'protect']],
    [
      'state branch protected',
      rules({ allowForcePush: true }),
      'different',
      ['unprotect', 'protect'],
    ],
    [
      'state branch protected',
      rules({ pushLevels: [], pushUsers: [9, 77] }),
      'different',
      ['unprotect', 'protect'],
    ],
    ['default branch protected', { rules: [state!] }, 'missing', ['protect']],
    ['webhook', { hooks: [] }, 'missing', ['set-hook']],
    [
      'webhook',
      { hooks: [{ ...hook!, url: 'https://old.example/hooks' }] },
      'different',
      ['set-hook'],
    ],
    ['webhook', { hooks: [{ ...hook!, signingTokenPresent: false }] }, 'different', ['set-hook']],
    ['webhook', { hooks: [{ ...hook!, verifySsl: false }] }, 'different', ['set-hook']],
    ['webhook', { hooks: [{ ...hook!, branchFilter: '' }] }, 'different', ['set-hook']],
    [
      'webhook',
      { variables: desk().variables.slice(0, 2) },
      'different',
      ['make-variable', 'set-hook'],
    ],
    ['schedule', { schedules: [] }, 'missing', ['create-schedule']],
    ['schedule', { schedules: [{ ...tick!, ownerLevel: 30 }] }, 'different', ['own-schedule']],
  ])('%s: is told what it lacks', (name, changes, kind, actions) => {
    const finding = rowsOf(changes)[name]!;
    expect(finding.state).toBe(kind);
    expect('actions' in finding && finding.actions.map((action) => action.do)).toEqual(actions);
    expect(judge(desk(changes)).ready).toBe(kind === 'due');
  });

  it('may choose whether pipelines must succeed, without a bot, and what it has never heard of', () => {
    for (const changes of [
      settings({ onlyAllowMergeIfPipelineSucceeds: true }),
      settings({ squashOption: 'never' }),
      { hooks: [], hookUrl: undefined },
      { schedules: [{ ...tick!, active: false }] },
      rules({ pushLevels: [0] }),
      rules({ pushLevels: [], pushUsers: [9] }),
      { hooks: [{ ...hook!, tokenPresent: undefined, signingTokenPresent: undefined } as never] },
    ])
      expect(judge(desk(changes)).ready).toBe(true);
    const older = { visibility: 'private' };
    expect(judge(desk({ settings: older })).ready).toBe(true);
  });

  it('is not touched where a rule was made for other branches, too', () => {
    const wide = { ...state!, name: 'pulse*', pushLevels: [30] };
    const finding = rowsOf({ rules: [main!, state!, wide] })['state branch protected']!;
    expect(finding).toMatchObject({ state: 'by-hand' });
    expect(JSON.stringify(finding)).toContain('pulse*');
  });
});

describe('webhooks', () => {
  it('leave out pushes to the state branch', () => {
    const filter = new RegExp(pushFilter('release/1.0'));
    expect(['release/1.0', 'post/a-b'].every((branch) => filter.test(branch))).toBe(true);
    expect(
      ['pulse-state', 'release/1x0', 'post/', 'main'].some((branch) => filter.test(branch)),
    ).toBe(false);
  });

  it('check certificates everywhere but on this machine', () => {
    expect(needsCertificate('https://bot.example/hooks')).toBe(true);
    for (const url of [
      'http://bot.example/hooks',
      'https://localhost:8/hooks',
      'https://127.0.0.1/hooks',
    ])
      expect(needsCertificate(url)).toBe(false);
    expect(needsCertificate('https://localhost.evil.example/')).toBe(true);
  });
});

it('the report says for everything how it is, what it would become, and why', () => {
  const current = desk({ labels: [], machine: machine(3) });
  const report = formatReport(judge(current));
  for (const { why } of judge(current).rows) expect(report.replaceAll(/\s+/g, ' ')).toContain(why);
  expect(report).toContain(`✗   labels: missing → ${String(deskLabels.length)} labels`);
  expect(report).toMatch(
    /!\s+machine account: project_1_bot_a, expires 2026-11-24, in 2 days → renewed/,
  );
  expect(report).toMatch(/1 of \d+ to be set right \(1 due soon\): npm run desk -- --apply$/);
  expect(report.split('\n').every((line) => line.length <= 100 || line.includes('→'))).toBe(true);
  expect(formatReport(judge(desk()))).toMatch(/This project is a desk\.$/);
});
