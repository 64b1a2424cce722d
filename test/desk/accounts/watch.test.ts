import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectAccount } from '../../../lib/desk/connect.ts';
import { surveyAccounts } from '../../../lib/desk/accounts/survey.ts';
import { formatStandings } from '../../../lib/desk/accounts/table.ts';
import { variableStore } from '../../../lib/desk/accounts/variables.ts';
import { accountLabel, watchAccounts } from '../../../lib/desk/accounts/watch.ts';
import { type Held, tokenVariables } from '../../../lib/tokens/held.ts';
import { type Scene, setScene } from './scene.ts';

const hour = 3_600_000;
let scene: Scene;
beforeEach(async () => {
  scene = await setScene();
});
afterEach(async () => {
  expect(scene.auth.host.problems).toEqual([]);
  await scene.close();
});

const store = (held: Held) =>
  variableStore(scene.desk.app.desk.gitlab, tokenVariables('x', 'CRYPTO_'), 'X').write(held);
const open = () => scene.desk.app.desk.gitlab.openIssues(accountLabel);
/** What a tick does in a process of its own. */
const watch = async () => watchAccounts((await scene.desk.another()).desk);
const table = async () => formatStandings(await surveyAccounts((await scene.desk.another()).desk));

describe('an account whose tokens are renewed by the machine', () => {
  it('is shown with who it is, what it may do and what is left; no issue is opened', async () => {
    await store(scene.auth.grant());
    expect(await table()).toMatch(
      /ACCOUNT +NETWORK +STATE +WHO\ncrypto\/outbox +\S+ +fine +-\n.*may: publish.*\ncrypto\/main +X +fine +@desk\n(.*\n)*.*may: publish.*\n(.*\n)*.*token: renewed by the machine/,
    );
    expect(await watch()).toEqual({ accounts: 2, troubled: 0 });
    expect(await open()).toEqual([]);
  });

  it('is kept alive by looking at it, though nothing is published', async () => {
    await store(scene.auth.grant());
    scene.desk.clock.advance(3 * hour);
    await watch();
    expect(scene.auth.renewed()).toBe(1);
    expect(scene.auth.takes((await scene.variables()).CRYPTO_X_ACCESS_TOKEN ?? '')).toBe(true);
  });

  it('connects with the tokens of its own, and not with those of another', async () => {
    const { access } = scene.auth.grant();
    await store({ access });
    const { desk } = await scene.desk.another();
    const connection = await connectAccount(desk, {
      name: 'b',
      platform: 'x',
      variables: 'CRYPTO_',
    });
    expect(await connection.whoami?.()).toMatchObject({ name: '@desk' });
    await expect(connectAccount(desk, { name: 'c', platform: 'x' })).rejects.toMatchObject({
      code: 'CREDENTIALS_MISSING',
    });
    const other = { name: 'd', platform: 'x', variables: 'D_' };
    await expect(connectAccount(desk, other)).rejects.toMatchObject({
      remedy: expect.stringMatching(/^Set D_X_ACCESS_TOKEN .* D_X_OAUTH1_APP_KEY/) as string,
    });
  });
});

describe('an account somebody must sign in to', () => {
  const refused = async () => {
    const held = scene.auth.grant();
    await store(held);
    scene.auth.revoke(held.refresh);
    scene.desk.clock.advance(3 * hour);
    return held;
  };

  it('has one issue that says when, why and how, found again by every tick', async () => {
    await refused();
    expect(await watch()).toEqual({ accounts: 2, troubled: 1 });
    expect(await watch()).toEqual({ accounts: 2, troubled: 1 });
    const [issue, ...more] = await open();
    expect(more).toEqual([]);
    expect(issue?.title).toContain('Sign in to X anew: crypto/main cannot be used');
    expect(issue?.description).toContain('node jobs/auth.ts crypto/main');
    expect(issue?.description).toContain('invalid_grant');
    expect(issue?.description).not.toMatch(/(access|refresh)-[\w-]{20}/);
    expect(await table()).toMatch(/crypto\/main +X +unusable/);
  });

  it('has none any more once somebody has', async () => {
    await refused();
    await watch();
    const [before] = await open();
    await store(scene.auth.grant());
    expect(await watch()).toEqual({ accounts: 2, troubled: 0 });
    expect(await open()).toEqual([]);
    const closed = await scene.desk.app.desk.gitlab.issue(before?.iid ?? 0);
    expect(closed?.state).toBe('closed');
    // The next time it is another one, at once.
    await refused();
    await watch();
    expect((await open())[0]?.iid).toBeGreaterThan(before?.iid ?? 0);
  });

  it('keeps its peace for a day when a person closes the issue', async () => {
    await refused();
    await watch();
    const [issue] = await open();
    await scene.desk
      .as('developer')
      .call('PUT', `/issues/${String(issue?.iid)}`, { state_event: 'close' });
    await watch();
    expect(await open()).toEqual([]);
    scene.desk.clock.advance(25 * hour);
    await watch();
    expect(await open()).toHaveLength(1);
  });

  it('is named days before a token ends that nobody can renew', async () => {
    const now = scene.desk.clock.now();
    const { access } = scene.auth.grant();
    await store({ access, expires: now + 8 * 24 * hour });
    expect(await watch()).toMatchObject({ troubled: 0 });
    await store({ access, expires: now + 6 * 24 * hour });
    expect(await watch()).toMatchObject({ troubled: 1 });
    const [issue] = await open();
    const day = new Date(now + 6 * 24 * hour).toISOString().slice(0, 10);
    expect(issue?.title).toBe(`Sign in to X anew by ${day}: crypto/main`);
  });

  it('has no issue while the network cannot be asked', async () => {
    await store(scene.auth.grant());
    scene.desk.clock.advance(3 * hour);
    scene.auth.host.proxy.fail(() => ({ status: 503, body: 'later' }));
    expect(await watch()).toEqual({ accounts: 2, troubled: 0 });
    expect(await table()).toMatch(/crypto\/main +X +could not be asked/);
  });
});
