import { z } from 'zod';
import { type ArchiveItem, isMalformed } from '../../ingest/archive.ts';
import type { Signal } from '../../ingest/signal.ts';
import type { Match } from '../../match/match.ts';
import { suggestAccounts } from '../../match/suggested.ts';
import { accountList } from '../../review/account-list.ts';
import { isError } from '../../errors.ts';
import { openJson } from '../../store/json.ts';
import type { Profile } from '../../store/profile.ts';
import { type KeyAccount, mergeAccount } from '../../trend/account.ts';
import { createAccounts, mergeAccounts } from '../../trend/accounts.ts';
import { spelling } from '../../trend/story/spelling.ts';
import type { Trend } from '../../trend/trend.ts';
import { wordsOf } from '../../trend/story/words.ts';
import type { Desk } from '../context.ts';

type Place = Pick<Desk, 'files' | 'clock'>;

const account = z.object({
  network: z.string(),
  author: z.string(),
  early: z.array(
    z.object({
      trend: z.string(),
      at: z.number(),
      lead: z.number(),
      profiles: z.array(z.string()).optional(),
    }),
  ),
  followers: z.object({ count: z.number(), at: z.number() }).optional(),
  days: z
    .array(
      z.object({
        day: z.number(),
        posts: z.number(),
        sum: z.number(),
        onTrends: z.number(),
        sumOnTrends: z.number(),
      }),
    )
    .optional(),
});
const accountsFile = z.object({ accounts: z.array(account) });

const day = 86_400_000;
const [file, page] = ['key-accounts.json', 'key-accounts.md'];
/** Accounts kept on the state branch, those that matter most. */
const mostKept = 150;

/** The accounts that are remembered, those that mattered most first. */
export async function keyAccounts(desk: Place): Promise<readonly KeyAccount[]> {
  const { data } = await openAccounts(desk);
  return data.accounts as readonly KeyAccount[];
}

/**
 * Adds accounts that were early on trends to those that are remembered, and compares what their posts on trends get with
 * what their others get (`posts`: all there are, each once). Seeing the same posts in the next run changes nothing.
 */
export async function keepAccounts(
  desk: Place,
  found: readonly KeyAccount[],
  trends: readonly Trend[],
  posts: AsyncIterable<ArchiveItem>,
): Promise<void> {
  const now = desk.clock.now();
  const kept = await openAccounts(desk);
  const known = mergeAccounts(kept.data.accounts as readonly KeyAccount[], found, now);
  const accounts = createAccounts(known.slice(0, mostKept));
  const words = new Set(trends.flatMap(({ terms }) => terms.slice(0, 3).map(spelling)));
  const isOnTrend = (signal: Signal) => wordsOf(signal).some(({ key }) => words.has(spelling(key)));
  if (known.length > 0) await accounts.compare(signalsOf(posts), isOnTrend);
  await kept.write(accountsFile.parse({ accounts: accounts.list(now).slice(0, mostKept) }));
}

async function* signalsOf(items: AsyncIterable<ArchiveItem>): AsyncGenerator<Signal> {
  for await (const item of items) if (!isMalformed(item)) yield item;
}

/** Remembers which profiles the trends were about that accounts were early on, and writes the list that people read. */
export async function noteMatches(
  desk: Place,
  matches: readonly Match[],
  profiles: readonly Profile[],
): Promise<void> {
  // The day is enough: a page that changes with every run would be a commit with every run.
  const now = Math.floor(desk.clock.now() / day) * day;
  const kept = await openAccounts(desk);
  const about = Map.groupBy(matches, ({ trend }) => trend.id);
  if (kept.data.accounts.length === 0) return;
  const noted = (kept.data.accounts as readonly KeyAccount[]).map((known): KeyAccount => {
    const early = known.early.flatMap((each) => {
      const matched = about.get(each.trend)?.map(({ profile }) => profile) ?? [];
      return matched.length === 0 ? [] : [{ ...each, profiles: matched }];
    });
    return mergeAccount(known, { ...known, early });
  });
  await kept.write(accountsFile.parse({ accounts: noted }));
  const suggested = profiles.map((profile) => ({
    profile: profile.name,
    accounts: suggestAccounts(noted, profile, now),
  }));
  await writePage(desk, accountList(noted, suggested, now));
}

const openAccounts = (desk: Place) => openJson(desk.files, file, accountsFile, { accounts: [] });

/** Writes what changed only. */
async function writePage(desk: Place, content: string): Promise<void> {
  const before = await desk.files.read(page);
  if (before === content) return;
  const action = before === undefined ? 'create' : 'update';
  await desk.files
    .commit([{ action, path: page, content }], `Write ${page}`)
    .catch((error: unknown) => {
      // Somebody else wrote it at the same time: theirs is as good.
      if (!isError(error, 'STORE_CONFLICT')) throw error;
    });
}
