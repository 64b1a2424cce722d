import { describePublishing } from '../contract.ts';
import { organizationWorld } from './world.ts';

const world = await organizationWorld();
describePublishing(
  { ...world, platform: { ...world.platform, title: 'LinkedIn for an organization' } },
  await world.connect(),
);
