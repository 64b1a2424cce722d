const day = 86_400_000;
/** Credit, and what is known of reach and engagement, halve in this time. */
const halfLife = 14 * day;

/** A trend somebody posted about before it was seen. */
export interface Early {
  /** Its id. */
  trend: string;
  /** When they posted, ms UTC. */
  at: number;
  /** How long before it was seen, ms. */
  lead: number;
  /** Names of the profiles that the trend was about, as far as it was matched. */
  profiles?: readonly string[];
}

/** What an account posted on one day (UTC), and what it got for it. Sums of log2(1 + interactions). */
export interface AccountDay {
  /** Days since 1970. */
  day: number;
  posts: number;
  sum: number;
  /** Of these, posts on trends. */
  onTrends: number;
  sumOnTrends: number;
}

/**
 * What is remembered of an account that posted about trends. The same posts seen twice change nothing, and two records of
 * one account merge to one, whichever comes first.
 */
export interface KeyAccount {
  network: string;
  author: string;
  /** Newest first. */
  early: readonly Early[];
  /** As it was read last. */
  followers?: { count: number; at: number };
  /** Newest first. */
  days?: readonly AccountDay[];
}

/** Bounds of what is remembered of one account. */
const [mostEarly, mostDays] = [10, 7];

/** Everything two records of one account know; of one trend and one day the fuller entry. */
export function mergeAccount(a: KeyAccount, b: KeyAccount): KeyAccount {
  const followers = [a.followers, b.followers]
    .filter((known) => known !== undefined)
    .sort((x, y) => y.at - x.at || y.count - x.count)[0];
  const all = [...a.early, ...b.early];
  const early = fullest(
    all,
    ({ trend }) => trend,
    (x, y) => y.lead - x.lead || y.at - x.at,
  )
    .map((each) => withProfiles(each, all))
    .sort((x, y) => y.at - x.at || (x.trend < y.trend ? -1 : 1));
  const days = fullest(
    [...(a.days ?? []), ...(b.days ?? [])],
    ({ day }) => String(day),
    (x, y) =>
      y.posts - x.posts ||
      y.onTrends - x.onTrends ||
      y.sum - x.sum ||
      y.sumOnTrends - x.sumOnTrends,
  ).sort((x, y) => y.day - x.day);
  return {
    network: a.network,
    author: a.author,
    early: early.slice(0, mostEarly),
    ...(followers && { followers }),
    ...(days.length > 0 && { days: days.slice(0, mostDays) }),
  };
}

function withProfiles({ profiles: _, ...early }: Early, all: readonly Early[]): Early {
  const same = all.filter(({ trend }) => trend === early.trend);
  const profiles = [...new Set(same.flatMap(({ profiles = [] }) => profiles))].sort();
  return { ...early, ...(profiles.length > 0 && { profiles }) };
}

/** The first of each key in the order given. */
function fullest<T>(all: readonly T[], key: (each: T) => string, order: (a: T, b: T) => number) {
  const found = new Map<string, T>();
  for (const each of all.toSorted(order)) if (!found.has(key(each))) found.set(key(each), each);
  return [...found.values()];
}

/** How much an account matters at one moment; every number is explained in `standingOf`. */
export interface Standing {
  /** 0 to 1. */
  score: number;
  early: number;
  reach: number;
  engagement: number;
  /** How many times the interactions of its other posts its posts on trends get; 1 when that is not known. */
  times: number;
}

/**
 * How much an account matters at `now` (ms UTC): half of the score is being early, a quarter each are reach and engagement; each part
 * is between 0 and 1.
 *
 * - early: e / (e + 2), where e adds up, over the trends it was early on, 1 - 2^(-lead / 1 h), halved for every 14 days ago
 * - reach: log10(1 + followers) / 7, at most 1
 * - engagement: 1 - 1 / times for what its posts on trends get more than its others, from 5 posts of each on
 *
 * All of it fades with the time since it was last seen.
 */
export function standingOf({ early, followers, days = [] }: KeyAccount, now: number): Standing {
  const fade = (at: number) => 0.5 ** (Math.max(0, now - at) / halfLife);
  const credit = early.reduce((sum, { at, lead }) => sum + fade(at) * creditOf(lead), 0);
  const sum = (of: (each: AccountDay) => number) => days.reduce((all, each) => all + of(each), 0);
  const [on, off] = [sum(({ onTrends }) => onTrends), sum((each) => each.posts - each.onTrends)];
  const lift =
    on < enough || off < enough
      ? 0
      : sum(({ sumOnTrends }) => sumOnTrends) / on -
        sum((each) => each.sum - each.sumOnTrends) / off;
  const seen = fade(((days[0]?.day ?? 0) + 1) * day);
  const parts = {
    early: credit / (credit + 2),
    reach: followers
      ? fade(followers.at) * Math.min(1, Math.log10(1 + Math.max(0, followers.count)) / 7)
      : 0,
    engagement: seen * (1 - 2 ** -Math.max(0, lift)),
  };
  const score = 0.5 * parts.early + 0.25 * parts.reach + 0.25 * parts.engagement;
  return { score, ...parts, times: 2 ** lift };
}

/** Posts of each kind from which their interactions are compared. */
const enough = 5;
const hour = 3_600_000;

/** 0 for a post of the moment a trend was seen, a half for one an hour before. */
export const creditOf = (lead: number): number => 1 - 2 ** -(Math.max(0, lead) / hour);

export const accountKey = ({ network, author }: Pick<KeyAccount, 'network' | 'author'>): string =>
  `${network}:${author}`;
