import { asPulseError } from '../errors.ts';
import type { Account } from '../platforms/platform.ts';
import { statusLabel, withDraftMark } from '../review/projection.ts';
import type { Observation } from '../review/observation.ts';
import type { Profile } from '../store/profile.ts';
import type { PostRecord } from '../store/record.ts';
import { trySave } from './change.ts';
import { connectAccount } from './connect.ts';
import type { Desk } from './context.ts';

/** What people can be told of outside GitLab, by the label of the post, and in which words. */
const told = {
  review: 'waits for a decision',
  failed: 'was not delivered everywhere',
  unknown: 'may be out or not: somebody must look',
  published: 'is out',
} as const;

/**
 * Tells the profile's chat accounts, once, that a post has come to where they want to hear of it. It is written down
 * first: of several bots one speaks, and a message that cannot be sent is logged and not sent again, for GitLab tells
 * people too. Returns whether anything was written.
 */
export async function notify(
  desk: Desk,
  record: PostRecord,
  profile: Profile,
  { mergeRequest }: Observation,
): Promise<boolean> {
  const state = statusLabel(record).replace('pulse::', '');
  const accounts = profile.accounts.filter(({ notify: wanted = [] }) =>
    (wanted as readonly string[]).includes(state),
  );
  if (mergeRequest === undefined || accounts.length === 0) return false;
  const last = record.revisions.at(-1)?.n ?? 0;
  // A post that comes back to review with other words is news; one that is merely looked at again is not.
  const news = `${state} r${String(last)}`;
  if (record.projected.notified === news) return false;
  const projected = { ...record.projected, notified: news };
  if ((await trySave(desk, { ...record, projected })) === undefined) return true;
  const title = withDraftMark(mergeRequest.title, false);
  const text = `“${title}” ${told[state as keyof typeof told]}.`;
  for (const account of accounts) {
    await say(desk, account, { text, url: mergeRequest.url });
  }
  return true;
}

/** Chats take about a message a second: one that must wait no longer than this does, ms. */
const patience = 5_000;

async function say(
  desk: Desk,
  account: Account,
  notice: { text: string; url: string },
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      const connection = await connectAccount(desk, account);
      return await connection.notify?.(notice);
    } catch (thrown) {
      const error = asPulseError(thrown);
      const wait = Number(error.details.until ?? Infinity) - desk.clock.now();
      if (tries === 3 || !error.retryable || wait > patience) {
        desk.log.warn({ err: error, account: account.name }, 'nobody was told');
        return;
      }
      await desk.clock.sleep(Math.max(0, wait));
    }
  }
}
