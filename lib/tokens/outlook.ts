import type { OAuth } from '../platforms/oauth.ts';
import { fingerprint, type Held, marginOf } from './held.ts';
import type { Note } from './note.ts';

const week = 7 * 86_400_000;

/** How long tokens last, and who has to do something about it. */
export interface Outlook {
  /** `renewed`: by the machine, again and again. `person`: somebody must sign in anew by `ends`. `refused`: now. */
  state: 'renewed' | 'person' | 'refused';
  /** When nothing can be done with the account any more, ms UTC, where it is known. */
  ends?: number;
  /** What the network said, or why the machine cannot renew it. */
  why?: string;
}

/** What becomes of tokens. Pure. `client` is whether the id of the app is known. */
export function outlookOf(
  { renewal }: Pick<OAuth, 'renewal'>,
  held: Held,
  note: Note | undefined,
  client: boolean,
  now: number,
): Outlook {
  const key = renewal.how === 'exchange' ? held.access : held.refresh;
  const ends = held.expires === undefined ? {} : { ends: held.expires };
  const refused = note?.refused;
  if (refused?.token === fingerprint(key))
    return { state: 'refused', ...ends, why: refused.message };
  if (renewal.how === 'exchange') {
    if (held.expires === undefined) return { state: 'renewed' };
    if (held.expires <= now)
      return { state: 'refused', ...ends, why: 'its token has expired and cannot be renewed' };
    // Half of the time there was for renewing it is over.
    const late = held.expires - now < marginOf(note?.life) / 2;
    return late
      ? { state: 'person', ...ends, why: 'it could not be renewed so far' }
      : { state: 'renewed' };
  }
  if (held.refresh === undefined)
    return { state: 'person', ...ends, why: 'the network gave no refresh token' };
  if (!client) return { state: 'person', ...ends, why: 'the client id of the app is not set' };
  const last = note?.refreshExpires;
  return { state: 'renewed', ...(last !== undefined && { ends: last }) };
}

/** Whether a person should be told now: a week ahead, or at once when it lasts no longer. */
export function isPressing({ state, ends }: Outlook, now: number): boolean {
  return state === 'refused' || (ends !== undefined && ends - now < week);
}
