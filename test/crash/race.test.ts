import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { blueskyNetwork, type Network, outboxNetwork, wallNetwork } from './network.ts';
import { expectOnce, expectQuiet, one, type Parts, thread } from './outcome.ts';
import { setScene } from './scene.ts';
import { startWall } from './wall.ts';

const cases: [string, () => Promise<Network>, Parts][] = [
  ['outbox', outboxNetwork, one],
  ['Bluesky', blueskyNetwork, thread],
  ['a network without keys', () => wallNetwork('wall'), thread],
];

it('leaves a delivery alone while another is at it', async () => {
  const server = await startWall();
  const long = { claim: 20_000, grace: 300 };
  const scene = await setScene('wall', one, { WALL: server.url }, long);
  const answer = server.slow();
  const first = await scene.start();
  while ((await scene.record()).deliveries[0]?.status !== 'publishing') await setTimeout(50);
  const second = await scene.start();
  await Promise.race([second.ended, setTimeout(4000)]);
  answer();
  await Promise.all([first, second].map(expectQuiet));
  expect(server.entries.map(({ text }) => text)).toEqual([one[0]?.text]);
  expect((await scene.record()).deliveries[0]).toMatchObject({ status: 'published', attempt: 1 });
  await scene.close();
  await server.close();
});

describe.each(cases)('%s', (_name, build, parts) => {
  it.each([2, 8])('has each post once though %i publishers race', async (count) => {
    const network = await build();
    const scene = await network.scene(parts);
    const racers = await Promise.all(Array.from({ length: count }, () => scene.start()));
    await Promise.all(racers.map(expectQuiet));
    await expectOnce(scene, parts);
    expect((await scene.record()).deliveries[0]?.attempt).toBeGreaterThan(0);
    await scene.close();
    await network.close();
  });
});
