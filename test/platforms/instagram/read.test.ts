import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Signal } from '../../../lib/ingest/signal.ts';
import { containerStatus } from '../../../lib/platforms/container.ts';
import { valuesOf } from '../../../lib/platforms/graph-insights.ts';
import { quota } from '../../../lib/platforms/instagram/connect.ts';
import {
  comment,
  media,
  signalOfComment,
  signalOfMedia,
} from '../../../lib/platforms/instagram/read.ts';
import type { Said } from '../../../lib/platforms/meter.ts';
import { recorded } from '../graph.ts';
import { type Stage, stage } from '../stage.ts';
import { user } from './things.ts';
import { instagramWorld } from './world.ts';

let world: Awaited<ReturnType<typeof instagramWorld>>;
let at: Stage;
beforeAll(async () => {
  world = await instagramWorld();
  at = stage(world);
});
afterEach(() => expect(world.problems()).toEqual([]));
afterAll(() => world.close());

interface Post {
  id: string;
  caption?: string;
  timestamp: string;
  permalink: string;
  like_count: number;
  comments_count: number;
}
const read = (name: string) => recorded(`instagram/instagram__${name}.json`);

describe('recorded answers lose nothing we keep', () => {
  const posts = () => [
    ...(read('users__medias_p1') as { data: Post[] }).data,
    ...Object.values(read('medias__medias_fields') as Record<string, Post>),
    read('medias__media_default') as Post,
  ];

  it('of posts', () => {
    expect(posts()).toHaveLength(5);
    for (const each of posts())
      expect(signalOfMedia(media.parse(each))).toMatchObject({
        id: `instagram:${each.id}`,
        text: each.caption ?? '',
        at: Date.parse(each.timestamp),
        url: each.permalink,
        counts: { likes: each.like_count, replies: each.comments_count },
      });
  });

  it('of comments', () => {
    const { data } = read('medias__comments_p1') as { data: { id: string; text: string }[] };
    const found = data.map((each) => signalOfComment(comment.parse(each), 'https://a.test'));
    expect(found.map(({ id, text }) => ({ id, text }))).toEqual(
      data.map(({ id, text }) => ({ id: `instagram:${id}`, text })),
    );
  });

  it('of limits, containers and insights', () => {
    for (const name of ['users__content_publish_limit', 'publish__publish_limit_resp'])
      expect(quota.parse(read(name))).toEqual(read(name));
    const { status_code: status } = read('publish__container_info') as { status_code: string };
    expect(containerStatus.parse(status)).toBe('FINISHED');
    const { data } = read('medias__insights_new') as { data: unknown[] };
    expect(valuesOf(data)).toEqual({ profile_activity: 11 });
    const account = read('users__user_insights_new') as { data: { name: string }[] };
    expect(Object.keys(valuesOf(account.data)).length).toBeGreaterThan(0);
  });
});

describe('reading an account', () => {
  it('tells who tagged us and who commented, not what we said ourselves', async () => {
    const { outgoing, attempt } = at.prepare('Discuss this.', 'Our own comment.');
    const connection = await world.connect();
    const first = await connection.publish!(outgoing, 0, attempt());
    await connection.publish!(outgoing, 1, attempt([first]));
    world.server.comment(first.id, 'Nice!');
    world.server.tag('With @desk #Fun');
    const found: Signal[] = await Array.fromAsync(connection.mentions!(Date.now() - 60_000));
    expect(found.map(({ text }) => text).sort()).toEqual(['Nice!', 'With @desk #Fun']);
    expect(found.every(({ author }) => author === 'someone')).toBe(true);
    expect(found.find(({ text }) => text === 'Nice!')?.url).toBe(first.url);
  });

  it('tells numbers of posts and comments by our names for them', async () => {
    const { outgoing, attempt } = at.prepare('Counted.', 'Counted below.');
    const connection = await world.connect();
    const first = await connection.publish!(outgoing, 0, attempt());
    const second = await connection.publish!(outgoing, 1, attempt([first]));
    const counts = { views: 5, reach: 5, likes: 5, replies: 5, shares: 5, saves: 5 };
    expect(await connection.metrics!([first, second])).toEqual([
      { id: first.id, counts },
      { id: second.id, counts: { likes: 1 } },
    ]);
  });

  it('tells what is left of the day, to us and to the meter', async () => {
    const learnt: [string, Said][] = [];
    const { platform, credentials } = world;
    const connection = await platform.connect(
      { name: 'main', platform: 'instagram', user },
      {
        fetch,
        now: Date.now,
        credentials,
        meter: { spend: () => undefined, learn: (...said) => void learnt.push(said) },
      },
    );
    world.server.used = 7;
    expect(await connection.whoami!()).toEqual({
      id: user,
      name: '@desk',
      url: 'https://www.instagram.com/desk/',
      left: [
        { what: 'posts a day', remaining: 18, limit: 25, resets: expect.any(Number) as number },
      ],
    });
    const reset = expect.any(Number) as number;
    expect(learnt.at(-1)).toEqual(['publish', { status: 200, limit: 25, remaining: 18, reset }]);
  });
});
