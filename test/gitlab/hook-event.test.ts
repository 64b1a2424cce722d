import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEvent } from '../../lib/gitlab/hook-event.ts';
import { hasShared, sharedPath } from '../shared.ts';

const headers = new Headers({ 'x-gitlab-event': 'Some Hook' });
const other = { kind: 'other', name: 'Some Hook' };

describe.skipIf(!hasShared('gitlab/webhooks'))('webhooks of every kind', () => {
  const folder = sharedPath('gitlab/webhooks');
  const read = (name: string) => readFileSync(join(folder, `${name}.json`));
  const change = (name: string, part: object) => {
    const body = JSON.parse(read(name).toString()) as Record<string, object>;
    return JSON.stringify({ ...body, ...part });
  };

  it('say what they name', () => {
    const named = Object.fromEntries(
      readdirSync(folder).map((file) => [
        basename(file, '.json'),
        readEvent(headers, read(basename(file, '.json'))),
      ]),
    );
    expect(Object.values(named).filter(({ kind }) => kind === 'other').length).toBeGreaterThan(10);
    expect(named).toMatchObject({
      issue: { kind: 'issue', project: 1, user: 1, iid: 23, action: 'open' },
      merge_request: {
        kind: 'merge_request',
        project: 1,
        user: 1,
        iid: 1,
        action: 'open',
        sourceBranch: 'ms-viewport',
      },
      note_issue: {
        kind: 'note',
        project: 5,
        user: 42,
        thread: { on: 'issue', iid: 17 },
        note: 1241,
        action: 'create',
      },
      note_merge_request: {
        kind: 'note',
        project: 5,
        user: 1,
        thread: { on: 'merge_request', iid: 1 },
        note: 1244,
      },
      emoji: {
        kind: 'emoji',
        project: 6,
        user: 1,
        thread: { on: 'issue', iid: 42 },
        note: 363,
        action: 'award',
      },
      push: {
        kind: 'push',
        project: 15,
        user: 4,
        branch: 'master',
        after: 'da1560886d4f094c3e6c9ef40349f7d38b5d27d7',
      },
      pipeline: { kind: 'pipeline', project: 1, user: 42, iid: 1, status: 'success' },
      note_commit: other,
      note_snippet: other,
      tag_push: other,
      member: other,
      resource_access_token_project: other,
    });
  });

  it('tell a branch that was deleted, and a task from an issue', () => {
    const deleted = readEvent(headers, change('push', { after: '0'.repeat(40) }));
    expect(deleted).toMatchObject({ kind: 'push', after: undefined });
    expect(readEvent(headers, change('issue', { object_kind: 'work_item' }))).toMatchObject({
      kind: 'issue',
    });
  });

  it('never fail over what is missing or of another kind', () => {
    const names = ['issue', 'merge_request', 'note_issue', 'emoji', 'push'];
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.jsonValue(), fc.nat(12), (name, value, at) => {
        const body = JSON.parse(read(name).toString()) as Record<string, unknown>;
        const keys = Object.keys(body);
        body[keys[at % keys.length]!] = value;
        expect(readEvent(headers, JSON.stringify(body)).kind).toBeTypeOf('string');
      }),
    );
  });

  it.each(['', 'null', '[]', '"x"', '{', '7'])('refuse the body %j', (body) => {
    expect(() => readEvent(headers, body)).toThrow('a webhook in a shape we do not know');
  });
});
