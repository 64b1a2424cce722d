import { randomBytes } from 'node:crypto';
import { it } from 'vitest';
import type { Attempt, Deadline, Handle, Outgoing, Part } from '../../lib/platforms/platform.ts';
import type { Receipt } from '../../lib/store/record.ts';
import { never, type Posted, type World } from './world.ts';

/** A world and what a test of publishing does with it again and again. */
export interface Stage {
  world: World;
  /** A delivery of these texts with all the network demands, and attempts on it that share what was kept. */
  prepare: (...texts: string[]) => {
    outgoing: Outgoing;
    attempt: (sent?: readonly Receipt[], deadline?: Deadline) => Attempt;
  };
  /** Posts with just this text. */
  sent: (text: string) => Promise<Posted[]>;
}

export function stage(world: World): Stage {
  const { platform } = world;
  return {
    world,
    prepare(...texts) {
      const parts = texts.map((text, index): Part => {
        const needed = index === 0 && platform.media?.required === true;
        return { text, media: needed ? [world.image] : [] };
      });
      const outgoing: Outgoing = {
        delivery: `p-${randomBytes(4).toString('hex')}.main`,
        parts,
        language: 'en',
        ...(platform.headline && { title: 'A headline' }),
      };
      const entropy = randomBytes(8 * texts.length);
      const chosen = platform.handles?.(outgoing, Date.now(), entropy, []) ?? [];
      const handles: Handle[] = texts.map((_, index) => chosen[index] ?? {});
      return {
        outgoing,
        attempt: (sent = [], deadline = never) => ({
          handles: [...handles],
          sent,
          deadline,
          keep(more) {
            const index = sent.length;
            handles[index] = { ...handles[index], ...more };
            return Promise.resolve();
          },
        }),
      };
    },
    sent: async (text) => (await world.posts()).filter((post) => post.text === text),
  };
}

/** `it` for a network that is able to; a test of what it cannot do is none. */
export function itIf(able: unknown): (name: string, test: () => Promise<void>) => void {
  return (name, test) => {
    if (able) it(name, test);
  };
}
