import { z } from 'zod';
import { instanceOf, stricter } from '../platforms/instance.ts';
import { platformNamed, platforms } from '../platforms/index.ts';
import type { Account, Platform, Rules } from '../platforms/platform.ts';
import type { Files } from '../store/files.ts';
import type { Profile } from '../store/profile.ts';
import { openJson } from '../store/json.ts';
import { identityOf } from './accounts/identity.ts';
import { connectAccount } from './connect.ts';
import type { Desk } from './context.ts';

/** What instances said of themselves, by identity of the account; kept on the state branch as `instances.json`. */
const instancesSchema = z.record(
  z.string(),
  z.object({ at: z.number(), rules: z.record(z.string(), z.unknown()) }),
);
export type Instances = z.infer<typeof instancesSchema>;

/** Instances change their limits seldom, ms. */
const fresh = 86_400_000;

const open = (files: Files) => openJson<Instances>(files, 'instances.json', instancesSchema, {});

/** What is known of instances. */
export const readInstances = async (files: Files): Promise<Instances> => (await open(files)).data;

/** Asks every instance what it takes that was not asked since yesterday. One that does not answer keeps its last word. */
export async function askInstances(desk: Desk, profiles: readonly Profile[]): Promise<number> {
  const file = await open(desk.files);
  const known: Instances = { ...file.data };
  const now = desk.clock.now();
  let asked = 0;
  for (const account of profiles.flatMap(({ accounts }) => accounts)) {
    const identity = identityOf(account);
    if (now - (known[identity]?.at ?? 0) < fresh) continue;
    try {
      const connection = await connectAccount(desk, account);
      if (connection.rules === undefined) continue;
      known[identity] = { at: now, rules: { ...(await connection.rules()) } };
      asked += 1;
    } catch (error) {
      desk.log.debug({ err: error, account: account.name }, 'its limits are not known');
    }
  }
  if (asked > 0) await file.write(known);
  return asked;
}

/** The networks as the instances have them on which these accounts are; where there are several the stricter holds. */
export async function networksOf(
  desk: Pick<Desk, 'instances'>,
  accounts: readonly Account[],
): Promise<Readonly<Record<string, Platform>>> {
  const known = await desk.instances();
  const rulesOf = (account: Account) => known[identityOf(account)]?.rules as Rules | undefined;
  const named = Map.groupBy(accounts, ({ platform }) => platform);
  const instances = [...named].flatMap(([name, each]) => {
    if (!Object.hasOwn(platforms, name)) return [];
    const rules = each.map(rulesOf).reduce(stricter, undefined);
    return [[name, instanceOf(platformNamed(name), rules)] as const];
  });
  return { ...platforms, ...Object.fromEntries(instances) };
}
