import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signIn } from '../../../lib/desk/accounts/auth.ts';
import { type Scene, setScene } from './scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await setScene();
});
afterEach(async () => {
  expect(scene.auth.host.problems).toEqual([]);
  await scene.close();
});

const names = ['CRYPTO_X_REFRESH_TOKEN', 'CRYPTO_X_ACCESS_TOKEN', 'CRYPTO_X_TOKEN_EXPIRES'];
let port = 18_976 + Math.floor(Math.random() * 20_000);

/** A sign-in that was begun; `link` is what the terminal shows. */
function begin(account = 'crypto/main', options: { paste?: boolean; print?: boolean } = {}) {
  const input = new PassThrough();
  const said: string[] = [];
  let shown: (link: string) => void = () => undefined;
  const link = new Promise<string>((resolve) => (shown = resolve));
  port += 1;
  const done = signIn(scene.desk.app.desk, account, {
    port,
    paste: options.paste ?? false,
    print: options.print ?? false,
    say(line) {
      said.push(line);
      const found = /https:\/\/x\.com\S+/.exec(line)?.[0];
      if (found !== undefined) shown(found);
    },
    input,
  });
  done.catch(() => undefined);
  return { input, said, link, done, text: () => said.join('\n') };
}

describe('jobs/auth', () => {
  it('receives the code on this machine, and stores the tokens', async () => {
    const { link, done, text } = begin();
    const back = await scene.auth.agree(await link);
    // The page tells to look at the terminal, and asks for nothing from anywhere.
    await new Promise((resolve) => setTimeout(resolve, 100));
    const strange = new URL(back);
    strange.searchParams.set('state', 'somebody-else-entirely');
    expect((await fetch(strange)).status).toBe(400);
    expect((await fetch(new URL('/other', back))).status).toBe(404);
    const page = await fetch(back);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('Thank you');
    expect(await done).toBe(true);
    expect(text()).toContain('crypto/main is now @desk on X');
    const stored = await scene.variables();
    for (const name of names) expect(stored[name]).toBeTruthy();
    expect(scene.auth.takes(stored.CRYPTO_X_ACCESS_TOKEN ?? '')).toBe(true);
    expect(text()).not.toContain(stored.CRYPTO_X_ACCESS_TOKEN);
    await expect(fetch(back)).rejects.toThrow();
  });

  it('takes the address by paste, once it is the right one', async () => {
    const { link, input, done, text } = begin('main', { paste: true });
    const back = await scene.auth.agree(await link);
    input.write('http://127.0.0.1/callback?code=abc&state=wrong\n');
    input.write(`${back.href}\n`);
    expect(await done).toBe(true);
    expect(text()).toContain('That is not the address of this sign-in');
  });

  it('only prints what to store, when it is told so', async () => {
    const { link, input, done, text } = begin('main', { paste: true, print: true });
    input.write(`${(await scene.auth.agree(await link)).search}\n`);
    await done;
    expect(text()).toMatch(/CRYPTO_X_REFRESH_TOKEN=refresh-\S+\nCRYPTO_X_ACCESS_TOKEN=access-\S+/);
    expect(
      Object.keys(await scene.variables()).filter((name) => name.startsWith('CRYPTO')),
    ).toEqual([]);
  });

  it('leaves what is there untouched when a person or the network says no', async () => {
    const first = begin('main', { paste: true });
    first.input.write(`${(await scene.auth.agree(await first.link)).href}\n`);
    await first.done;
    const before = await scene.variables();

    const denied = begin('main', { paste: true });
    const state = new URL(await denied.link).searchParams.get('state') ?? '';
    denied.input.write(`error=access_denied&error_description=No+thanks&state=${state}\n`);
    await expect(denied.done).rejects.toMatchObject({
      code: 'CREDENTIALS_REFUSED',
      message: expect.stringContaining('access_denied, No thanks') as string,
    });

    const unknown = begin('main', { paste: true });
    await scene.auth.agree(await unknown.link);
    const other = new URL(await unknown.link).searchParams.get('state') ?? '';
    unknown.input.write(`?code=nonsense&state=${other}\n`);
    await expect(unknown.done).rejects.toMatchObject({ code: 'CREDENTIALS_REFUSED' });

    // The token came, and the network does not take it.
    const useless = begin('main', { paste: true });
    const back = await scene.auth.agree(await useless.link);
    scene.auth.host.proxy.fail((path) =>
      path.startsWith('/2/users/me') ? { status: 401, body: { title: 'Unauthorized' } } : 'pass',
    );
    useless.input.write(`${back.href}\n`);
    await expect(useless.done).rejects.toMatchObject({ code: 'CREDENTIALS_REFUSED' });
    expect(await scene.variables()).toEqual(before);
  });

  it('replaces old tokens, also while another process knows only those', async () => {
    const first = begin('main', { paste: true });
    first.input.write(`${(await scene.auth.agree(await first.link)).href}\n`);
    await first.done;
    const before = await scene.variables();
    const again = begin('main', { paste: true });
    again.input.write(`${(await scene.auth.agree(await again.link)).href}\n`);
    await again.done;
    const after = await scene.variables();
    for (const name of names.slice(0, 2)) expect(after[name]).not.toBe(before[name]);
  });

  it('says who is meant when nobody is', async () => {
    await expect(begin('crypto/nobody').done).rejects.toMatchObject({
      code: 'ACCOUNT_UNKNOWN',
      remedy: expect.stringContaining('crypto/outbox, crypto/main') as string,
    });
  });

  it('says what to set where there is nothing to sign in to', async () => {
    const { done, text } = begin('crypto/outbox');
    expect(await done).toBe(true);
    expect(text()).toContain('needs no sign-in');
  });
});
