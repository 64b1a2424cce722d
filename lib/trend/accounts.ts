import type { Signal } from '../ingest/signal.ts';
import { accountKey, type KeyAccount, mergeAccount, standingOf } from './account.ts';
import { marksIn } from './story/marked.ts';
import { interactionsOf } from './story/speakers.ts';

/** Accounts that are remembered. */
const most = 2000;
/** A post so long before a trend was seen has nothing to do with it, ms. */
const mostLead = 12 * 3_600_000;
const dayLength = 86_400_000;

/**
 * Remembers who posted about trends before they were seen, how many listen to them, and what their posts on trends get
 * beside their others. At most 2,000 accounts, those that matter most.
 */
export function createAccounts(known: readonly KeyAccount[] = []) {
  const accounts = new Map(known.map((each) => [accountKey(each), each]));
  let latest = known.reduce((at, { early }) => Math.max(at, early[0]?.at ?? 0), 0);

  const list = (now = latest) => strongest([...accounts.values()], now);
  const remember = (account: KeyAccount) => {
    const key = accountKey(account);
    const before = accounts.get(key);
    accounts.set(key, before === undefined ? account : mergeAccount(before, account));
  };

  return {
    /**
     * `posts` were on a trend before it was seen at `now` (ms UTC). Everybody is credited once for a trend; copies are not
     * early, and what carries a mark earns nothing.
     */
    credit(trend: string, posts: readonly Signal[], now: number): void {
      latest = Math.max(latest, now);
      for (const post of posts) {
        const { author, network, at, counts, copy } = post;
        if (author === undefined || copy || now - at > mostLead) continue;
        if (marksIn(post).length > 0) continue;
        const lead = Math.max(0, now - at);
        const followers = counts?.followers;
        remember({
          network,
          author,
          early: [{ trend, at, lead }],
          ...(followers !== undefined && { followers: { count: followers, at } }),
        });
      }
      if (accounts.size > 2 * most) {
        const kept = list(now);
        accounts.clear();
        for (const each of kept) accounts.set(accountKey(each), each);
      }
    },
    /** Compares what posts of known accounts on trends (`isOnTrend`) get with what their others get. All posts of a day at once. */
    async compare(
      posts: AsyncIterable<Signal> | Iterable<Signal>,
      isOnTrend: (signal: Signal) => boolean,
    ): Promise<void> {
      const days = new Map<string, KeyAccount & { days: [Day] }>();
      const seen = new Set<string>();
      for await (const signal of posts) {
        const { author, network, at } = signal;
        const interactions = interactionsOf(signal);
        if (author === undefined || interactions === undefined) continue;
        if (!accounts.has(accountKey({ network, author })) || seen.has(signal.id)) continue;
        seen.add(signal.id);
        const day = Math.floor(at / dayLength);
        const key = `${accountKey({ network, author })} ${day}`;
        const none: Day = { day, posts: 0, sum: 0, onTrends: 0, sumOnTrends: 0 };
        const account = days.get(key) ?? { network, author, early: [], days: [none] };
        const [counted] = account.days;
        const worth = Math.log2(1 + interactions);
        counted.posts += 1;
        counted.sum += worth;
        if (isOnTrend(signal)) {
          counted.onTrends += 1;
          counted.sumOnTrends += worth;
        }
        days.set(key, account);
      }
      for (const account of days.values()) remember(account);
    },
    /** Those that matter most at `now`, or when they were last heard; most first. */
    list,
  };
}
export type Accounts = ReturnType<typeof createAccounts>;

interface Day {
  day: number;
  posts: number;
  sum: number;
  onTrends: number;
  sumOnTrends: number;
}

/** What two lists know together, whichever comes first; those that matter most at `now` (ms UTC) stay. */
export function mergeAccounts(
  a: readonly KeyAccount[],
  b: readonly KeyAccount[],
  now?: number,
): KeyAccount[] {
  const merged = new Map<string, KeyAccount>();
  for (const account of [...a, ...b]) {
    const before = merged.get(accountKey(account));
    merged.set(accountKey(account), before === undefined ? account : mergeAccount(before, account));
  }
  const all = [...merged.values()];
  return strongest(all, now ?? all.reduce((at, { early }) => Math.max(at, early[0]?.at ?? 0), 0));
}

function strongest(accounts: readonly KeyAccount[], now: number): KeyAccount[] {
  return accounts
    .map((account) => ({
      account,
      score: standingOf(account, now).score,
      key: accountKey(account),
    }))
    .sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1))
    .slice(0, most)
    .map(({ account }) => account);
}
