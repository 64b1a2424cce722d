import { expect, it } from 'vitest';
import { platforms } from '../../lib/platforms/index.ts';
import { describePublishing } from './contract.ts';
import { worlds } from './worlds.ts';

it('holds every network that can publish to the contract', () => {
  const able = Object.values(platforms).filter((platform) => 'measure' in platform);
  expect(able.map(({ name }) => name).sort()).toEqual(Object.keys(worlds).sort());
});

for (const build of Object.values(worlds)) {
  const world = await build();
  describePublishing(world, await world.connect());
}
