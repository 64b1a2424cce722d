import { fail } from '../../errors.ts';
import type { Account, Platform } from '../../platforms/platform.ts';
import type { Lease } from '../../tokens/lock.ts';
import type { Note } from '../../tokens/note.ts';
import { heldIn, noteOf } from '../../tokens/renewal.ts';
import type { Desk } from '../context.ts';
import { lockFor, storeFor } from './credentials.ts';
import { identityOf } from './identity.ts';
import type { SignedIn } from './sign-in.ts';

/** How long to wait for a process that is renewing the tokens, ms. */
const patience = 160_000;

/**
 * Stores new tokens of an account in place of old ones, while nobody else renews those. The refresh token goes first, so
 * that whenever this is cut off the account can be used: with the old tokens, or with the new refresh token.
 * Throws DELIVERY_BUSY when another process does not let go, and what GitLab answers.
 */
export async function keepTokens(
  desk: Desk,
  platform: Platform,
  account: Account,
  { grant, at }: SignedIn,
): Promise<void> {
  const store = storeFor(desk, platform, account);
  const lock = lockFor(desk, account);
  const began = desk.clock.now();
  let lease: Lease<Note> | undefined = await lock.take();
  while (lease === undefined) {
    if (desk.clock.now() - began > patience)
      throw fail('DELIVERY_BUSY', {
        platform: platform.title,
        status: 0,
        message: 'another process is renewing its tokens',
      });
    await desk.clock.sleep(2_000);
    lease = await lock.take();
  }
  let { note } = lease;
  try {
    await store.write(heldIn(grant, at));
    note = noteOf(grant, at, {});
  } finally {
    await lease.release(note);
  }
  // Whatever was kept may be of another person.
  await desk.sessions.forget(identityOf(account));
  await desk.sessions.flush();
  desk.tokens.clear();
  desk.connections.clear();
}
