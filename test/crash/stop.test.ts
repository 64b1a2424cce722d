import { describe, expect, it } from 'vitest';
import { blueskyNetwork, type Network, outboxNetwork, wallNetwork } from './network.ts';
import { expectOnce, expectQuiet, one, type Parts, thread } from './outcome.ts';
import type { Blow } from './plan.ts';

/** Name of the network, what is published, and the first call that makes a post visible. */
const cases: [string, () => Promise<Network>, Parts, Pick<Blow, 'at' | 'of'>][] = [
  // Claim, intent, entry.
  ['outbox', outboxNetwork, one, { at: 3 }],
  ['Bluesky', blueskyNetwork, thread, { at: 1, of: 'repo.putRecord' }],
];

/** One publisher is halted, another does the work once the claim has run out, then the first wakes up. */
async function overtake(network: Network, parts: Parts, blow: Blow): Promise<void> {
  const scene = await network.scene(parts);
  try {
    const halted = await scene.start(blow);
    await halted.halted();
    await expectQuiet(await scene.start());
    await expectOnce(scene, parts, 'while the first is halted');
    halted.resume();
    await expectQuiet(halted);
    await expectOnce(scene, parts, 'when the first is back');
  } finally {
    await scene.close();
  }
}

describe.concurrent.each(cases)('%s', (_name, build, parts, request) => {
  it('is out once though its publisher slept with the claim or the request in hand', async () => {
    const network = await build();
    await Promise.all([
      overtake(network, parts, { at: 1, phase: 'acted', signal: 'STOP' }),
      overtake(network, parts, { at: 2, phase: 'acted', signal: 'STOP' }),
      overtake(network, parts, { ...request, phase: 'before', signal: 'STOP' }),
    ]);
    await network.close();
  });
});

// Between a publisher's last look at the clock and its request leaving nothing can protect a network without keys.
it.concurrent(
  'is out once without keys though its publisher slept with the claim in hand',
  async () => {
    const network = await wallNetwork('wall');
    await Promise.all([
      overtake(network, thread, { at: 1, phase: 'acted', signal: 'STOP' }),
      overtake(network, thread, { at: 2, phase: 'acted', signal: 'STOP' }),
    ]);
  },
);

it.concurrent('is out once though a request of a dead publisher arrives after all', async () => {
  const network = await blueskyNetwork();
  const scene = await network.scene(thread);
  let holding = true;
  network.proxy.fail((path) => {
    if (!holding || !path.endsWith('repo.putRecord')) return 'pass';
    holding = false;
    return 'hold';
  });
  const dead = await scene.start();
  await network.proxy.held;
  dead.kill();
  await expectQuiet(await scene.start());
  await expectOnce(scene, thread, 'while the request is on its way');
  // The same record again or another under the same key: one changes nothing, the other is refused.
  expect([200, 400]).toContain(await network.proxy.release());
  await expectOnce(scene, thread, 'when it has arrived');
  await scene.close();
  await network.close();
});

it.concurrent('goes to a person where the network cannot be asked', async () => {
  const network = await wallNetwork('mute');
  const fates = (['before', 'acted', 'after'] as const).map(async (phase) => {
    const scene = await network.scene(one);
    // Call 3 is the request: claim, intent, request.
    expect((await (await scene.start({ at: 3, phase, signal: 'KILL' })).ended).signal).toBe(
      'SIGKILL',
    );
    await expectQuiet(await scene.start());
    await expectQuiet(await scene.start());
    const { status, error } = (await scene.record()).deliveries[0]!;
    expect([status, error?.code]).toEqual(['unknown', 'DELIVERY_UNKNOWN']);
    expect(await scene.out()).toHaveLength(phase === 'before' ? 0 : 1);
    await scene.close();
  });
  await Promise.all(fates);
});
