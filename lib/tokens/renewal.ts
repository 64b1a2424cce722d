import { fail, isError } from '../errors.ts';
import type { Grant } from './answer.ts';
import { fingerprint, type Held } from './held.ts';
import type { Holding, TokenOptions } from './holding.ts';
import type { Lease } from './lock.ts';
import type { Note } from './note.ts';
import { isAppRefused, renew } from './request.ts';

/** A renewal begins only while this much of the lock is left, ms: it must end before the lock does. */
const least = 60_000;
/** RFC 6749, 5.1 lets a network keep silent about how long a token lives; an hour is what most give. */
const usual = 3_600_000;

/**
 * Brings a fresh token while no other process does, and says what the next holder of the lock should know. Throws
 * CREDENTIALS_REFUSED, DELIVERY_BUSY, and what the store throws; `keep` has been told what is worth knowing by then.
 */
export async function renewAlone(
  options: TokenOptions,
  holding: Holding,
  lease: Lease<Note>,
  keep: (note: Note) => void,
): Promise<string> {
  const { clock, platform } = options;
  let note = lease.note ?? {};
  await holding.reread();
  if (await holding.rescue(note)) keep(note);
  holding.life = note.life;
  const tried = new Set<string>();
  for (;;) {
    if (holding.fresh()) return holding.access();
    const key = holding.key();
    if (key === undefined || !holding.mayRenew()) throw holding.refusal();
    const used = fingerprint(key);
    if (note.refused?.token === used) throw holding.refusal(note.refused.message);
    const left = lease.expires - clock.now();
    if (left < least)
      throw fail('DELIVERY_BUSY', { platform, status: 0, message: 'renewing took too long' });
    const at = clock.now();
    let grant: Grant;
    try {
      grant = await renew(
        { ...options, signal: AbortSignal.timeout(Math.floor(left - least / 2)) },
        key,
      );
    } catch (error) {
      if (!isError(error, 'CREDENTIALS_REFUSED') || isAppRefused(error)) throw error;
      tried.add(used);
      // Somebody may have renewed it without our lock, by hand or from a machine of their own.
      await holding.reread();
      if (!tried.has(fingerprint(holding.key()))) continue;
      const message = String(error.details.message);
      keep({ ...note, refused: { at: clock.now(), message, token: used } });
      throw holding.refusal(message, Number(error.details.status));
    }
    note = await holding.replace(heldIn(grant, at), used, noteOf(grant, at, note));
    keep(note);
    holding.life = note.life;
    if (grant.access !== undefined) return grant.access;
    throw fail('DELIVERY_BUSY', { platform, status: 200, message: 'it sent no access token' });
  }
}

/** What an answer says, and nothing of what it does not say. */
export function heldIn({ access, refresh, life = usual }: Grant, at: number): Held {
  return {
    ...(access !== undefined && { access, expires: at + life }),
    ...(refresh !== undefined && { refresh }),
  };
}

/** What there is to know of a grant without its tokens. A refresh token that stays keeps its end. */
export function noteOf(
  { life = usual, refresh, refreshLife }: Grant,
  at: number,
  before: Note,
): Note {
  const stays = refresh === undefined ? before.refreshExpires : undefined;
  const ends = refreshLife === undefined ? stays : at + refreshLife;
  return { at, life, ...(ends !== undefined && { refreshExpires: ends }) };
}
