import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../lib/clock.ts';
import { applyDesk, checkDesk, readSecrets, type Report } from '../../../lib/desk/setup/index.ts';
import { formatReport } from '../../../lib/desk/setup/table.ts';
import { createGitLab } from '../../../lib/gitlab/index.ts';
import { createSandbox, type Sandbox } from '../../../sandbox/index.ts';

/** Days that have passed, for GitLab and for us. */
let days = 0;
const clock = { ...systemClock, now: () => Date.now() + days * 86_400_000 };
let sandbox: Sandbox;
let server: Awaited<ReturnType<Sandbox['listen']>>;
beforeEach(async () => {
  days = 0;
  sandbox = await createSandbox({ clock });
  server = await sandbox.listen();
});
afterEach(async () => {
  await server.close();
  await sandbox.close();
});

const deps = (changes = {}) => ({
  url: server.url,
  project: sandbox.project.path,
  token: sandbox.users.maintainer.token,
  clock,
  hookUrl: 'http://127.0.0.1:9/hooks',
  ...changes,
});
const states = ({ rows }: Report) =>
  Object.fromEntries(rows.map(({ name, finding }) => [name, finding.state]));
const writes = () => sandbox.requests.filter(({ method }) => !['GET', 'HEAD'].includes(method));

describe('a fresh project on the sandbox', () => {
  it('lacks much, and checking it writes nothing', async () => {
    const report = await checkDesk(deps());
    expect(report.ready).toBe(false);
    expect(states(report)).toMatchObject({
      labels: 'missing',
      board: 'missing',
      'machine account': 'missing',
      'state branch': 'missing',
      'state branch protected': 'missing',
      'default branch protected': 'fine',
      'closing words': 'different',
      webhook: 'missing',
      schedule: 'missing',
    });
    expect(writes()).toEqual([]);
  });

  it('becomes a desk, and doing it twice changes nothing more', async () => {
    const first = await applyDesk(deps());
    expect(first.failures).toEqual([]);
    expect(first.after.rows.filter(({ finding }) => finding.state !== 'fine')).toEqual([]);
    expect(first.after.ready).toBe(true);
    const before = writes().length;
    expect(before).toBeGreaterThan(0);
    const second = await applyDesk(deps());
    expect(second.changes).toBe(0);
    expect(writes().length).toBe(before);
  });

  it('gets a machine that may do its work and nothing that a person could be taken for', async () => {
    await applyDesk(deps());
    const { GITLAB_TOKEN: token = '' } = await readSecrets(deps());
    const gitlab = createGitLab({ url: server.url, project: sandbox.project.path, token });
    const me = await gitlab.me();
    expect(me.bot).toBe(true);
    expect(await gitlab.accessLevel(me.id)).toBe(40);
    const [rule] = await gitlab.rulesFor('pulse-state');
    expect(rule).toMatchObject({ allowForcePush: false, pushLevels: [40] });
    const create = { action: 'create' as const, path: 'posts/a.json', content: '{}' };
    await gitlab.commitFiles('pulse-state', [create], 'Write');
    const developer = createGitLab({
      url: server.url,
      project: sandbox.project.path,
      token: sandbox.users.developer.token,
    });
    await expect(
      developer.commitFiles('pulse-state', [{ ...create, path: 'posts/b.json' }], 'Forge'),
    ).rejects.toMatchObject({ code: 'GITLAB_REFUSED' });
    expect((await gitlab.commits('pulse-state')).at(-1)!.message).toMatch(/^Begin pulse-state/);
  });

  it('is mended where somebody has changed it', async () => {
    await applyDesk(deps());
    const as = (method: string, path: string, body?: object) =>
      fetch(`${server.url}/api/v4/projects/${String(sandbox.project.id)}${path}`, {
        method,
        headers: { 'private-token': sandbox.users.owner.token, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      });
    await as('PATCH', '/protected_branches/pulse-state', { push_access_level: 30 });
    await as('PUT', '', { squash_option: 'always' });
    await as('PUT', '/variables/GITLAB_TOKEN', { value: 'glpat-nonsense', masked: false });
    await as('DELETE', '/labels/pulse%3A%3Areview');
    const broken = await checkDesk(deps());
    expect(
      broken.rows.filter(({ finding }) => finding.state === 'different').map(({ name }) => name),
    ).toEqual([
      'squash',
      'labels',
      'board',
      'machine account',
      'token kept safe',
      'state branch protected',
    ]);
    const { GITLAB_TOKEN: lost } = await readSecrets(deps());
    const { after, failures } = await applyDesk(deps());
    expect({ failures, ready: after.ready }).toEqual({ failures: [], ready: true });
    const { GITLAB_TOKEN: renewed } = await readSecrets(deps());
    expect(renewed).not.toBe(lost);
  });

  it('renews the token of the machine in time, and keeps the account', async () => {
    await applyDesk(deps());
    const id = async () => {
      const { GITLAB_TOKEN: token = '' } = await readSecrets(deps());
      return (await createGitLab({ url: server.url, project: sandbox.project.path, token }).me())
        .id;
    };
    const before = { id: await id(), token: (await readSecrets(deps())).GITLAB_TOKEN };
    days = 340;
    const report = await checkDesk(deps());
    expect(states(report)['machine account']).toBe('due');
    expect(report.ready).toBe(true);
    // The machine may do it itself.
    const { after, failures } = await applyDesk(deps({ token: before.token }));
    expect({ failures, states: states(after)['machine account'] }).toEqual({
      failures: [],
      states: 'fine',
    });
    expect((await readSecrets(deps())).GITLAB_TOKEN).not.toBe(before.token);
    expect(await id()).toBe(before.id);
  });

  it('needs no bot', async () => {
    const { after } = await applyDesk(deps({ hookUrl: undefined }));
    expect(after.ready).toBe(true);
    expect(states(after).webhook).toBe('optional');
    expect(Object.keys(await readSecrets(deps()))).toEqual(['GITLAB_TOKEN']);
  });

  it('is not shown to who has no say in it', async () => {
    for (const role of ['developer', 'guest', 'stranger'] as const)
      await expect(checkDesk(deps({ token: sandbox.users[role].token }))).rejects.toMatchObject(
        role === 'stranger' ? { code: 'GITLAB_REFUSED' } : { code: 'DESK_FORBIDDEN' },
      );
    expect(writes()).toEqual([]);
  });

  it('shows no secret in its report', async () => {
    const { before, after } = await applyDesk(deps());
    const secrets = Object.values(await readSecrets(deps()));
    expect(secrets).toHaveLength(3);
    for (const secret of [...secrets, sandbox.users.maintainer.token])
      expect(JSON.stringify([before, after]) + formatReport(after)).not.toContain(secret);
  });
});
