import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderDocument } from '../../lib/draft/render.ts';
import type { PostDocument } from '../../lib/draft/document.ts';
import { halves } from '../draft/media/pictures.ts';
import { createTestDesk, type TestDesk } from './desk.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await createTestDesk();
});
afterAll(() => desk.close());

/** Puts a post with everything a post may have in the place of a draft, with the file it shows. */
async function written(name: string, bytes: Uint8Array) {
  const file = `content/media/${name.replace(' ', '-')}.png`;
  const { id, path, branch, mergeRequest } = await desk.inReview(name);
  const document: PostDocument = {
    id,
    profile: 'crypto',
    targets: ['outbox'],
    title: 'Rates',
    reply: 'https://a.example/1',
    media: [{ file, alt: 'A chart', part: 0 }],
    poll: { options: ['Up', 'Down'], duration: 3_600_000, part: 1 },
    variants: [{ name: 'a', parts: ['What happened.', 'And now?'], overrides: {} }],
  };
  const actions = [
    { action: 'update', file_path: path, content: renderDocument(document) },
    {
      action: 'create',
      file_path: file,
      content: Buffer.from(bytes).toString('base64'),
      encoding: 'base64',
    },
  ];
  await desk.as('developer').commit(branch, actions, 'Say more');
  await desk.app.reconcile({ post: id });
  const card = (await desk.as('reviewer').notes(mergeRequest)).find(({ body }) =>
    body.includes('pulse:card'),
  );
  return { id, mergeRequest, card: card?.body ?? '' };
}

describe('a post with an image, a title and a poll', () => {
  it('is shown on the card, approved as a whole, and goes out as it was approved', async () => {
    const chart = await halves(600, 300, '#ff0000', '#0000ff').png().toBuffer();
    const { id, mergeRequest, card } = await written('bitcoin chart', chart);
    for (const words of ['> Rates', '> 🖼 A chart', '> ◯ Down']) expect(card).toContain(words);
    await desk.as('reviewer').comment(mergeRequest, '/pulse approve');
    await desk.app.reconcile({ mergeRequest });
    expect(await desk.record(id)).toMatchObject({ deliveries: [{ status: 'published' }] });
    const entries = await Promise.all(
      (await desk.outbox())
        .filter((path) => path.includes(id))
        .map(async (path) => JSON.parse((await desk.app.desk.files.read(path)) ?? '') as object),
    );
    expect(entries).toMatchObject([
      {
        text: 'What happened.',
        title: 'Rates',
        media: [{ name: 'bitcoin-chart.png', alt: 'A chart' }],
      },
      { text: 'And now?', poll: ['Up', 'Down'] },
    ]);
  });

  it('cannot be approved while a file does not fit; the card says which and why', async () => {
    const broken = Buffer.from('no image at all');
    const { id, mergeRequest, card } = await written('bitcoin words', broken);
    expect(card).toMatch(/words\.png cannot go to outbox: it is no image/);
    await desk.as('reviewer').comment(mergeRequest, '/pulse approve');
    await desk.app.reconcile({ mergeRequest });
    expect((await desk.record(id)).status).toBe('review');
  });
});
