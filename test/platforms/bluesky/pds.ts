import { createHmac, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Proxy, startProxy } from '../proxy.ts';
import { type AppView, startAppView } from './appview.ts';
import { PlcServer, Database as PlcDatabase } from '@did-plc/server';

/** A real Bluesky server with one directory of identities, on loopback, without the internet. */
export interface BlueskyServer {
  /** Its public address, a proxy in front of it that can be told to fail. */
  url: string;
  proxy: Proxy;
  /** What it asks about the rest of the network. */
  appView: AppView;
  /** Makes an account; handles are `<name>.test`. */
  account(name: string): Promise<{ did: string; handle: string; password: string }>;
  /** A token of its own making, as it would be once its time is over. */
  expired(token: string): string;
  /** Every post of an account as the server holds them, oldest first. */
  posts(did: string): Promise<{ uri: string; cid: string; value: Record<string, unknown> }[]>;
  close(): Promise<void>;
}

/** Starts one; `limited` turns on its limits of how often one may call. */
export async function startBluesky(options: { limited?: boolean } = {}): Promise<BlueskyServer> {
  const [{ PDS, envToCfg, envToSecrets }, { IdResolver }] = await Promise.all([
    import('@atproto/pds'),
    import('@atproto/identity'),
  ]);
  const folder = await mkdtemp(join(tmpdir(), 'bluesky-'));
  const plc = PlcServer.create({ db: PlcDatabase.mock() });
  const plcServer = await plc.start();
  const plcUrl = `http://127.0.0.1:${String(portOf(plcServer))}`;
  const proxy = await startProxy();
  const appView = await startAppView();
  const env = {
    devMode: true,
    hostname: 'localhost',
    port: 2583,
    dataDirectory: folder,
    blobstoreDiskLocation: join(folder, 'blobs'),
    didPlcUrl: plcUrl,
    serviceHandleDomains: ['.test'],
    inviteRequired: false,
    bskyAppViewUrl: appView.url,
    bskyAppViewDid: appView.did,
    disableSsrfProtection: true,
    rateLimitsEnabled: options.limited ?? false,
    adminPassword: 'admin',
    jwtSecret: randomBytes(16).toString('hex'),
    plcRotationKeyK256PrivateKeyHex: randomBytes(32).toString('hex'),
  };
  const config = envToCfg(env);
  // Clients go to the address in the account's identity, so that has to be the proxy's.
  Object.assign(config.service, { publicUrl: proxy.url, port: 0 });
  const pds = await PDS.create(config, envToSecrets(env), {
    idResolver: new IdResolver({ plcUrl, fetch: globalThis.fetch }),
  });
  const { url } = proxy;
  proxy.to(portOf(await pds.start()));
  const call = async (path: string, body?: unknown): Promise<Record<string, unknown>> => {
    const answer = await fetch(`${url}/xrpc/${path}`, {
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      headers: { 'content-type': 'application/json' },
    });
    const json = (await answer.json()) as Record<string, unknown>;
    if (!answer.ok) throw new Error(`${path}: ${JSON.stringify(json)}`);
    return json;
  };
  return {
    url,
    proxy,
    appView,
    async account(name) {
      const handle = `${name}.test`;
      const password = randomBytes(8).toString('hex');
      const body = { handle, password, email: `${name}@example.com` };
      const made = await call('com.atproto.server.createAccount', body);
      return { did: String(made.did), handle, password };
    },
    expired(token) {
      const [head = '', payload = ''] = token.split('.');
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
      const past = Buffer.from(JSON.stringify({ ...claims, exp: 1 })).toString('base64url');
      const sign = createHmac('sha256', env.jwtSecret).update(`${head}.${past}`);
      return `${head}.${past}.${sign.digest('base64url')}`;
    },
    async posts(did) {
      const query = `repo=${did}&collection=app.bsky.feed.post&limit=100&reverse=true`;
      const answer = await call(`com.atproto.repo.listRecords?${query}`);
      return answer.records as Awaited<ReturnType<BlueskyServer['posts']>>;
    },
    async close() {
      await proxy.close();
      await pds.destroy();
      await plc.destroy();
      await appView.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function portOf(server: { address(): unknown }): number {
  return (server.address() as { port: number }).port;
}
