import { expect, it } from 'vitest';
import { platforms } from '../../lib/platforms/index.ts';
import { blueskyWorld } from './bluesky/world.ts';
import { describePublishing } from './contract.ts';
import { outboxWorld } from './outbox/world.ts';

const worlds: Record<string, Parameters<typeof describePublishing>> = {
  bluesky: ['bluesky', { passwords: true, connection: true }, blueskyWorld],
  outbox: ['outbox', { passwords: false, connection: false }, outboxWorld],
};

it('holds every network that can publish to the contract', () => {
  const able = Object.values(platforms).filter((platform) => 'measure' in platform);
  expect(able.map(({ name }) => name).sort()).toEqual(Object.keys(worlds).sort());
});

for (const world of Object.values(worlds)) describePublishing(...world);
