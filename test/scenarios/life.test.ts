import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDesk, type TestDesk } from './desk.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await createTestDesk();
});
afterAll(() => desk.close());

describe("a post's whole life", () => {
  it('begins as a draft in its think window', async () => {
    const { mergeRequest, issue, branch } = await desk.drafted('bitcoin etf');
    const reviewer = desk.as('reviewer');
    expect(await reviewer.mergeRequest(mergeRequest)).toMatchObject({
      draft: true,
      labels: ['pulse::thinking'],
      state: 'opened',
    });
    expect(await reviewer.issue(issue)).toMatchObject({
      labels: ['pulse::thinking'],
      state: 'opened',
    });
    expect(branch).toMatch(/^post\//);
  });

  it('is refined when somebody asks, with an emoji and an answer in the thread', async () => {
    const { id, mergeRequest, revisions } = await desk.drafted('bitcoin mining');
    const reviewer = desk.as('reviewer');
    const { id: note } = await reviewer.comment(mergeRequest, '/pulse refine shorter');
    await desk.app.reconcile({ mergeRequest });
    const after = await desk.record(id);
    expect(after.requests).toMatchObject([{ status: 'done', text: 'refine shorter' }]);
    expect(after.revisions.length).toBe(revisions.length + 1);
    const emoji = await reviewer.call<{ name: string }[]>(
      'GET',
      `/merge_requests/${mergeRequest}/notes/${note}/award_emoji`,
    );
    expect(emoji.map(({ name }) => name)).toEqual(['eyes']);
    const answers = (await reviewer.notes(mergeRequest)).filter(({ body }) => body.includes('r2'));
    expect(answers.some(({ body }) => body.includes('pulse:reply'))).toBe(true);
    expect(answers.some(({ body }) => body.includes('### r2 · Thinking'))).toBe(true);
  });

  it('asks for review when the window closes', async () => {
    const { id, mergeRequest } = await desk.inReview('bitcoin halving');
    expect(await desk.record(id)).toMatchObject({ status: 'review' });
    expect(await desk.as('reviewer').mergeRequest(mergeRequest)).toMatchObject({
      draft: false,
      labels: ['pulse::review'],
    });
  });

  it.each(['label', 'button', 'command', 'merge'] as const)(
    'is published after one click: %s',
    async (way) => {
      const { id, mergeRequest, issue } = await desk.inReview(`bitcoin by ${way}`);
      const developer = desk.as('developer');
      if (way === 'label') await developer.labelIssue(issue, 'pulse::approved');
      if (way === 'button') await developer.approve(mergeRequest);
      if (way === 'command') await developer.comment(mergeRequest, '/pulse approve');
      if (way === 'merge') await desk.as('maintainer').merge(mergeRequest);
      await desk.app.reconcile({ mergeRequest });
      const record = await desk.record(id);
      expect(record.deliveries).toMatchObject([{ target: 'outbox', status: 'published' }]);
      expect((await desk.outbox()).filter((path) => path.includes(id))).toHaveLength(1);
      expect(await developer.issue(issue)).toMatchObject({
        state: 'closed',
        labels: ['pulse::published'],
      });
      expect(await developer.mergeRequest(mergeRequest)).toMatchObject({ state: 'merged' });
      const card = (await developer.notes(mergeRequest)).find(({ body }) =>
        body.includes('pulse:card'),
      );
      expect(card?.body).toMatch(/published.*\[part 1\]\(http/);
    },
  );

  it('takes an approval back when the words change, and says so', async () => {
    const { id, mergeRequest, issue, branch, path } = await desk.inReview('bitcoin futures');
    const developer = desk.as('developer');
    await developer.comment(mergeRequest, '/pulse schedule 2036-01-01T09:00+00:00\n/pulse approve');
    await desk.app.reconcile({ mergeRequest });
    expect(await desk.record(id)).toMatchObject({ status: 'approved' });
    const merged = await desk.record(id);
    const where = merged.mergedAs === undefined ? branch : 'main';
    const text = await developer.read(path, where);
    await desk
      .as('maintainer')
      .commit(
        where,
        [{ action: 'update', file_path: path, content: text.replace('## a\n', '## a\n\nMore.\n') }],
        'Edit',
      );
    await desk.app.reconcile({ post: id });
    expect(await desk.record(id)).toMatchObject({ status: 'review', deliveries: [] });
    expect(await developer.issue(issue)).toMatchObject({ labels: ['pulse::review'] });
    const said = (await developer.notes(mergeRequest)).map(({ body }) => body).join('\n');
    expect(said).toMatch(/changed the post after it was approved/);
  });
});
