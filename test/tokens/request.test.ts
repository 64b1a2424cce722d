import { afterEach, expect, it } from 'vitest';
import { answerIn, authorize, codeIn } from '../../lib/tokens/authorize.ts';
import { exchangeCode, movedTo, renew } from '../../lib/tokens/request.ts';
import { type AuthOptions, type AuthServer, startAuthServer } from './server.ts';

const redirect = 'http://127.0.0.1:8976/callback';
let auth: AuthServer;
afterEach(() => auth.close());

async function start(options: Partial<AuthOptions>) {
  auth = await startAuthServer({ now: () => Date.now(), ...options });
  const { oauth, client } = auth;
  const asking = { platform: 'Network', oauth, client, api: undefined, fetch: globalThis.fetch };
  const request = authorize(oauth, client.id, redirect, crypto.getRandomValues(new Uint8Array(48)));
  return { asking, request };
}

it.each<Partial<AuthOptions>>([
  { client: 'basic' },
  { client: 'body' },
  { client: 'body', clientIdName: 'client_key' },
  { renewal: 'lasting' },
])('signs in and renews with %j', async (options) => {
  const { asking, request } = await start(options);
  const code = codeIn(request, (await auth.agree(request.link)).searchParams, 'Network');
  const grant = await exchangeCode(asking, code, redirect, request.verifier);
  expect(auth.takes(grant.access ?? '')).toBe(true);
  const next = await renew(asking, grant.refresh ?? '');
  expect(auth.takes(next.access ?? '')).toBe(true);
  expect(next.refresh === undefined).toBe(options.renewal === 'lasting');
});

it('exchanges a living token for a new one where the network does so', async () => {
  const { asking } = await start({ renewal: 'exchange' });
  const { access } = auth.grant();
  const next = await renew(asking, access);
  expect(next).toMatchObject({ life: 7_200_000 });
  expect(auth.takes(next.access ?? '')).toBe(true);
  const error = await renew(asking, 'no-such-token-at-all').catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'CREDENTIALS_REFUSED' });
  expect(String(error)).toContain('no session for [secret]');
});

it('gets nothing for a code that was used, and loses what it had', async () => {
  const { asking, request } = await start({});
  const code = codeIn(request, (await auth.agree(request.link)).searchParams, 'Network');
  const grant = await exchangeCode(asking, code, redirect, request.verifier);
  const again = exchangeCode(asking, code, redirect, request.verifier);
  await expect(again).rejects.toMatchObject({ code: 'CREDENTIALS_REFUSED' });
  expect(auth.takes(grant.access ?? '')).toBe(false);
});

it('gets nothing without the verifier, or with that of another', async () => {
  const { asking, request } = await start({});
  for (const verifier of [undefined, 'x'.repeat(43)]) {
    const code = codeIn(request, (await auth.agree(request.link)).searchParams, 'Network');
    const none = exchangeCode(asking, code, redirect, verifier);
    await expect(none).rejects.toMatchObject({ code: 'CREDENTIALS_REFUSED' });
  }
});

it('says that the app is wrong when it is, and does not blame the account', async () => {
  const { asking } = await start({});
  const wrong = { ...asking, client: { id: 'app-1', secret: 'something-else' } };
  await expect(renew(wrong, auth.grant().refresh)).rejects.toMatchObject({
    code: 'CREDENTIALS_REFUSED',
    remedy: expect.stringContaining('client secret') as string,
  });
});

it('says nothing secret of a connection that breaks', async () => {
  const { asking } = await start({ renewal: 'exchange' });
  auth.host.proxy.fail(() => 'lose');
  const error = await renew(asking, 'a-token-in-the-address').catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'DELIVERY_BUSY' });
  expect((error as Error).cause).toBeUndefined();
  expect(String(error)).not.toContain('a-token');
});

it('goes where the network is spoken to instead', async () => {
  await start({});
  expect(movedTo(undefined, 'https://api.x.com/2/token')).toBe('https://api.x.com/2/token');
  expect(movedTo('http://127.0.0.1:9/x/', 'https://api.x.com/2/token?a=b')).toBe(
    'http://127.0.0.1:9/x/2/token?a=b',
  );
});

it.each([
  ['https://example.org/cb?code=c&state=s', 'c'],
  ['?code=c&state=s', 'c'],
  ['code=c&state=s', 'c'],
  ['  https://example.org/cb#code=c&state=s\n', 'c'],
])('finds the code in %j', async (pasted, code) => {
  await start({});
  expect(codeIn({ link: '', state: 's', redirect }, answerIn(pasted), 'Network')).toBe(code);
});
