/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access -- answers are looked at field by field */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';
import { shared } from '../shared.ts';
import { as, propose } from './caller.ts';

interface Index {
  operations: { method: string; path: string }[];
  schemas: Record<string, Record<string, { type: string }>>;
}

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
});
afterAll(() => sandbox.close());

const index = () =>
  JSON.parse(readFileSync(shared('gitlab/openapi/gitlab_v3_2026-02_index.json'), 'utf8')) as Index;
const calls = () =>
  JSON.parse(readFileSync(shared('gitlab/openapi/client-go_0.123_calls.json'), 'utf8')) as {
    method: string;
    path: string;
  }[];

/** `/projects/{id}/issues/{issue_iid}` and `/projects/:id/issues/:iid` alike. */
const bare = (method: string, path: string) =>
  `${method} ${path.replace(/^\/api\/v4/, '').replaceAll(/\{[^}]+\}|:[a-z_]+|%[sd]/g, '*')}`;

/** What no description lists though GitLab has it. */
const undescribed: Record<string, string> = {
  'PUT /projects/*/issues/*/notes/*': 'described as the note of a noteable in the docs of notes',
};

describe('the API', () => {
  it('has no route that GitLab has not, by the same method', () => {
    const known = new Set([
      ...index().operations.map((each) => bare(each.method, each.path)),
      ...calls().map((each) => bare(each.method, each.path)),
    ]);
    const mine = sandbox.app.routes
      .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/v4/'))
      .map(({ method, path }) => bare(method, path));
    expect(mine.length).toBeGreaterThan(120);
    const unknown = mine.filter((route) => !known.has(route) && !(route in undescribed));
    expect([...new Set(unknown)]).toEqual([]);
  });

  const samples: [string, string, string[]][] = [
    ['APIEntitiesProjectHook', ':/hooks/1', ['organization_id']],
    ['APIEntitiesCiPipelineScheduleDetails', ':/pipeline_schedules/1', []],
    [
      'APIEntitiesProtectedBranch',
      ':/protected_branches/main',
      ['unprotect_access_levels', 'code_owner_approval_required', 'inherited'],
    ],
    ['APIEntitiesBoard', ':/boards/1', ['milestone', 'assignee', 'labels', 'weight']],
    ['APIEntitiesCiVariable', ':/variables/K', []],
    ['APIEntitiesProjectLabel', ':/labels/a?with_counts=true', []],
    ['APIEntitiesBranch', ':/repository/branches/main', []],
    ['APIEntitiesCommit', ':/repository/commits/main', []],
    [
      'APIEntitiesUserPublic',
      '/user',
      [
        'avatar_path',
        'custom_attributes',
        'shared_runners_minutes_limit',
        'extra_shared_runners_minutes_limit',
        'scim_identities',
      ],
    ],
    [
      'APIEntitiesPersonalAccessToken',
      '/personal_access_tokens/self',
      ['granular_scopes', 'last_used_ips'],
    ],
    ['APIEntitiesResourceLabelEvent', ':/issues/1/resource_label_events/1', []],
    ['APIEntitiesAwardEmoji', ':/issues/1/award_emoji/1', []],
    [
      'APIEntitiesNote',
      ':/issues/1/notes/NOTE',
      [
        'attachment',
        'resolved',
        'resolved_by',
        'resolved_at',
        'commit_id',
        'position',
        'suggestions',
        'resolvable',
      ],
    ],
    [
      'APIEntitiesIssue',
      ':/issues/1',
      ['epic_iid', 'epic', 'iteration', 'health_status', 'weight', 'blocking_issues_count'],
    ],
    [
      'APIEntitiesMergeRequest',
      ':/merge_requests/1',
      [
        'approvals_before_merge',
        'title_html',
        'description_html',
        'rebase_in_progress',
        'diverged_commits_count',
        'allow_collaboration',
        'allow_maintainer_to_push',
        'merge_request_diff',
      ],
    ],
  ];
  it('answers with the fields that GitLab describes, but for those of its paid editions', async () => {
    const owner = as(sandbox, 'owner');
    await owner('POST', ':/issues', { title: 'one', labels: 'a' });
    const { body: note } = await owner('POST', ':/issues/1/notes', { body: 'x' });
    await owner('POST', ':/issues/1/award_emoji', { name: 'eyes' });
    await owner('POST', ':/hooks', { url: 'http://x.test' });
    await owner('POST', ':/boards', { name: 'b' });
    await owner('POST', ':/variables', { key: 'K', value: 'v' });
    await owner('POST', ':/pipeline_schedules', {
      description: 'd',
      ref: 'main',
      cron: '0 1 * * *',
    });
    await propose(sandbox, 'described');
    const { schemas } = index();
    for (const [schema, path, paid] of samples) {
      const { status, body } = await owner('GET', path.replace('NOTE', String(note.id)));
      expect([path, status]).toEqual([path, 200]);
      const expected = Object.keys(schemas[schema] ?? {}).filter(
        (field) => /^\w+$/.test(field) && !paid.includes(field),
      );
      expect([path, expected.length]).not.toEqual([path, 0]);
      expect([path, expected.filter((field) => !(field in body))]).toEqual([path, []]);
    }
  });
});
