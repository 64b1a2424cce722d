import { platformNamed } from '../platforms/index.ts';
import { keepOutboxIn } from '../platforms/outbox/shelf.ts';
import type { Account, Connection } from '../platforms/platform.ts';
import { credentialsFor, withOwnNames } from './accounts/credentials.ts';
import { identityOf } from './accounts/identity.ts';
import type { Desk } from './context.ts';
import { stateBranch } from './protection.ts';

/** One connection an account for the life of the process: networks count sign-ins. One that failed is made anew. */
export function connectAccount(desk: Desk, account: Account): Promise<Connection> {
  const key = JSON.stringify(account);
  const known = desk.connections.get(key);
  if (known !== undefined) return known;
  const made = connect(desk, account);
  desk.connections.set(key, made);
  made.catch(() => desk.connections.delete(key));
  return made;
}

/** A connection that knows nothing of earlier ones: what it says of itself, the network has said now. */
export const connectAnew = (desk: Desk, account: Account) => connect(desk, account, false);

async function connect(desk: Desk, account: Account, cached = true): Promise<Connection> {
  const platform = platformNamed(account.platform);
  const { cache, ...own } = await credentialsFor(desk, account);
  const network = networkOf(account, own.credentials);
  const surroundings = {
    ...own,
    ...(cached && cache && { cache }),
    fetch: desk.fetch,
    now: () => desk.clock.now(),
    meter: await desk.limits.meter(platform, identityOf(account), network),
    outbox: keepOutboxIn(
      desk.files,
      (path: string) => `${desk.project.url}/-/blob/${stateBranch}/${path}`,
    ),
  };
  try {
    return await platform.connect(account, surroundings);
  } catch (error) {
    throw withOwnNames(error, account);
  }
}

/** What shares a breaker: a network, or one server of a network of many. */
function networkOf({ platform }: Account, credentials: Readonly<Record<string, string>>): string {
  const server = credentials[`${platform.toUpperCase()}_SERVER`];
  return server === undefined ? platform : `${platform} ${server}`;
}
