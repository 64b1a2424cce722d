import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { readSecrets } from '../../lib/desk/setup/index.ts';
import { createTestDesk, type TestDesk } from '../scenarios/desk.ts';
import { top } from '../house/source.ts';
import { signed, signingToken } from './signed.ts';

let desk: TestDesk;
let listening: { url: string; close(): Promise<void> };
let token: string;
beforeAll(async () => {
  desk = await createTestDesk();
  listening = await desk.sandbox.listen();
  const { project, users } = desk.sandbox;
  const where = { url: listening.url, project: project.path, clock: desk.clock };
  token = (await readSecrets({ ...where, token: users.owner.token })).GITLAB_TOKEN ?? '';
});
afterAll(async () => {
  await listening.close();
  await desk.close();
});

/** A real process: what it printed, and how it ended. */
function run(env: Record<string, string>) {
  const child: ChildProcess = spawn(process.execPath, ['bot/main.ts'], {
    cwd: top,
    env: { PATH: process.env.PATH, PULSE_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (each) => (text += String(each)));
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  return { child, ended, text: () => text };
}

const settings = () => ({
  GITLAB_URL: listening.url,
  GITLAB_PROJECT: desk.sandbox.project.path,
  GITLAB_TOKEN: token,
  PULSE_HOOK_SIGNING_TOKEN: signingToken,
});

describe('npm run bot', () => {
  it('waits for a GitLab that is not there yet, healthy but not ready', async () => {
    await listening.close();
    const { text } = run(settings());
    await expect.poll(text, { timeout: 20_000 }).toContain('"listening"');
    const bot = `http://127.0.0.1:${/"port":(\d+)/.exec(text())![1]!}`;
    expect((await fetch(`${bot}/healthz`)).status).toBe(200);
    expect((await fetch(`${bot}/readyz`)).status).toBe(503);

    listening = await desk.sandbox.listen(Number(new URL(listening.url).port));
    const ready = async () => (await fetch(`${bot}/readyz`)).status;
    await expect.poll(ready, { timeout: 20_000 }).toBe(200);
  });

  it('listens, takes webhooks, and works them off when it is told to stop', async () => {
    const post = await desk.drafted('bitcoin miners');
    const { child, ended, text } = run({ ...settings(), LOG_LEVEL: 'debug' });
    await expect.poll(text, { timeout: 20_000 }).toContain('"ready"');
    const port = /"port":(\d+)/.exec(text())![1]!;

    await desk.app.desk.gitlab.updateMergeRequest(post.mergeRequest, { state: 'close' });
    const event = {
      object_kind: 'merge_request',
      project: { id: desk.sandbox.project.id },
      user: { id: 99 },
      object_attributes: { iid: post.mergeRequest, action: 'close', source_branch: 'post/x' },
    };
    const request = new Request(`http://127.0.0.1:${port}/hooks`, signed(event));
    expect((await fetch(request)).status).toBe(202);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect((await desk.record(post.id)).status).toBe('held');
    expect(text()).toContain('stopped');
    expect(text()).not.toContain(token);
    expect(text()).not.toContain(signingToken);
  });

  it('names everything that is wrong with its settings, and ends', async () => {
    const { ended, text } = run({ GITLAB_URL: 'nonsense', PULSE_SETTLE: 'soon' });
    expect(await ended).toBe(1);
    for (const name of ['GITLAB_URL', 'GITLAB_PROJECT', 'GITLAB_TOKEN', 'PULSE_SETTLE'])
      expect(text()).toContain(name);
    expect(text()).not.toMatch(/^\s+at /m);
  });

  it("ends when it is given a person's token", async () => {
    const { ended, text } = run({
      ...settings(),
      GITLAB_TOKEN: desk.sandbox.users.maintainer.token,
    });
    expect(await ended).toBe(1);
    expect(text()).toContain('TOKEN_OF_A_PERSON');
  });
});
