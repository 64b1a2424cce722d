import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fetch } from '../store/sandbox.ts';
import { names, type Scene, setScene } from './scene.ts';

const minute = 60_000;
let scene: Scene;
beforeEach(async () => {
  scene = await setScene();
});
afterEach(async () => {
  const spoken = scene.said.join('\n');
  const kept = await scene.kept();
  expect(scene.auth.host.problems).toEqual([]);
  await scene.close();
  // Whatever happened, nothing that was said holds a secret.
  expect(spoken).not.toMatch(/(access|refresh)-[\w-]{20}/);
  expect(spoken).not.toContain(scene.auth.client.secret);
  expect([kept.access, kept.refresh]).not.toContain('');
});

describe('a rotating refresh token', () => {
  it('is not touched while the access token is good', async () => {
    const held = scene.auth.grant();
    await scene.store(held);
    const { access } = scene.process(held);
    expect(await access()).toBe(held.access);
    expect(scene.auth.renewed()).toBe(0);
  });

  it('renews ahead of the end, and is written down before the new one is used', async () => {
    const held = scene.auth.grant();
    await scene.store(held);
    scene.advance(116 * minute);
    const { access } = scene.process(held);
    const token = await access();
    expect(scene.auth.takes(token)).toBe(true);
    const kept = await scene.kept();
    expect(kept).toMatchObject({ access: token });
    expect(kept.refresh).not.toBe(held.refresh);
    expect(kept.expires).toBeGreaterThan(scene.now() + 119 * minute);
    const stored = await scene.gitlab.variables();
    expect(stored.filter(({ key }) => key.startsWith('CRYPTO_'))).toMatchObject([
      { key: names.refresh, masked: true, protected: true, hidden: false },
      { key: names.access, masked: true, protected: true, hidden: false },
      { key: names.expires, masked: false },
    ]);
    expect(await scene.process().access()).toBe(token);
  });

  it('is asked for once, however many ask at the same time', async () => {
    await scene.store(scene.auth.grant());
    scene.advance(121 * minute);
    const one = scene.process();
    const other = scene.process();
    const tokens = await Promise.all([one.access(), one.access(), other.access(), other.access()]);
    expect(new Set(tokens).size).toBe(1);
    expect(scene.auth.renewed()).toBe(1);
  });

  it('of another process is taken over: GitLab is newer than what we were started with', async () => {
    const old = scene.auth.grant();
    await scene.store(scene.auth.grant());
    scene.advance(118 * minute);
    const renewed = await scene.process().access();
    expect(await scene.process(old).access()).toBe(renewed);
    expect(scene.auth.renewed()).toBe(1);
  });

  it('is renewed when the network refuses the access token before its time', async () => {
    const held = scene.auth.grant();
    await scene.store(held);
    const { access, refused } = scene.process(held);
    refused(await access());
    const next = await access();
    expect(next).not.toBe(held.access);
    // A refusal that comes late is about the old one.
    refused(held.access);
    expect(await access()).toBe(next);
  });

  it('that was revoked is a matter for a person, and the network is asked once', async () => {
    const held = scene.auth.grant();
    await scene.store(held);
    scene.auth.revoke(held.refresh);
    scene.advance(121 * minute);
    const refusal = {
      code: 'CREDENTIALS_REFUSED',
      remedy: expect.stringContaining('node jobs/auth.ts crypto/main') as string,
    };
    await expect(scene.process(held).access()).rejects.toMatchObject(refusal);
    const asked = scene.auth.host.requests.length;
    await expect(scene.process(held).access()).rejects.toMatchObject(refusal);
    expect(scene.auth.host.requests).toHaveLength(asked);
    // And another sign-in ends it.
    const anew = scene.auth.grant();
    await scene.store(anew);
    expect(await scene.process(held).access()).toBe(anew.access);
  });

  it('still serves while a renewal fails, until the access token ends', async () => {
    const held = scene.auth.grant();
    await scene.store(held);
    scene.auth.host.proxy.fail(() => ({ status: 503, body: 'try later' }));
    scene.advance(117 * minute);
    const { access, warnings } = scene.process(held);
    expect(await access()).toBe(held.access);
    expect(warnings).toMatchObject([{ code: 'DELIVERY_BUSY' }]);
    scene.advance(4 * minute);
    await expect(access()).rejects.toMatchObject({ code: 'DELIVERY_BUSY' });
    scene.auth.host.proxy.fail(() => 'pass');
    expect(scene.auth.takes(await access())).toBe(true);
  });

  it('is lost with an answer that is cut off: nobody could have kept it', async () => {
    const held = scene.auth.grant();
    await scene.store(held);
    scene.advance(121 * minute);
    scene.auth.host.proxy.fail(() => 'cut');
    await expect(scene.process().access()).rejects.toMatchObject({ code: 'DELIVERY_BUSY' });
    scene.auth.host.proxy.fail(() => 'pass');
    await expect(scene.process().access()).rejects.toMatchObject({ code: 'CREDENTIALS_REFUSED' });
    expect(await scene.kept()).toEqual({ ...held });
  });
});

describe('an answer that lacks something', () => {
  it.each([
    ['the refresh token', (body: object) => ({ ...body, refresh_token: undefined })],
    ['words in the refresh token', (body: object) => ({ ...body, refresh_token: ' ' })],
    ['a refresh token that is one', (body: object) => ({ ...body, refresh_token: null })],
  ])('%s: ours stays', async (_, spoil) => {
    const held = scene.auth.grant();
    await scene.store(held);
    scene.advance(121 * minute);
    scene.auth.spoil(spoil);
    const token = await scene.process().access();
    expect(await scene.kept()).toMatchObject({ access: token, refresh: held.refresh });
  });

  it('the access token: what came along is kept and renewed with', async () => {
    await scene.store(scene.auth.grant());
    scene.advance(121 * minute);
    scene.auth.spoil(({ access_token: _, ...body }) => body);
    const { access } = scene.process();
    await expect(access()).rejects.toMatchObject({ code: 'DELIVERY_BUSY' });
    expect(scene.auth.takes(await access())).toBe(true);
  });

  it('its life, or says it as text: an hour, or that', async () => {
    await scene.store(scene.auth.grant());
    scene.advance(121 * minute);
    scene.auth.spoil(({ expires_in: _, ...body }) => body);
    await scene.process().access();
    expect(((await scene.kept()).expires ?? 0) - scene.now()).toBeLessThan(61 * minute);
    scene.advance(60 * minute);
    scene.auth.spoil((body) => ({ ...body, expires_in: '7200' }));
    await scene.process().access();
    expect(((await scene.kept()).expires ?? 0) - scene.now()).toBeGreaterThan(119 * minute);
  });

  it('everything: it is no JSON', async () => {
    const held = scene.auth.grant();
    await scene.store(held);
    scene.advance(121 * minute);
    scene.auth.host.proxy.fail(() => ({ status: 200, body: '<html>' }));
    await expect(scene.process().access()).rejects.toMatchObject({ code: 'DELIVERY_BUSY' });
    expect(await scene.kept()).toEqual(held);
  });
});

it('a process that died with the lock is followed when its time is over', async () => {
  await scene.store(scene.auth.grant());
  scene.advance(121 * minute);
  const dead = scene.process();
  expect(await dead.lock.take()).toBeDefined();
  const before = scene.now();
  expect(scene.auth.takes(await scene.process().access())).toBe(true);
  expect(scene.now() - before).toBeGreaterThan(minute);
});

it('a process that looked before another renewed looks again once it may', async () => {
  const held = scene.auth.grant();
  await scene.store(held);
  scene.advance(121 * minute);
  let renewed: string | undefined;
  const through = scene.desk.sandbox.fetch as Fetch;
  const slow = scene.process(held, async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    // It has read the variables and is about to look at the lock.
    if (renewed === undefined && asked && url.includes('/repository/tree')) {
      renewed = '';
      renewed = await scene.process().access();
    }
    asked ||= url.includes('/variables');
    return through(input, init);
  });
  let asked = false;
  const token = await slow.access();
  expect(token).toBe(renewed);
  // An old refresh token would have cost the account.
  expect(scene.auth.takes(token)).toBe(true);
  expect(scene.auth.renewed()).toBe(1);
});
