import type { PostRecord } from '../store/record.ts';

/** What of a record tells how a post on a topic did. */
export type PastPost = Pick<PostRecord, 'profile' | 'status' | 'since' | 'deliveries' | 'origin'>;

/** Log-odds to add for a topic of a profile: 0 where nothing is known, never beyond ±1. */
export type Prior = (profile: string, topic: string) => number;

/** No history adds or takes more: log-odds of 1 turn 50 % into 73 %. */
const bound = 1;
/** Posts' worth of doubt: what a share is shrunk to one half with. */
const strength = 8;
/** After so long a post counts half, ms: desks change their mind. */
const halfLife = 45 * 86_400_000;
/** A post nobody decided on tells less than one that was rejected. */
const unanswered = 0.5;

/**
 * How past posts on a topic did, compared with the profile's posts as a whole. A post that was approved or published
 * counts for its topic, one that was rejected or expired (half) against it, each halved every 45 days before `now` (ms
 * UTC). A share is shrunk to one half as the mean of a beta-binomial with the prior Beta(4, 4), (wins + 4) / (posts + 8)
 * (Gelman et al., Bayesian Data Analysis, 3rd ed. 2013, ch. 2). What is answered is its log-odds less those of as many
 * posts that did as the profile's usually do: 0 for a topic like all others, near 0 while few posts are known. The same
 * records give the same answers in whatever order they come. Pure.
 */
export function priorOf(records: readonly PastPost[], now: number): Prior {
  const topics = new Map<string, Tally>();
  const profiles = new Map<string, Tally>();
  const judged = records
    .flatMap((record) => {
      const topic = topicOfRecord(record);
      const weight = weightOf(record, now);
      return topic === undefined || weight === undefined ? [] : [{ record, topic, ...weight }];
    })
    // Sums of fractions depend on their order.
    .sort((a, b) => a.posts - b.posts || a.wins - b.wins);
  for (const { record, topic, wins, posts } of judged) {
    add(topics, key(record.profile, topic), wins, posts);
    add(profiles, record.profile, wins, posts);
  }
  return (profile, topic) => {
    const own = topics.get(key(profile, topic));
    if (own === undefined) return 0;
    const whole = profiles.get(profile) ?? own;
    const usual = { wins: (own.posts * whole.wins) / whole.posts, posts: own.posts };
    const difference = logit(shrunk(own)) - logit(shrunk(usual));
    return Math.max(-bound, Math.min(bound, difference));
  };
}

/** The topic a post was proposed for: as its record says, else as the strongest of its reasons names it. */
export function topicOfRecord({ origin }: Pick<PastPost, 'origin'>): string | undefined {
  if (origin.topic !== undefined) return origin.topic;
  return origin.reasons
    .filter(({ kind }) => kind === 'topic' || kind === 'meaning')
    .toSorted((a, b) => b.weight - a.weight)
    .flatMap(({ text }) => /\btopic "([^"]+)"/.exec(text)?.[1] ?? [])[0];
}

interface Tally {
  wins: number;
  posts: number;
}

const nothing: Tally = { wins: 0, posts: 0 };
const key = (profile: string, topic: string) => JSON.stringify([profile, topic]);
const logit = (share: number) => Math.log(share / (1 - share));
const shrunk = ({ wins, posts }: Tally) => (wins + strength / 2) / (posts + strength);

function add(tallies: Map<string, Tally>, name: string, wins: number, posts: number): void {
  const before = tallies.get(name) ?? nothing;
  tallies.set(name, { wins: before.wins + wins, posts: before.posts + posts });
}

/** Undefined while nobody has decided. */
function weightOf({ status, since, deliveries }: PastPost, now: number): Tally | undefined {
  const age = Math.max(0, now - since);
  const posts = 2 ** (-age / halfLife);
  if (deliveries.some((delivery) => delivery.status === 'published') || status === 'approved')
    return { wins: posts, posts };
  if (status === 'rejected') return { wins: 0, posts };
  if (status === 'expired') return { wins: 0, posts: posts * unanswered };
  return undefined;
}
