import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BlueskyServer, startBluesky } from '../platforms/bluesky/pds.ts';
import { createTestDesk, type TestDesk } from './desk.ts';

let server: BlueskyServer;
let desk: TestDesk;
let did: string;

beforeAll(async () => {
  server = await startBluesky();
  const account = await server.account('desk');
  did = account.did;
  desk = await createTestDesk({
    BLUESKY_SERVICE: server.url,
    BLUESKY_IDENTIFIER: account.handle,
    BLUESKY_PASSWORD: account.password,
  });
  const owner = desk.as('owner');
  const profile = await owner.read('profiles/crypto.yaml', 'main');
  const accounts = 'accounts:\n  - name: bluesky\n    platform: bluesky\n';
  await owner.commit(
    'main',
    [
      {
        action: 'update',
        file_path: 'profiles/crypto.yaml',
        content: profile.replace(/^accounts:\n/m, accounts),
      },
    ],
    'Publish to Bluesky too',
  );
});
afterAll(async () => {
  await desk.close();
  await server.close();
});

describe('with credentials and a bluesky account in the profile', () => {
  it('an approved post goes out on Bluesky and to the outbox, once each', async () => {
    const { id, mergeRequest } = await desk.inReview('bitcoin on bluesky');
    await desk.as('developer').comment(mergeRequest, '/pulse approve');
    await Promise.all([
      desk.app.reconcile({ mergeRequest }),
      (await desk.another()).reconcile({ mergeRequest }),
    ]);
    await desk.app.reconcile({ mergeRequest });
    expect((await desk.record(id)).deliveries).toMatchObject([
      {
        target: 'bluesky',
        status: 'published',
        receipts: [{ id: expect.stringContaining(did) as string }],
      },
      { target: 'outbox', status: 'published' },
    ]);
    const posts = await server.posts(did);
    expect(posts).toHaveLength(1);
    expect(posts[0]?.value.text).toMatch(/bitcoin on bluesky/i);
    expect(await desk.outbox()).toHaveLength(1);
  });
});
