/* eslint-disable @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access -- answers are looked at field by field */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';
import { as, caller } from './caller.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
});
afterAll(() => sandbox.close());

/** A project token as a maintainer makes it. */
async function botToken(change: object = {}) {
  const made = await as(sandbox, 'maintainer')('POST', ':/access_tokens', {
    name: 'bot',
    scopes: ['api'],
    access_level: 40,
    expires_at: new Date(Date.now() + 86_400_000 * 30).toISOString().slice(0, 10),
    ...change,
  });
  return made.body as { id: number; token: string; user_id: number };
}

describe('errors come in the envelopes of GitLab', () => {
  const cases: [string, string, object | undefined, number, object][] = [
    ['GET', '/nothing/here', undefined, 404, { error: '404 Not Found' }],
    ['GET', ':/merge_requests/1/approval_state', undefined, 404, { error: '404 Not Found' }],
    ['GET', ':/issues/99', undefined, 404, { message: '404 Not found' }],
    ['GET', ':/issues/0', undefined, 404, { message: '404 Not found' }],
    ['GET', ':/issues/one', undefined, 400, { error: 'issue_iid is invalid' }],
    ['GET', '/projects/no%2Fsuch', undefined, 404, { message: '404 Project Not Found' }],
    ['GET', '/projects/9999', undefined, 404, { message: '404 Project Not Found' }],
    ['GET', '/projects/socialpulse/desk', undefined, 404, { error: '404 Not Found' }],
    ['GET', '/projects/socialpulse%252Fdesk', undefined, 404, { message: '404 Project Not Found' }],
    ['GET', ':/issues?state=open', undefined, 400, { error: 'state does not have a valid value' }],
    ['POST', ':/issues', {}, 400, { error: 'title is missing' }],
    [
      'POST',
      ':/merge_requests',
      { title: 'x' },
      400,
      { error: 'source_branch is missing, target_branch is missing' },
    ],
    ['GET', ':/repository/files/none?ref=main', undefined, 404, { message: '404 File Not Found' }],
    ['GET', ':/repository/files/none', undefined, 400, { error: 'ref is missing' }],
    ['GET', ':/repository/branches/none', undefined, 404, { message: '404 Branch Not Found' }],
    ['DELETE', ':/repository/branches/none', undefined, 404, { message: '404 Branch Not Found' }],
    ['GET', '/users/9999', undefined, 404, { message: '404 User Not Found' }],
  ];
  it.each(cases)('%s %s', async (method, path, body, status, expected) => {
    const answer = await as(sandbox, 'maintainer')(method, path, body);
    expect([answer.status, answer.body]).toEqual([status, expected]);
  });

  it('notes: a missing body, an empty one, a wrong filter', async () => {
    const call = as(sandbox, 'maintainer');
    await call('POST', ':/issues', { title: 'one' });
    expect((await call('POST', ':/issues/1/notes', {})).body).toEqual({ error: 'body is missing' });
    const blank = await call('POST', ':/issues/1/notes', { body: '' });
    expect([blank.status, blank.body.message]).toEqual([
      400,
      `400 Bad request - Note {:note=>["can't be blank"]}`,
    ]);
    const filter = await call('GET', ':/issues/1/notes?activity_filter=bogus');
    expect(filter.body).toEqual({ error: 'activity_filter does not have a valid value' });
    const state = await call('PUT', ':/issues/1', { state_event: 'closed' });
    expect(state.body).toEqual({ error: 'state_event does not have a valid value' });
    const weight = await call('PUT', ':/issues/1', { weight: 3 });
    expect(weight.body.error).toMatch(/^assignee_id, .*at least one parameter must be provided$/);
  });

  it('an issue page of the API has a `work_items` address, and unknown query keys mean nothing', async () => {
    const { body } = await as(sandbox, 'maintainer')('GET', ':/issues?labelz=none');
    expect(body[0].web_url).toBe(`${sandbox.url}/socialpulse/desk/-/work_items/1`);
  });
});

describe('tokens', () => {
  it('that are unknown, absent, revoked, expired or only read are told apart', async () => {
    expect((await caller(sandbox, 'nonsense')('GET', '/user')).body).toEqual({
      message: '401 Unauthorized',
    });
    const nobody = caller(sandbox);
    expect((await nobody('GET', '/version')).body).toEqual({ message: '401 Unauthorized' });
    expect((await nobody('GET', ':')).body).toEqual({ message: '404 Project Not Found' });

    const revoked = await botToken();
    await as(sandbox, 'maintainer')('DELETE', `:/access_tokens/${String(revoked.id)}`);
    const said = await caller(sandbox, revoked.token)('GET', '/user');
    expect([said.status, said.body.error]).toEqual([401, 'invalid_token']);

    const expired = await botToken({ expires_at: '2020-01-01' });
    expect(expired).toMatchObject({ active: false });
    const late = await caller(sandbox, expired.token)('GET', '/user');
    expect([late.status, late.body.error]).toEqual([401, 'invalid_token']);

    const reader = caller(sandbox, (await botToken({ scopes: ['read_api'] })).token);
    expect((await reader('GET', ':')).status).toBe(200);
    const write = await reader('POST', ':/issues', { title: 'x' });
    expect([write.status, write.body]).toEqual([
      403,
      {
        error: 'insufficient_scope',
        error_description:
          'The request requires higher privileges than provided by the access token',
      },
    ]);
  });

  it('of a project belong to a bot, live a year at most, see one project and rotate', async () => {
    const far = new Date(Date.now() + 86_400_000 * 400).toISOString().slice(0, 10);
    const refused = await botToken({ expires_at: far });
    expect(refused).toMatchObject({
      message: expect.stringContaining('Expiration date must be before') as string,
    });
    const made = await botToken();
    const bot = caller(sandbox, made.token);
    const me = await bot('GET', '/user');
    expect(me.body).toMatchObject({ bot: true, id: made.user_id });
    expect(me.body.username).toMatch(/^project_\d+_bot_[0-9a-f]{32}$/);
    expect((await as(sandbox, 'guest')('GET', `/users/${String(made.user_id)}`)).body.bot).toBe(
      true,
    );
    expect((await bot('GET', '/personal_access_tokens/self')).body).toMatchObject({
      scopes: ['api'],
      active: true,
      revoked: false,
    });
    const rotated = await as(sandbox, 'maintainer')(
      'POST',
      `:/access_tokens/${String(made.id)}/rotate`,
      {},
    );
    expect(rotated.status).toBe(200);
    expect(rotated.body.user_id).toBe(made.user_id);
    expect((await bot('GET', '/user')).status).toBe(401);
    expect((await caller(sandbox, rotated.body.token)('GET', '/user')).body.id).toBe(made.user_id);
  });

  it('may be sent as Bearer or in the query, but a job header takes none of a person', async () => {
    const { token } = sandbox.users.guest;
    const ask = async (headers: Record<string, string>, query = '') =>
      (await sandbox.fetch(`${sandbox.url}/api/v4/user${query}`, { headers })).status;
    expect(await ask({ authorization: `Bearer ${token}` })).toBe(200);
    expect(await ask({}, `?private_token=${token}`)).toBe(200);
    expect(await ask({ 'job-token': token })).toBe(401);
  });
});
