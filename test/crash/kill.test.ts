import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blueskyNetwork, type Network, outboxNetwork, wallNetwork } from './network.ts';
import { expectOnce, expectQuiet, one, type Parts, thread } from './outcome.ts';
import type { Blow } from './plan.ts';

const cases: [string, () => Promise<Network>, Parts][] = [
  ['a post to the outbox', outboxNetwork, one],
  ['a post to Bluesky', blueskyNetwork, one],
  ['a thread with an image to Bluesky', blueskyNetwork, thread],
  ['a thread to a network without keys', () => wallNetwork('wall'), thread],
];

describe.concurrent.each(cases)('%s', (_name, build, parts) => {
  let network: Network;
  const timing = { claim: 0, grace: 300 };
  beforeAll(async () => {
    network = await build();
    const start = performance.now();
    const scene = await network.scene(parts, { claim: 60_000, grace: 300 });
    await expectQuiet(await scene.start());
    await scene.close();
    // A claim outlasts a publisher on this machine as it is now, and not by much: every successor waits for it.
    timing.claim = Math.round(1000 + 1.5 * (performance.now() - start));
  });
  afterAll(() => network.close());

  /** Publishes under one blow after another, then under none, all in one clone. Gives how many fell. */
  const strike = async (...blows: Blow[]): Promise<number> => {
    const scene = await network.scene(parts, timing);
    const story: string[] = [];
    try {
      for (const blow of blows) {
        const { signal, status, said, calls } = await (await scene.start(blow, 'clone')).ended;
        story.push(`${blow.phase} ${String(blow.at)} of ${calls.join(', ')}`);
        if (signal === null) {
          expect({ status, said }).toEqual({ status: 0, said: '' });
          await expectOnce(scene, parts, story.join('; '));
          return story.length - 1;
        }
      }
      await expectQuiet(await scene.start(undefined, 'clone'));
      await expectOnce(scene, parts, story.join('; '));
      return story.length;
    } finally {
      await scene.close();
    }
  };

  it('is out once, wherever its publisher is killed', async () => {
    const phases = ['before', 'acted', 'after'] as const;
    for (let at = 1; ; at += 1) {
      const blows = phases.map((phase) => strike({ at, phase, signal: 'KILL' }));
      const fell = await Promise.all(blows);
      if (fell.every((count) => count === 0)) {
        // Claim, intent, request and receipt at the least.
        expect(at).toBeGreaterThan(4);
        return;
      }
    }
  });

  it('is out once, though those who come after it are killed too', async () => {
    const kill = (at: number, phase: Blow['phase']): Blow => ({ at, phase, signal: 'KILL' });
    const stories = [
      strike(kill(3, 'acted'), kill(2, 'acted'), kill(3, 'after'), kill(4, 'acted')),
      strike(kill(1, 'acted'), kill(1, 'before'), kill(4, 'before'), kill(5, 'acted')),
    ];
    expect(Math.max(...(await Promise.all(stories)))).toBeGreaterThan(1);
  });
});
