import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Scene, setScene } from './scene.ts';

const day = 86_400_000;
let scene: Scene;
beforeEach(async () => {
  scene = await setScene({ renewal: 'exchange', life: 60 * day });
});
afterEach(async () => {
  const spoken = scene.said.join('\n');
  await scene.close();
  expect(spoken).not.toMatch(/access-[\w-]{20}/);
});

describe('a token that is exchanged for the next one while it lives', () => {
  /** As the first renewal leaves it: from then on the life is known. */
  const renewed = async () => {
    const { access, expires } = scene.auth.grant();
    await scene.store({ access, expires });
    scene.advance(60 * day - 240_000);
    await scene.process().access();
    expect(scene.auth.renewed()).toBe(1);
    return scene.kept();
  };

  it('is exchanged days ahead, by whichever process comes by', async () => {
    const { access } = await renewed();
    scene.advance(53 * day);
    expect(await scene.process().access()).toBe(access);
    scene.advance(1.5 * day);
    const next = await scene.process().access();
    expect(next).not.toBe(access);
    expect(scene.auth.takes(next)).toBe(true);
    expect((await scene.kept()).refresh).toBeUndefined();
  });

  it('serves on while that cannot be done', async () => {
    const { access } = await renewed();
    scene.advance(58 * day);
    scene.auth.host.proxy.fail(() => ({ status: 502, body: 'later' }));
    const { access: ask, warnings } = scene.process();
    expect(await ask()).toBe(access);
    expect(warnings).toMatchObject([{ code: 'DELIVERY_BUSY' }]);
  });

  it('that has ended or was revoked is no use to anybody, and nobody is asked', async () => {
    const { access = '' } = await renewed();
    const asked = scene.auth.host.requests.length;
    const revoked = scene.process();
    revoked.refused(access);
    await expect(revoked.access()).rejects.toMatchObject({
      code: 'CREDENTIALS_REFUSED',
      message: expect.stringContaining('revoked') as string,
    });
    scene.advance(61 * day);
    await expect(scene.process().access()).rejects.toMatchObject({
      code: 'CREDENTIALS_REFUSED',
      message: expect.stringContaining('expired') as string,
    });
    expect(scene.auth.host.requests).toHaveLength(asked);
  });
});
