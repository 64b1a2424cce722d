import { asPulseError, type PulseError } from '../../errors.ts';
import { freeAt } from '../../limits/window.ts';
import { platformNamed } from '../../platforms/index.ts';
import type { Connection, Platform } from '../../platforms/platform.ts';
import type { Identity } from '../../platforms/reading.ts';
import { isPressing, type Outlook, outlookOf } from '../../tokens/outlook.ts';
import { connectAccount, connectAnew } from '../connect.ts';
import type { Desk } from '../context.ts';
import { appFor, lockFor, storeFor, tokensFor } from './credentials.ts';
import { identityOf, type Listed, listAccounts } from './identity.ts';

/** How an account stands. */
export interface Standing {
  /** `crypto/main` */
  name: string;
  listed: Listed;
  /** As the network writes its own name. */
  network: string;
  /**
   * `soon`: usable, and a person must do something within days. `unset`: it has no credentials. `unknown`: the network
   * could not be asked.
   */
  state: 'fine' | 'soon' | 'unusable' | 'unset' | 'unknown';
  who?: Identity;
  /** Functions of its connection. */
  may: readonly string[];
  left: readonly Left[];
  /** Where it signs in with OAuth. */
  token?: Outlook;
  problems: readonly { message: string; remedy: string }[];
}

export type Left = NonNullable<Identity['left']>[number];

/**
 * Looks at every account of every profile: signs in, asks who it is, renews its token when that is due. `free` leaves out
 * questions that networks charge for. Throws what GitLab answers.
 */
export async function surveyAccounts(
  desk: Desk,
  options: { free?: boolean } = {},
): Promise<readonly Standing[]> {
  const listed = listAccounts(await desk.profiles());
  const standings = await Promise.all(listed.map((each) => survey(desk, each, options)));
  await Promise.all([desk.sessions.flush(), desk.limits.flush()]);
  return standings;
}

async function survey(desk: Desk, listed: Listed, { free = false }): Promise<Standing> {
  const { name, account } = listed;
  const platform = platformNamed(account.platform);
  const problems: PulseError[] = [];
  const note = (thrown: unknown) => void problems.push(asPulseError(thrown));
  const tokens = await tokensFor(desk, platform, account);
  // Renews it when it is due, so that one that is never used stays alive.
  await tokens?.access().catch(note);
  let connection: Connection | undefined;
  let who: Identity | undefined;
  try {
    // A token shows whether it is good only when it is used; a password is not worth another sign-in.
    connection = await (tokens ? connectAnew : connectAccount)(desk, account);
    if (problems.length === 0 && !(free && charges(platform))) who = await connection.whoami?.();
  } catch (error) {
    note(error);
  }
  const token = tokens ? await outlook(desk, listed, platform) : undefined;
  const left = [...(who?.left ?? []), ...(await leftOf(desk, platform, identityOf(account)))];
  const pressing = token !== undefined && isPressing(token, desk.clock.now());
  return {
    name,
    listed,
    network: platform.title,
    state: stateOf(problems, pressing),
    ...(who && { who }),
    may: connection ? Object.keys(connection) : [],
    left,
    ...(token && { token }),
    problems: problems.map(({ message, remedy }) => ({ message, remedy })),
  };
}

function stateOf(problems: readonly PulseError[], pressing: boolean): Standing['state'] {
  const is = (code: string) => problems.some((each) => each.code === code);
  if (is('CREDENTIALS_MISSING')) return 'unset';
  if (problems.some(({ code, retryable }) => code === 'CREDENTIALS_REFUSED' || !retryable))
    return 'unusable';
  if (pressing) return 'soon';
  return problems.length > 0 ? 'unknown' : 'fine';
}

const charges = ({ limits = {} }: Platform) =>
  Object.values(limits).some(({ price }) => price !== undefined);

async function outlook(desk: Desk, { account }: Listed, platform: Platform) {
  if (!platform.oauth) return undefined;
  const held = await storeFor(desk, platform, account).read();
  const note = await lockFor(desk, account).peek();
  const { client } = appFor(desk, platform, account);
  return outlookOf(platform.oauth, held, note, client.id !== undefined, desk.clock.now());
}

/** What is left of the documented windows, as all processes have counted and the network has said. */
async function leftOf(desk: Desk, platform: Platform, identity: string): Promise<Left[]> {
  const known = (await desk.limits.known()).accounts[identity];
  const now = desk.clock.now();
  return Object.entries(platform.limits ?? {}).flatMap(([what, allowance]) => {
    const window = known?.windows[what];
    if (window === undefined) return [];
    const { start, used, remaining, reset } = window;
    const limit = allowance.requests;
    if (remaining !== undefined && reset !== undefined && reset > now)
      return [{ what, remaining, limit, resets: reset }];
    const ends = start + allowance.per;
    if (ends <= now) return [];
    const rest = freeAt(window, allowance, now) > now ? 0 : Math.max(0, limit - used);
    return [{ what, remaining: rest, limit, resets: ends }];
  });
}
