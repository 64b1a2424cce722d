import { asPulseError, fail } from '../errors.ts';
import type { Tokens } from '../platforms/oauth.ts';
import { createHolding, type TokenOptions } from './holding.ts';
import type { Lease } from './lock.ts';
import type { Note } from './note.ts';
import { renewAlone } from './renewal.ts';

/** How long to wait for another process that is renewing, and how often to look about, ms. */
const patience = 150_000;
const look = 1_500;

/**
 * The tokens of one account: renewed ahead of their end, by one process at a time, and written down before they are
 * used. The store is newer than what the process was started with. A renewal that cannot be done now does not matter
 * while the token at hand lives.
 */
export function createTokens(options: TokenOptions): Tokens {
  const { platform, lock, clock, warn } = options;
  const holding = createHolding(options);
  let running: Promise<string> | undefined;
  let known: Promise<void> | undefined;

  const learnLife = async () => {
    holding.life = (await lock.peek().catch(() => undefined))?.life;
  };

  const bring = async (): Promise<string> => {
    const began = clock.now();
    for (;;) {
      await holding.reread();
      if (holding.fresh()) return holding.access();
      if (!holding.mayRenew()) {
        // Nothing but a person can help when it ends; until then it serves.
        if (holding.alive()) return holding.access();
        throw holding.refusal();
      }
      const lease = await lock.take();
      if (lease) return alone(lease);
      if (holding.alive()) return holding.access();
      if (clock.now() - began > patience)
        throw fail('DELIVERY_BUSY', {
          platform,
          status: 0,
          message: 'another process is renewing its tokens and comes to no end',
        });
      const [chance = 0] = clock.random(1);
      await clock.sleep(look * (0.5 + chance / 255));
    }
  };

  const alone = async (lease: Lease<Note>): Promise<string> => {
    let note = lease.note;
    try {
      return await renewAlone(options, holding, lease, (next) => (note = next));
    } finally {
      // One that cannot be given back runs out by itself.
      await lease.release(note).catch((error: unknown) => warn(asPulseError(error)));
    }
  };

  return {
    async access() {
      await (known ??= learnLife());
      await holding.settle();
      if (holding.fresh()) return holding.access();
      running ??= bring().finally(() => (running = undefined));
      try {
        return await running;
      } catch (thrown) {
        const error = asPulseError(thrown);
        if (holding.alive()) {
          warn(error);
          return holding.access();
        }
        if (error.code === 'DELIVERY_BUSY' || error.code === 'CREDENTIALS_REFUSED') throw error;
        throw fail('DELIVERY_BUSY', { platform, status: 0, message: error.message });
      }
    },
    refused: (token) => void holding.refuse(token),
  };
}
