import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../lib/clock.ts';
import { createGitLab } from '../../lib/gitlab/index.ts';
import { type Answer, cut, json, listen, plain } from './server.ts';

const token = 'glpat-not-to-be-seen';
const user = { id: 7, username: 'desk', name: 'Desk', bot: true };
const open: Awaited<ReturnType<typeof listen>>[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

/** A GitLab that gives these answers, and a clock that only remembers how long it was to wait. */
async function gitlab(answers: Answer[], path = '') {
  const server = await listen(...answers);
  open.push(server);
  const waits: number[] = [];
  const clock: Clock = {
    now: () => 1_800_000_000_000,
    sleep: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
    random: (bytes) => new Uint8Array(bytes),
  };
  const options = { url: server.url + path, project: 'team/desk', token, clock, timeout: 300 };
  return { api: createGitLab(options), seen: server.seen, waits, options };
}

const thrown = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('requests to GitLab', () => {
  it('carry the token in a header and go below the sub-path', async () => {
    const { api, seen } = await gitlab([json(user)], '/git/lab/');
    expect(await api.me()).toEqual(user);
    expect(seen[0]).toMatchObject({ method: 'GET', url: '/git/lab/api/v4/user' });
    expect(seen[0]!.headers['private-token']).toBe(token);
  });

  it.each([429, 500, 502, 503, 504])(
    'ask again when a read is answered with %i',
    async (status) => {
      const { api, seen, waits } = await gitlab([plain('later', status), json(user)]);
      expect((await api.me()).id).toBe(7);
      expect(seen).toHaveLength(2);
      expect(waits).toEqual([300]);
    },
  );

  it('wait longer each time and give up in the end', async () => {
    const { api, seen, waits } = await gitlab([plain('Retry later', 503)]);
    expect(await thrown(api.me())).toMatchObject({
      code: 'GITLAB_BUSY',
      retryable: true,
      details: { call: 'GET /user', status: 503 },
    });
    expect(seen).toHaveLength(6);
    expect(waits).toEqual([300, 600, 1200, 2400, 4800]);
  });

  it.each([
    ['seconds', { 'retry-after': '17' }, 17_000],
    ['a date', { 'retry-after': new Date(1_800_000_031_000).toUTCString() }, 31_000],
    ['the end of the limit', { 'ratelimit-reset': '1800000042' }, 42_000],
  ])('wait as long as GitLab says in %s', async (_, headers, wait) => {
    const { api, waits } = await gitlab([plain('Retry later', 429, headers), json(user)]);
    await api.me();
    expect(waits).toEqual([wait]);
  });

  it('do not wait for hours', async () => {
    const { api, seen } = await gitlab([plain('', 429, { 'retry-after': '7200' })]);
    expect(await thrown(api.me())).toMatchObject({ code: 'GITLAB_BUSY' });
    expect(seen).toHaveLength(1);
  });

  it('ask again when the line is cut or nothing comes, but only for reads', async () => {
    const reads = await gitlab([cut, () => undefined, json(user)]);
    expect((await reads.api.me()).id).toBe(7);
    const writes = await gitlab([cut, json(user)]);
    expect(await thrown(writes.api.createBranch('a', 'main'))).toMatchObject({
      code: 'GITLAB_UNREACHABLE',
      retryable: true,
    });
    expect(writes.seen).toHaveLength(1);
  });

  it('write again only when the write is known not to have acted', async () => {
    const branch = { name: 'a', protected: false, commit: { id: 'c' } };
    const limited = await gitlab([plain('Retry later', 429, { 'retry-after': '1' }), json(branch)]);
    expect(await limited.api.createBranch('a', 'main')).toMatchObject({ sha: 'c' });
    expect(limited.seen).toHaveLength(2);
    const broken = await gitlab([plain('', 502), json(branch)]);
    expect(await thrown(broken.api.createBranch('a', 'main'))).toMatchObject({
      code: 'GITLAB_BUSY',
    });
    expect(broken.seen).toHaveLength(1);
    const away = await gitlab([]);
    await open.pop()!.close();
    expect(await thrown(away.api.createBranch('a', 'main'))).toMatchObject({
      code: 'GITLAB_UNREACHABLE',
    });
    expect(away.waits).toHaveLength(5);
  });

  it.each([
    [{ message: '403 Forbidden' }, '403 Forbidden'],
    [
      { error: 'insufficient_scope', error_description: 'The request requires more' },
      'insufficient_scope: The request requires more',
    ],
    [{ error: 'state does not have a valid value' }, 'state does not have a valid value'],
    [
      { message: { title: ["can't be blank", 'is too short'], base: ['No'] } },
      "title can't be blank, is too short, No",
    ],
    [{}, 'no reason given'],
  ])('say why GitLab refused: %j', async (body, message) => {
    const { api, seen } = await gitlab([json(body, 403)]);
    expect(await thrown(api.me())).toMatchObject({
      code: 'GITLAB_REFUSED',
      retryable: false,
      details: { status: 403, message },
    });
    expect(seen).toHaveLength(1);
  });

  it('tell a missing thing from a missing project and from a wrong address', async () => {
    for (const message of ['404 File Not Found', '404 Not Found', '404 Not found']) {
      const { api } = await gitlab([json({ message }, 404)]);
      expect(await api.readFile('a', 'main')).toBeUndefined();
    }
    for (const body of [{ message: '404 Project Not Found' }, { error: '404 Not Found' }]) {
      const { api } = await gitlab([json(body, 404)]);
      expect(await thrown(api.readFile('a', 'main'))).toMatchObject({ details: { status: 404 } });
    }
    const page = await gitlab([plain('<html><body>nginx</body></html>', 404)]);
    expect(await thrown(page.api.readFile('a', 'main'))).toMatchObject({
      details: { message: 'nginx' },
    });
  });

  it('follow a move within GitLab, never to another place', async () => {
    const stays = await gitlab([plain('', 301, { location: '/api/v4/people/7' }), json(user)]);
    expect((await stays.api.me()).id).toBe(7);
    expect(stays.seen[1]!.url).toBe('/api/v4/people/7');
    const other = await listen(json(user));
    open.push(other);
    const leaves = await gitlab([plain('', 302, { location: `${other.url}/api/v4/user` })]);
    expect(await thrown(leaves.api.me())).toMatchObject({ code: 'GITLAB_REFUSED' });
    expect(other.seen).toEqual([]);
    const write = await gitlab([plain('', 301, { location: '/elsewhere' }), json({})]);
    expect(await thrown(write.api.deleteBranch('a'))).toMatchObject({ details: { status: 301 } });
    expect(write.seen).toHaveLength(1);
  });

  it('refuse answers in another shape and say where', async () => {
    const { api } = await gitlab([json({ id: '7', name: null })]);
    expect(await thrown(api.me())).toMatchObject({
      code: 'GITLAB_UNEXPECTED',
      details: {
        problems: 'id is string, expected is whole number; username is undefined, expected is text',
      },
    });
    const page = await gitlab([plain('<html>Sign in</html>', 200)]);
    expect(await thrown(page.api.me())).toMatchObject({ code: 'GITLAB_UNEXPECTED' });
  });

  it('show the token in no error, even when GitLab says it', async () => {
    for (const answer of [json({ message: `no ${token}` }, 401), plain(`no ${token}`, 500), cut]) {
      const { api } = await gitlab([answer]);
      const error = await thrown(api.me());
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(token);
    }
  });

  it('turn every page of a list', async () => {
    const events = [1, 2, 3].map((id) => ({
      id,
      action: 'add',
      label: { name: `l${String(id)}` },
      user,
      created_at: `2026-01-0${String(4 - id)}T00:00:00.000Z`,
    }));
    const page =
      (n: number): Answer =>
      (response, { headers, url }) => {
        const next = `<http://${headers.host ?? ''}${url}&page=${String(n + 1)}>; rel="next"`;
        json([events[n - 1]], 200, n < 3 ? { link: next } : {})(response, {} as never);
      };
    const { api, seen } = await gitlab([page(1), page(2), page(3)]);
    const found = await api.labelEvents({ on: 'issue', iid: 4 });
    expect(found.map(({ label }) => label)).toEqual(['l3', 'l2', 'l1']);
    expect(seen[0]!.url).toContain(
      '/projects/team%2Fdesk/issues/4/resource_label_events?per_page=100',
    );
  });
});
