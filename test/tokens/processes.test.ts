import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Proxy, startProxy } from '../platforms/proxy.ts';
import type { Orders } from './renewer.ts';
import { type Scene, setScene } from './scene.ts';

const minute = 60_000;
let scene: Scene;
let proxy: Proxy;
let url: string;
let home: string;
let server: { close: () => Promise<void> };
beforeEach(async () => {
  scene = await setScene();
  home = await mkdtemp(join(tmpdir(), 'renewers-'));
  const listening = await scene.desk.sandbox.listen();
  server = listening;
  url = listening.url;
  proxy = await startProxy();
  proxy.to(Number(new URL(url).port));
});
afterEach(async () => {
  await server.close();
  await proxy.close();
  await scene.close();
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
});

let started = 0;
/** A real process that asks for an access token; what it printed, and how it ended. */
function start(ahead = 0, held: Orders['held'] = {}) {
  started += 1;
  const { sandbox, token } = scene.desk;
  const orders: Orders = {
    url: proxy.url,
    remote: `${url}/${sandbox.project.path}.git`,
    project: sandbox.project.path,
    token,
    repo: join(home, String(started)),
    oauth: scene.auth.oauth,
    client: scene.auth.client,
    held,
    ahead,
  };
  mkdirSync(orders.repo);
  const renewer = spawn(process.execPath, [join(import.meta.dirname, 'renewer.ts')], {
    env: { ...process.env, RENEWER: JSON.stringify(orders), NODE_OPTIONS: '' },
  });
  let [out, err] = ['', ''];
  renewer.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  renewer.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const ended = new Promise<{ out: string; signal: string | null }>((resolve, reject) => {
    renewer.on('error', reject);
    renewer.on('close', (_, signal) => {
      expect(err).not.toMatch(/(access|refresh)-[\w-]{20}/);
      if (out === '' && signal === null) reject(new Error(err));
      resolve({ out, signal });
    });
  });
  return { ended, kill: () => renewer.kill('SIGKILL') };
}

/** What one process cannot know of the lock of a dead one. */
const later = 4 * minute;

describe('two processes at one refresh token', () => {
  it('refresh it once, and both have what came of it', async () => {
    const held = scene.auth.grant();
    await scene.store({ ...held, expires: Date.now() - minute });
    const ended = await Promise.all([start(), start(0, held), start()].map((each) => each.ended));
    const tokens = new Set(ended.map(({ out }) => out));
    // The one that was started with it holds a token that lives.
    tokens.delete(held.access);
    expect(tokens.size).toBe(1);
    const [token = ''] = tokens;
    expect(scene.auth.takes(token)).toBe(true);
    expect(scene.auth.renewed()).toBe(1);
    expect(await scene.kept()).toMatchObject({ access: token });
  });
});

describe('a process that is killed while it renews', () => {
  /** Kills the first process when GitLab has carried out a write to this variable. */
  const killAt = async (name: RegExp) => {
    const held = scene.auth.grant();
    await scene.store({ ...held, expires: Date.now() - minute });
    const first = start();
    proxy.fail((path, method) =>
      method === 'PUT' && name.test(path) ? { acted: () => void first.kill() } : 'pass',
    );
    expect(await first.ended).toMatchObject({ signal: 'SIGKILL' });
    proxy.fail(() => 'pass');
    return held;
  };

  it.each(['REFRESH_TOKEN', 'ACCESS_TOKEN', 'TOKEN_EXPIRES'])(
    'after it has written %s leaves an account that goes on',
    async (name) => {
      const held = await killAt(new RegExp(`${name}$`));
      const { out } = await start(later).ended;
      expect(scene.auth.takes(out)).toBe(true);
      expect(out).not.toBe(held.access);
      expect(await scene.kept()).toMatchObject({ access: out });
      expect((await scene.kept()).refresh).not.toBe(held.refresh);
    },
  );

  it('between the answer and the first write leaves what was there, and a person is told', async () => {
    const held = scene.auth.grant();
    await scene.store({ ...held, expires: Date.now() - minute });
    const first = start();
    scene.auth.host.proxy.fail(() => ({ acted: () => void first.kill() }));
    expect(await first.ended).toMatchObject({ signal: 'SIGKILL' });
    scene.auth.host.proxy.fail(() => 'pass');
    expect(await scene.kept()).toMatchObject({ access: held.access, refresh: held.refresh });
    expect(await start(later).ended).toMatchObject({ out: 'CREDENTIALS_REFUSED' });
    expect(await scene.kept()).toMatchObject({ access: held.access, refresh: held.refresh });
  });
});
