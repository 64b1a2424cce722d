import { Hono } from 'hono';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Host, startHost } from '../platforms/host.ts';
import { createTestDesk, type TestDesk } from './desk.ts';

let chat: Host;
let desk: TestDesk;
const said: string[] = [];

beforeAll(async () => {
  const app = new Hono();
  app.post('/services/T0/B0/secret', async (context) => {
    said.push((await context.req.json<{ text: string }>()).text);
    return context.text('ok');
  });
  chat = await startHost(app, () => []);
  desk = await createTestDesk({ SLACK_WEBHOOK: `${chat.url}/services/T0/B0/secret` });
  const owner = desk.as('owner');
  const profile = await owner.read('profiles/crypto.yaml', 'main');
  const team = '  - { name: team, platform: slack, notify: [review, published] }';
  const content = profile.replace(/^accounts:\n/m, `accounts:\n${team}\n`);
  const actions = [{ action: 'update', file_path: 'profiles/crypto.yaml', content }];
  await owner.commit('main', actions, 'Tell the team');
});
afterAll(async () => {
  await desk.close();
  await chat.close();
});

it('a team hears once what it wants to hear of, however many bots look, and it is no target', async () => {
  const { id, mergeRequest } = await desk.inReview('bitcoin for the team');
  const another = await desk.another();
  await Promise.all([desk.app.reconcile({ post: id }), another.reconcile({ post: id })]);
  const link = `<${desk.app.desk.project.url}/-/merge_requests/${String(mergeRequest)}>`;
  expect(said).toEqual([`“crypto: bitcoin for the team” waits for a decision.\n${link}`]);
  await desk.as('developer').comment(mergeRequest, '/pulse approve');
  await Promise.all([desk.app.reconcile({ post: id }), another.reconcile({ post: id })]);
  await desk.app.reconcile({ post: id });
  expect(said.slice(1)).toEqual([expect.stringContaining('is out.')]);
  expect((await desk.record(id)).deliveries.map(({ target }) => target)).toEqual(['outbox']);
});

it('a chat that is down keeps nothing else from being done', async () => {
  await chat.proxy.down();
  const { id, mergeRequest } = await desk.inReview('bitcoin in silence');
  await desk.as('developer').comment(mergeRequest, '/pulse approve');
  await desk.app.reconcile({ post: id });
  expect((await desk.record(id)).deliveries[0]?.status).toBe('published');
});
