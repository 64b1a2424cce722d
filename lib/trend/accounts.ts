import type { KeyAccount, Trend } from './trend.ts';

const most = 2000;

/** Counts who gave evidence for a trend when it was first seen. Keeps the 2,000 who did so most often. */
export function createAccounts(known: readonly KeyAccount[]) {
  const accounts = new Map(known.map((each) => [keyOf(each), { ...each }]));
  const list = () => [...accounts.values()].sort(byEarly);
  return {
    credit(trend: Trend): void {
      for (const { author, network } of trend.evidence) {
        if (author === undefined) continue;
        const account = accounts.get(keyOf({ author, network })) ?? {
          author,
          network,
          posts: 0,
          early: 0,
        };
        account.posts += 1;
        account.early += 1;
        accounts.set(keyOf(account), account);
      }
      if (accounts.size > 2 * most)
        for (const each of list().slice(most)) accounts.delete(keyOf(each));
    },
    list: (): KeyAccount[] => list().slice(0, most),
  };
}
export type Accounts = ReturnType<typeof createAccounts>;

const keyOf = ({ author, network }: Pick<KeyAccount, 'author' | 'network'>) =>
  `${network}:${author}`;

const byEarly = (a: KeyAccount, b: KeyAccount) =>
  b.early - a.early || (keyOf(a) < keyOf(b) ? -1 : 1);
