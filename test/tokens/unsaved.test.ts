import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fetch } from '../store/sandbox.ts';
import { type Scene, setScene } from './scene.ts';

const minute = 60_000;
let scene: Scene;
beforeEach(async () => {
  scene = await setScene();
});
afterEach(async () => {
  const spoken = scene.said.join('\n');
  expect(scene.auth.host.problems).toEqual([]);
  await scene.close();
  expect(spoken).not.toMatch(/(access|refresh)-[\w-]{20}/);
});

describe('variables that cannot be written', () => {
  /** GitLab refuses to write variables, or any of it is gone. */
  const broken = (what: RegExp, status: number): Fetch => {
    const through = scene.desk.sandbox.fetch as Fetch;
    return (input, init) => {
      const url = input instanceof Request ? input.url : String(input);
      const method = input instanceof Request ? input.method : (init?.method ?? 'GET');
      if (method !== 'GET' && what.test(url))
        return Promise.resolve(Response.json({ message: '403 Forbidden' }, { status }));
      return through(input, init);
    };
  };

  it('do not cost the tokens: they are sealed away, used, and written by the next process', async () => {
    const held = scene.auth.grant();
    await scene.store(held);
    scene.advance(121 * minute);
    const first = scene.process(held, broken(/\/variables/, 403));
    const token = await first.access();
    expect(first.warnings).toMatchObject([{ code: 'TOKENS_UNSAVED' }]);
    expect(await scene.kept()).toEqual(held);
    expect(await first.access()).toBe(token);
    // On the branch they can be read by nobody.
    const texts = await Promise.all(
      (await first.files.list('tokens')).map((path) => first.files.read(path)),
    );
    expect(texts.join('\n')).not.toContain(token);
    expect(texts.join('\n')).toContain('"sealed"');

    const next = scene.process(held);
    expect(await next.access()).toBe(token);
    expect(await scene.kept()).toMatchObject({ access: token });
    expect(scene.auth.renewed()).toBe(1);
  });

  it('are written later by the process itself, though nothing could be sealed either', async () => {
    const held = scene.auth.grant();
    await scene.store(held);
    scene.advance(121 * minute);
    let down = false;
    const through = scene.desk.sandbox.fetch as Fetch;
    const { access } = scene.process(held, (input, init) => {
      if (down) return Promise.reject(new TypeError('fetch failed'));
      return through(input, init);
    });
    scene.auth.spoil((body) => {
      down = true;
      return body;
    });
    const token = await access();
    expect(await access()).toBe(token);
    down = false;
    scene.advance(minute);
    expect(await access()).toBe(token);
    expect(await scene.kept()).toMatchObject({ access: token });
  });

  it('of a person who signs in meanwhile win over what was sealed', async () => {
    const held = scene.auth.grant();
    await scene.store(held);
    scene.advance(121 * minute);
    await scene.process(held, broken(/\/variables/, 403)).access();
    const anew = scene.auth.grant();
    await scene.store(anew);
    expect(await scene.process(held).access()).toBe(anew.access);
    // What was sealed would still be taken; it is of the former sign-in all the same.
    scene.auth.revoke(anew.refresh);
    scene.advance(121 * minute);
    await expect(scene.process(held).access()).rejects.toMatchObject({
      code: 'CREDENTIALS_REFUSED',
    });
  });

  it('do not take the process back to what was replaced', async () => {
    const held = scene.auth.grant();
    await scene.store(held);
    scene.advance(121 * minute);
    let down: RegExp | undefined;
    const through = scene.desk.sandbox.fetch as Fetch;
    const { access } = scene.process(held, (input, init) => {
      const url = input instanceof Request ? input.url : String(input);
      const method = input instanceof Request ? input.method : (init?.method ?? 'GET');
      if (method !== 'GET' && down?.test(url))
        return Promise.resolve(Response.json({ message: '403 Forbidden' }, { status: 403 }));
      return through(input, init);
    });
    // At first nothing can be written, so that the note does not hold them either.
    scene.auth.spoil((body) => {
      down = /variables|commits/;
      return body;
    });
    await access();
    down = /variables/;
    scene.advance(125 * minute);
    const token = await access();
    expect(scene.auth.takes(token)).toBe(true);
    expect(scene.auth.renewed()).toBe(2);
    down = undefined;
    scene.advance(minute);
    expect(await access()).toBe(token);
    expect(await scene.kept()).toMatchObject({ access: token });
  });
});
