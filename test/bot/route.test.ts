import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { keyOf, route } from '../../bot/route.ts';
import { readEvent } from '../../lib/gitlab/hook-event.ts';
import type { HookEvent } from '../../lib/gitlab/hook-event.ts';
import { shared } from '../shared.ts';

const self = { machine: 7, project: 1 };
const about = { project: 1, user: 3 };
const mergeRequest: HookEvent = {
  ...about,
  kind: 'merge_request',
  iid: 5,
  action: 'update',
  sourceBranch: 'post/x',
};
const push: HookEvent = { ...about, kind: 'push', branch: 'post/x', after: 'a' };

describe('route', () => {
  it.each<[string, HookEvent, unknown]>([
    ['a merge request', mergeRequest, { hint: { mergeRequest: 5 } }],
    ['an issue', { ...about, kind: 'issue', iid: 9, action: '' }, { hint: { issue: 9 } }],
    ['a push', push, { hint: { branch: 'post/x' } }],
    ['a deleted branch', { ...push, after: undefined }, { hint: { branch: 'post/x' } }],
    [
      'a note on an issue',
      { ...about, kind: 'note', thread: { on: 'issue', iid: 2 }, note: 1, action: 'create' },
      { hint: { issue: 2 } },
    ],
    [
      'the end of a pipeline, also of our own',
      { project: 1, user: 7, kind: 'pipeline', iid: 5, status: 'success' },
      { hint: { mergeRequest: 5 } },
    ],
  ])('sends us to %s', (_, event, expected) => {
    expect(route(event, self)).toEqual(expected);
  });

  it.each<[string, HookEvent]>([
    ['another project', { ...mergeRequest, project: 2 }],
    ['our own event', { ...mergeRequest, user: 7 }],
    ['nothing to look at: push', { ...push, branch: 'pulse-state' }],
    ['nothing to look at: pipeline', { ...about, kind: 'pipeline', iid: 5, status: 'running' }],
    ['nothing to look at: Job Hook', { kind: 'other', name: 'Job Hook' }],
    [
      'nothing to look at: emoji',
      { ...about, kind: 'emoji', thread: { on: 'issue', iid: 2 }, note: 1, action: 'award' },
    ],
  ])('leaves out what is %s', (why, event) => {
    expect(route(event, self)).toEqual({ ignored: why });
  });

  it('marks merge requests our jobs open, and tokens that expire', () => {
    expect(route({ ...mergeRequest, user: 7, action: 'open' }, self)).toMatchObject({
      opened: true,
    });
    expect(route({ kind: 'other', name: 'Resource Access Token Hook' }, self)).toMatchObject({
      warning: expect.stringContaining('expires') as string,
    });
  });

  it("takes every kind of body that GitLab's documentation shows", () => {
    const folder = shared('gitlab/webhooks');
    const routed = readdirSync(folder).map((name) => {
      const event = readEvent(new Headers(), readFileSync(`${folder}/${name}`));
      return route(event, { machine: -1, project: 'project' in event ? event.project : 0 });
    });
    const hints = routed.flatMap((each) => ('hint' in each ? [keyOf(each.hint)] : []));
    expect(hints.map((key) => key.split(',')[0])).toEqual(
      expect.arrayContaining(['mergeRequest', 'issue', 'branch']),
    );
    expect(routed.length - hints.length).toBeGreaterThan(5);
  });
});

it('hints about the same thing have the same key', () => {
  expect(keyOf({ mergeRequest: 5 })).toBe(keyOf({ mergeRequest: 5 }));
  expect(keyOf({ mergeRequest: 5 })).not.toBe(keyOf({ issue: 5 }));
});
