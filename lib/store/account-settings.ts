import { z } from 'zod';
import { explain } from './issues.ts';

/** What is known of a network when a profile is read. */
export interface Network {
  /** What its accounts say beside what all say; nothing when absent. */
  settings?: z.ZodObject;
}

/** What every account may say; see `account` in profile.ts. */
const common = ['name', 'platform', 'variables', 'notify'];

export interface SettingsProblem {
  path: readonly PropertyKey[];
  message: string;
  expected?: string | undefined;
}

/** An account's own settings by its network's schema, defaults filled in, or what is wrong with them. */
export function readSettings(
  account: Readonly<Record<string, unknown>>,
  { settings = z.strictObject({}) }: Network,
): { settings: Record<string, unknown>; problems: readonly SettingsProblem[] } {
  const own = Object.fromEntries(
    Object.entries(account).filter(([name]) => !common.includes(name)),
  );
  const found = settings.safeParse(own);
  if (found.success) return { settings: found.data, problems: [] };
  const problems = found.error.issues.flatMap((issue) => explain(issue, settings, own));
  return { settings: own, problems };
}
