/* eslint-disable @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access -- answers are looked at field by field */
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';
import { shared } from '../shared.ts';
import { as, propose } from './caller.ts';

interface Got {
  event: string;
  headers: Headers;
  raw: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- looked at field by field
  body: any;
}

let sandbox: Sandbox;
let got: Got[];
let answer: () => Response | Promise<Response>;
let now: number;
const secret = Buffer.from('a key of thirty-two bytes or so!');
const clock = {
  now: () => now,
  sleep: (ms: number) => {
    now += ms;
    return Promise.resolve();
  },
  random: (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes)),
};

beforeEach(async () => {
  got = [];
  answer = () => new Response('ok');
  now = Date.now();
  sandbox = await createSandbox({
    clock,
    hookRetries: [1000],
    async deliver(request) {
      const raw = await request.text();
      const event = request.headers.get('x-gitlab-event') ?? '';
      got.push({ event, headers: request.headers, raw, body: JSON.parse(raw) });
      return answer();
    },
  });
});
afterEach(() => sandbox.close());

const all = {
  push_events: true,
  issues_events: true,
  confidential_issues_events: true,
  note_events: true,
  confidential_note_events: true,
  merge_requests_events: true,
  emoji_events: true,
};
const addHook = async (change: object = {}) =>
  (
    await as(sandbox, 'maintainer')('POST', ':/hooks', {
      url: 'http://bot.test/',
      ...all,
      ...change,
    })
  ).body as { id: number };
const seen = async () => {
  await sandbox.idle();
  return got.map(({ event, body }) =>
    [event, body.object_attributes?.action].filter(Boolean).join(' '),
  );
};

describe('webhooks', () => {
  it('are signed as GitLab signs them, and carry the token, too', async () => {
    await addHook({ token: 'plain', signing_token: `whsec_${secret.toString('base64')}` });
    await as(sandbox, 'reporter')('POST', ':/issues', { title: 'Ünïcode ✓' });
    await sandbox.idle();
    const [{ headers, raw }] = got as [Got];
    const [id, time] = [headers.get('webhook-id'), headers.get('webhook-timestamp')];
    const expected = createHmac('sha256', secret)
      .update(`${String(id)}.${String(time)}.${raw}`)
      .digest('base64');
    expect(headers.get('webhook-signature')).toBe(`v1,${expected}`);
    expect(headers.get('idempotency-key')).toBe(id);
    expect(headers.get('x-gitlab-token')).toBe('plain');
    expect(headers.get('x-gitlab-instance')).toBe(sandbox.url);
    expect(Math.abs(Number(time) - now / 1000)).toBeLessThan(2);
    const { body } = await as(sandbox, 'maintainer')('GET', ':/hooks/1');
    expect(JSON.stringify(body)).not.toMatch(/plain|whsec/);
    expect(body).toMatchObject({ token_present: true, signing_token_present: true });
  });

  it('tell of everything that happens, in the order in which it happens', async () => {
    await addHook();
    const call = as(sandbox, 'maintainer');
    await call('POST', ':/issues', { title: 'one' });
    await call('PUT', ':/issues/1', { add_labels: 'x' });
    await call('PUT', ':/issues/1', { add_labels: 'y', state_event: 'close' });
    const { body: note } = await call('POST', ':/issues/1/notes', { body: 'hi' });
    await call('PUT', `:/issues/1/notes/${String(note.id)}`, { body: 'ho' });
    await call('POST', `:/issues/1/notes/${String(note.id)}/award_emoji`, { name: 'eyes' });
    const { iid } = await propose(sandbox, 'told');
    await call('POST', `:/merge_requests/${String(iid)}/approve`);
    await call('PUT', `:/merge_requests/${String(iid)}/merge`, {});
    expect(await seen()).toEqual([
      'Issue Hook open',
      'Issue Hook update',
      'Issue Hook close',
      'Issue Hook update',
      'Note Hook create',
      'Note Hook update',
      'Emoji Hook award',
      'Push Hook',
      'Merge Request Hook open',
      'Merge Request Hook approved',
      'Merge Request Hook merge',
      'Push Hook',
    ]);
    const update = got[1]?.body;
    const titles = (list: { title: string }[]) => list.map((label) => label.title);
    expect(titles(update.changes.labels.previous)).toEqual([]);
    expect(titles(update.changes.labels.current)).toEqual(['x']);
    expect(got[2]?.body.changes).toHaveProperty('state_id');
  });

  it.each([
    ['issue', 0],
    ['note_issue', 1],
    ['merge_request', 3],
    ['push', 2],
  ] as const)('of kind %s hold the fields of the sample, with the same types', async (name, at) => {
    await addHook();
    const call = as(sandbox, 'maintainer');
    await call('POST', ':/issues', { title: 'one', description: 'd', labels: 'a' });
    await call('POST', ':/issues/1/notes', { body: 'hi' });
    await propose(sandbox, 'sampled');
    await sandbox.idle();
    const sample = JSON.parse(
      readFileSync(shared(`gitlab/webhooks/${name}.json`), 'utf8'),
    ) as object;
    // Enterprise fields, and what only exists when it is set.
    const absent =
      /\.(weight|escalation_\w+|human_\w+|group_id|position|branch_name|assignees?|reviewers|closed_at|time_change|avatar_url|user_avatar|changes)\b|^\.?(repository\.\w+)/;
    const missing = missingIn(sample, got[at]?.body).filter((path) => !absent.test(path));
    expect(missing).toEqual([]);
  });

  it('are sent again with the same key when the answer is bad, and the hook rests after four failures', async () => {
    const { id } = await addHook();
    answer = () => new Response('no', { status: 500 });
    const call = as(sandbox, 'maintainer');
    await call('POST', ':/issues', { title: 'one' });
    await sandbox.idle();
    expect(got.map(({ headers }) => headers.get('idempotency-key'))).toHaveLength(2);
    expect(new Set(got.map(({ headers }) => headers.get('idempotency-key'))).size).toBe(1);
    await call('POST', ':/issues', { title: 'two' });
    await sandbox.idle();
    const status = async () =>
      (await call('GET', `:/hooks/${String(id)}`)).body.alert_status as string;
    expect([got.length, await status()]).toEqual([4, 'temporarily_disabled']);
    await call('POST', ':/issues', { title: 'lost' });
    await sandbox.idle();
    expect(got).toHaveLength(4);
    now += 61_000;
    answer = () => new Response('ok');
    await call('POST', ':/issues', { title: 'back' });
    await sandbox.idle();
    expect([got.length, await status()]).toEqual([5, 'executable']);
    for (
      answer = () => new Response('no', { status: 400 });
      (await status()) !== 'disabled';
      now += 86_400_000
    ) {
      await call('POST', ':/issues', { title: 'more' });
      await sandbox.idle();
    }
    expect(got).toHaveLength(45);
  });

  it('can be looked up, sent again with their key, and tested', async () => {
    const { id } = await addHook();
    const call = as(sandbox, 'maintainer');
    await call('POST', ':/issues', { title: 'one' });
    await sandbox.idle();
    const [event] = (await call('GET', `:/hooks/${String(id)}/events`)).body;
    expect(event).toMatchObject({ trigger: 'issues_events', response_status: '200' });
    await call('POST', `:/hooks/${String(id)}/events/${String(event.id)}/resend`);
    expect(got[1]?.headers.get('webhook-id')).toBe(got[0]?.headers.get('webhook-id'));
    expect((await call('POST', `:/hooks/${String(id)}/test/push_events`)).status).toBe(201);
    expect(got[2]?.body.object_kind).toBe('push');
    expect((await call('POST', `:/hooks/${String(id)}/test/bogus`)).status).toBe(400);
  });

  it('of pushes keep to the branches that were asked for', async () => {
    await addHook({
      branch_filter_strategy: 'regex',
      push_events_branch_filter: '^(?!pulse-state$)',
      merge_requests_events: false,
    });
    await addHook({ push_events_branch_filter: 'post/*', merge_requests_events: false });
    const commit = (branch: string) =>
      as(sandbox, 'maintainer')('POST', ':/repository/commits', {
        branch,
        start_branch: 'main',
        commit_message: 'm',
        actions: [{ action: 'create', file_path: branch, content: 'x' }],
      });
    await commit('pulse-state');
    await commit('other');
    await commit('post/a');
    await sandbox.idle();
    expect(got.map(({ body }) => body.ref as string).sort()).toEqual([
      'refs/heads/other',
      'refs/heads/post/a',
      'refs/heads/post/a',
    ]);
  });

  it('of confidential issues go to those hooks only that may hear of them', async () => {
    await addHook({ confidential_issues_events: false, confidential_note_events: false });
    const call = as(sandbox, 'maintainer');
    await call('POST', ':/issues', { title: 'secret', confidential: true });
    await call('POST', ':/issues/1/notes', { body: 'secret' });
    expect(await seen()).toEqual([]);
  });

  it('must have an address', async () => {
    const answer = await as(sandbox, 'maintainer')('POST', ':/hooks', { url: 'nonsense' });
    expect([answer.status, answer.body]).toEqual([422, { message: 'Invalid url given' }]);
  });
});

/** Paths of the sample that the body lacks, or that are of another type there. Of lists the first element counts. */
function missingIn(sample: unknown, body: unknown, path = ''): string[] {
  if (sample === null || body === null) return [];
  if (Array.isArray(sample))
    return Array.isArray(body)
      ? sample.length > 0 && body.length > 0
        ? missingIn(sample[0], body[0], `${path}[]`)
        : []
      : [path];
  if (typeof sample !== 'object') return typeof sample === typeof body ? [] : [path];
  if (typeof body !== 'object') return [path];
  return Object.entries(sample).flatMap(([key, value]) =>
    key in body
      ? missingIn(value, (body as Record<string, unknown>)[key], `${path}.${key}`)
      : [`${path}.${key}`],
  );
}
