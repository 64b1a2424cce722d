/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access -- answers are looked at field by field */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';
import { as, propose, type Answer } from './caller.ts';

let sandbox: Sandbox;
let call: (method: string, path: string, body?: object) => Promise<Answer>;
beforeAll(async () => {
  sandbox = await createSandbox();
  call = as(sandbox, 'maintainer');
});
afterAll(() => sandbox.close());

const issue = async (change: object = {}) => {
  const { body } = await call('POST', ':/issues', { title: 'Issue', ...change });
  return body as {
    iid: number;
    id: number;
    created_at: string;
    labels: string[];
    description: string;
  };
};

describe('labels', () => {
  it('change with the state in one request; remove wins; unknown ones are made; case matters', async () => {
    const { iid } = await issue({ labels: 'review,REVIEW,workflow::a' });
    const path = `:/issues/${String(iid)}`;
    const { body } = await call('PUT', path, {
      state_event: 'close',
      add_labels: 'done,both,workflow::b',
      remove_labels: 'review,both,nowhere',
    });
    expect([body.state, body.labels]).toEqual([
      'closed',
      ['done', 'REVIEW', 'workflow::a', 'workflow::b'],
    ]);
    expect((await call('PUT', path, { state_event: 'close' })).status).toBe(200);
    const names = (await call('GET', ':/labels?per_page=100')).body.map(
      (l: { name: string }) => l.name,
    );
    expect(names).toEqual(expect.arrayContaining(['review', 'REVIEW', 'done']));
    expect((await call('GET', ':/issues?labels=Done')).body).toEqual([]);
    expect((await call('GET', ':/issues?labels=done,REVIEW')).body).toHaveLength(1);
    expect((await call('PUT', path, { labels: 'only' })).body.labels).toEqual(['only']);
  });

  it('are in a journal with who and when, those set at creation with the time of creation', async () => {
    const made = await issue({ labels: 'x' });
    await as(sandbox, 'reporter')('PUT', `:/issues/${String(made.iid)}`, {
      add_labels: 'y',
      remove_labels: 'x',
    });
    const { body } = await call('GET', `:/issues/${String(made.iid)}/resource_label_events`);
    expect(
      body.map((e: { action: string; label: { name: string }; user: { username: string } }) => [
        e.action,
        e.label.name,
        e.user.username,
      ]),
    ).toEqual([
      ['add', 'x', 'mara'],
      ['add', 'y', 'ron'],
      ['remove', 'x', 'ron'],
    ]);
    expect(body[0].created_at).toBe(made.created_at);
    expect(body[0].resource_id).toBe(made.id);
  });
});

describe('lists', () => {
  it('come in pages of twenty, a hundred at most, with links that lead on', async () => {
    const { iid } = await issue({ title: 'long' });
    const path = `:/issues/${String(iid)}/notes`;
    for (let n = 1; n <= 55; n += 1) await call('POST', path, { body: `note ${String(n)}` });
    const first = await call('GET', path);
    const header = (name: string) => first.headers.get(name);
    expect(first.body).toHaveLength(20);
    expect(first.body[0].body).toBe('note 55');
    expect(['x-total', 'x-total-pages', 'x-next-page', 'x-per-page'].map(header)).toEqual([
      '55',
      '3',
      '2',
      '20',
    ]);
    const next = /<([^>]+)>; rel="next"/.exec(header('link') ?? '')?.[1] ?? '';
    const second = await sandbox.fetch(next, {
      headers: { 'private-token': sandbox.users.guest.token },
    });
    expect(await second.json()).toHaveLength(20);
    expect((await call('GET', `${path}?per_page=200&sort=asc`)).body).toHaveLength(55);
    const cached = await sandbox.fetch(next, {
      headers: {
        'private-token': sandbox.users.guest.token,
        'if-none-match': second.headers.get('etag') ?? '',
      },
    });
    expect(cached.status).toBe(304);
  });

  it('filter by state, search, iids and time', async () => {
    const one = await issue({ title: 'Zebra crossing', description: 'black' });
    const two = await issue({ title: 'Lion', description: 'a zebra in words' });
    const iids = async (query: string) =>
      (await call('GET', `:/issues?${query}`)).body.map(
        (each: { iid: number }) => each.iid,
      ) as number[];
    expect(await iids('search=zebra')).toEqual([two.iid, one.iid]);
    expect(await iids('search=zebra&in=description')).toEqual([two.iid]);
    expect(await iids('search=zebra&sort=asc&order_by=created_at')).toEqual([one.iid, two.iid]);
    expect(await iids(`iids[]=${String(one.iid)}`)).toEqual([one.iid]);
    expect(await iids('updated_after=2999-01-01T00:00:00Z')).toEqual([]);
    await call('PUT', `:/issues/${String(one.iid)}`, { state_event: 'close' });
    expect(await iids('search=zebra&state=opened')).toEqual([two.iid]);
    expect((await iids('order_by=updated_at&per_page=1'))[0]).toBe(one.iid);
  });
});

describe('quick actions', () => {
  it('are carried out and taken out, of descriptions and notes alike', async () => {
    await call('POST', ':/labels', { name: 'known', color: '#ffffff' });
    const made = await issue({ description: 'Words\n/label ~known\n/assign @dan\n/pulse approve' });
    const path = `:/issues/${String(made.iid)}`;
    const shown = (await call('GET', path)).body;
    expect([shown.description, shown.labels, shown.assignees[0].username]).toEqual([
      'Words\n/pulse approve',
      ['known'],
      'dan',
    ]);
    const note = await call('POST', `${path}/notes`, { body: 'done\n/close\n/unlabel ~known' });
    expect([note.status, note.body.body]).toEqual([201, 'done']);
    expect((await call('GET', path)).body).toMatchObject({ state: 'closed', labels: [] });
    const only = await call('POST', `${path}/notes`, { body: '/reopen' });
    expect([only.status, only.body.summary]).toEqual([202, ['Applied reopen command.']]);
  });

  it('in code, quotes and HTML comments are text', async () => {
    const { iid } = await issue();
    const body = '> /close\n\n```\n/close\n```\n`/close`\n<!--\n/close\n-->\n /close';
    const note = await call('POST', `:/issues/${String(iid)}/notes`, { body });
    expect(note.body.body).toBe(body);
    expect((await call('GET', `:/issues/${String(iid)}`)).body.state).toBe('opened');
  });

  it('that one may not give are taken out and do nothing', async () => {
    const { iid } = await issue();
    const guest = as(sandbox, 'guest');
    const note = await guest('POST', `:/issues/${String(iid)}/notes`, {
      body: 'x\n/close\n/label ~known',
    });
    expect(note.body.body).toBe('x');
    expect((await call('GET', `:/issues/${String(iid)}`)).body).toMatchObject({
      state: 'opened',
      labels: [],
    });
  });

  it('/draft, /ready, /approve and /merge work on merge requests', async () => {
    const { iid } = await propose(sandbox, 'quick');
    const say = (body: string) => call('POST', `:/merge_requests/${String(iid)}/notes`, { body });
    await say('/draft');
    expect((await call('GET', `:/merge_requests/${String(iid)}`)).body).toMatchObject({
      title: 'Draft: quick',
      draft: true,
    });
    await say('/ready');
    await say('/approve');
    expect((await call('GET', `:/merge_requests/${String(iid)}/approvals`)).body.approved).toBe(
      true,
    );
    await as(sandbox, 'developer')('POST', `:/merge_requests/${String(iid)}/notes`, {
      body: '/merge',
    });
    expect((await call('GET', `:/merge_requests/${String(iid)}`)).body.state).toBe('opened');
    await say('/merge');
    expect((await call('GET', `:/merge_requests/${String(iid)}`)).body.state).toBe('merged');
  });
});

describe('words', () => {
  it('that mention people and things leave their traces', async () => {
    const target = await issue();
    const { iid } = await issue();
    await call('POST', `:/issues/${String(iid)}/notes`, {
      body: `@rita see #${String(target.iid)}, not \`@dan\``,
    });
    const notes = (await call('GET', `:/issues/${String(target.iid)}/notes`)).body;
    expect(notes[0]).toMatchObject({ system: true, body: `mentioned in issue #${String(iid)}` });
    expect((await as(sandbox, 'reviewer')('GET', '/todos')).body[0]).toMatchObject({
      action_name: 'mentioned',
      target: { iid },
    });
    const dans = (await as(sandbox, 'developer')('GET', '/todos')).body as {
      target: { iid: number };
    }[];
    expect(dans.some((todo) => todo.target.iid === iid)).toBe(false);
  });

  it('answers land in the discussion, which then is a thread', async () => {
    const { iid } = await issue();
    const path = `:/issues/${String(iid)}`;
    await call('POST', `${path}/notes`, { body: 'question' });
    const [one] = (await call('GET', `${path}/discussions`)).body;
    expect(one.individual_note).toBe(true);
    await call('POST', `${path}/discussions/${String(one.id)}/notes`, { body: 'answer' });
    const [again] = (await call('GET', `${path}/discussions`)).body;
    expect(again.individual_note).toBe(false);
    expect(again.notes.map((note: { body: string }) => note.body)).toEqual(['question', 'answer']);
  });

  it('an emoji can be given once by each', async () => {
    const { iid } = await issue();
    const { body: note } = await call('POST', `:/issues/${String(iid)}/notes`, { body: 'x' });
    const path = `:/issues/${String(iid)}/notes/${String(note.id)}/award_emoji`;
    const first = await call('POST', path, { name: 'eyes' });
    expect([first.status, first.body.name]).toEqual([201, 'eyes']);
    const again = await call('POST', path, { name: 'eyes' });
    expect([again.status, again.body.message]).toEqual([
      404,
      '404 Award Emoji Name has already been taken Not Found',
    ]);
    expect((await call('DELETE', `${path}/${String(first.body.id)}`)).status).toBe(204);
    expect((await call('GET', path)).body).toEqual([]);
  });
});
