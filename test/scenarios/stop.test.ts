import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDesk, type TestDesk } from './desk.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await createTestDesk();
});
afterAll(() => desk.close());

it.each(['Stop', 'Stop crypto', 'Stop crypto/outbox'])(
  'an open issue "%s" keeps an approved post back, in every process, until it is closed',
  async (title) => {
    const { id, mergeRequest } = await desk.inReview(`bitcoin and ${title.replace('/', ' ')}`);
    const reviewer = desk.as('developer');
    const { iid } = await reviewer.call<{ iid: number }>('POST', '/issues', {
      title,
      labels: 'pulse-stop',
    });
    await reviewer.comment(mergeRequest, '/pulse approve');
    await desk.app.reconcile({ post: id });
    await (await desk.another()).reconcile({ post: id });
    const [delivery] = (await desk.record(id)).deliveries;
    expect(delivery).toMatchObject({ status: 'scheduled', error: { code: 'DELIVERY_STOPPED' } });
    expect((await desk.outbox()).filter((path) => path.includes(id))).toEqual([]);
    const cards = (await reviewer.notes(mergeRequest)).map(({ body }) => body).join('\n');
    expect(cards).toContain('Publishing is stopped for');
    expect(cards).toMatch(new RegExp(`\\[Look there\\]\\(http\\S+/work_items/${String(iid)}\\)`));

    await reviewer.call('PUT', `/issues/${String(iid)}`, { state_event: 'close' });
    desk.clock.advance(300_000);
    await desk.app.reconcile({ post: id });
    expect((await desk.record(id)).deliveries[0]?.status).toBe('published');
  },
);

it('an issue that stops another profile keeps nothing back here', async () => {
  const { id, mergeRequest } = await desk.inReview('bitcoin elsewhere');
  const reviewer = desk.as('developer');
  await reviewer.call('POST', '/issues', { title: 'Stop world-news', labels: 'pulse-stop' });
  await reviewer.comment(mergeRequest, '/pulse approve');
  await desk.app.reconcile({ post: id });
  expect((await desk.record(id)).deliveries[0]?.status).toBe('published');
});
