import { x } from '../../../lib/platforms/x/index.ts';
import { type AuthServer, startAuthServer } from '../../tokens/server.ts';
import { createTestDesk, type TestDesk } from '../../scenarios/desk.ts';

/** A desk with one account on X, whose servers are a stand-in; nobody has signed in to it. */
export interface Scene {
  desk: TestDesk;
  auth: AuthServer;
  variables(): Promise<Record<string, string | undefined>>;
  close(): Promise<void>;
}

export async function setScene(env: Record<string, string> = {}): Promise<Scene> {
  let clock = () => Date.now();
  const auth = await startAuthServer({ now: () => clock(), ...(x.oauth && { like: x.oauth }) });
  const desk = await createTestDesk({
    X_API: auth.host.url,
    X_CLIENT_ID: auth.client.id,
    CRYPTO_X_CLIENT_SECRET: auth.client.secret,
    ...env,
  });
  clock = () => desk.clock.now();
  const path = 'profiles/crypto.yaml';
  const text = (await desk.app.desk.readDefault(path)) ?? '';
  const account = '\n  - name: main\n    platform: x\n    variables: CRYPTO_\n';
  const content = text.replace(/(platform: outbox)\n/, `$1${account}`);
  await desk.as('maintainer').commit('main', [{ action: 'update', file_path: path, content }], 'X');
  await desk
    .as('maintainer')
    .commit('main', [{ action: 'delete', file_path: 'profiles/world-news.yaml' }], 'One profile');
  desk.clock.advance(20_000);
  return {
    desk,
    auth,
    async variables() {
      const found = await desk.app.desk.gitlab.variables();
      return Object.fromEntries(found.map(({ key, value }) => [key, value]));
    },
    async close() {
      await desk.close();
      await auth.close();
    },
  };
}
