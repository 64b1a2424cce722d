import { asPulseError, fail, type PulseError } from '../errors.ts';
import type { Clock } from '../clock.ts';
import { fingerprint, type Held, isAlive, isFresh } from './held.ts';
import type { Lock } from './lock.ts';
import type { Note } from './note.ts';
import type { Asking } from './request.ts';
import type { Seal } from './seal.ts';

/** Where tokens outlive the process. */
export interface TokenStore {
  /** What is kept now, asked anew. */
  read(): Promise<Held>;
  /** Writes what is given, refresh token first, and leaves the rest as it is. Doing it twice does no harm. */
  write(change: Held): Promise<void>;
}

export interface TokenOptions extends Omit<Asking, 'signal'> {
  /** Name for people, `crypto/main`, as `node jobs/auth.ts` takes it. */
  account: string;
  /** What the process was started with; may be old. */
  held: Held;
  store: TokenStore;
  lock: Lock<Note>;
  seal: Seal;
  clock: Clock;
  /** Told what a person should know though work goes on. */
  warn: (error: PulseError) => void;
}

export type Holding = ReturnType<typeof createHolding>;

/** Tries to write tokens down, and how long in all, ms, before they are sealed away instead; the first wait, ms. */
const tries = 4;
const patience = 20_000;
const firstWait = 500;
/** How long until those that could not be written are tried again, ms. */
const again = 30_000;

/** The tokens of an account as this process knows them, and how they are written down. */
export function createHolding(options: TokenOptions) {
  const { oauth, store, seal, clock, account, client, warn, platform } = options;
  let held = options.held;
  let refused: string | undefined;
  /** Tokens the store does not have yet: they follow those with this fingerprint there. */
  let unsaved: { after: string; tried: number } | undefined;

  const isExchanged = oauth.renewal.how === 'exchange';
  const keyOf = (tokens: Held) => (isExchanged ? tokens.access : tokens.refresh);
  const living = () => held.access !== undefined && held.access !== refused;
  const about = `tokens of ${account}`;

  const write = async (after: string) => {
    const began = clock.now();
    for (let n = 1; ; n += 1) {
      try {
        await store.write(held);
        unsaved = undefined;
        return;
      } catch (error) {
        unsaved = { after, tried: clock.now() };
        if (n === tries || clock.now() - began > patience) throw error;
        await clock.sleep(firstWait * 4 ** (n - 1));
      }
    }
  };

  return {
    /** How long the network lets an access token live, ms, where it is known. */
    life: undefined as number | undefined,
    access: () => held.access ?? '',
    refresh: () => held.refresh,
    /** What is shown to get a new token. */
    key: () => keyOf(held),
    alive: () => living() && isAlive(held, clock.now()),
    fresh(): boolean {
      return living() && isFresh(held, clock.now(), this.life);
    },
    mayRenew(): boolean {
      return isExchanged ? this.alive() : held.refresh !== undefined && client.id !== undefined;
    },
    refuse: (token: string) => (refused = token),

    /** Takes over what the store has. Nothing there is no reason to forget ours. */
    async reread(): Promise<void> {
      const found = await store.read();
      if (found.access === undefined && found.refresh === undefined) return;
      if (fingerprint(keyOf(found)) === unsaved?.after) return;
      unsaved = undefined;
      // A hidden variable cannot be read back; what the process was started with still holds it.
      held = { ...(held.refresh !== undefined && { refresh: held.refresh }), ...found };
    },

    /** New tokens in place of those with the fingerprint `after`: written down, or sealed into the note. */
    async replace(tokens: Held, after: string, note: Note): Promise<Note> {
      held = { ...held, ...tokens };
      const { rescue: _, ...rest } = note;
      try {
        await write(after);
        return rest;
      } catch (error) {
        warn(notWritten(options, error));
        return { ...rest, rescue: { sealed: seal.close(JSON.stringify(held), about), after } };
      }
    },

    /** Takes over what another process could not write down; true when there was something. */
    async rescue(note: Note): Promise<boolean> {
      const { rescue } = note;
      if (rescue?.after !== fingerprint(keyOf(held))) return false;
      const opened = seal.open(rescue.sealed, about);
      if (opened === undefined) return false;
      held = JSON.parse(opened) as Held;
      await write(rescue.after).catch((error: unknown) => warn(notWritten(options, error)));
      return true;
    },

    /** Tries once more to write down what could not be, now and then. */
    async settle(): Promise<void> {
      if (!unsaved || clock.now() - unsaved.tried < again) return;
      unsaved.tried = clock.now();
      try {
        await store.write(held);
        unsaved = undefined;
      } catch (error) {
        warn(notWritten(options, error));
      }
    },

    /** `status` is the network's. */
    refusal(message = whyNot(), status = 401): PulseError {
      const remedy = `Sign in anew with \`node jobs/auth.ts ${account}\`, then \`/pulse retry\`.`;
      return fail('CREDENTIALS_REFUSED', { platform, status, message, remedy });
    },
  };

  function whyNot(): string {
    if (held.access === undefined && held.refresh === undefined)
      return 'nobody has signed in to the account yet';
    if (!isExchanged && held.refresh !== undefined)
      return 'its token cannot be renewed without the client id of the app';
    return held.access === refused ? 'its token was revoked' : 'its token has expired';
  }
}

/** The one thing that must not go unnoticed: the network gave new tokens and they are nowhere but here. */
function notWritten({ account }: TokenOptions, cause: unknown): PulseError {
  return fail('TOKENS_UNSAVED', { account, why: asPulseError(cause).message }, cause);
}
