import { formatError } from '../../lib/log.ts';
import { fill } from './fill.ts';
import { openDesk, type OpenDesk } from './open.ts';
import type { StartOptions } from './options.ts';
import { outcomeOf, type Outcome } from './outcome.ts';
import { createProgress, type Progress } from './progress.ts';
import { approveAll } from './reviewer.ts';

/** Nothing matched, so nothing was published: the archive or the hour is about something else. */
const nothingMatched = 3;

/**
 * Opens the desk, fills it and keeps it open until the process is told to stop; with `once` approves and publishes
 * without hands and ends. Returns the exit status: 0, 3 when nothing matched, 1 when anything failed.
 */
export async function start(options: StartOptions): Promise<number> {
  const began = performance.now();
  const progress = createProgress(options.json ? process.stderr : process.stdout, () =>
    performance.now(),
  );
  let desk: OpenDesk | undefined;
  try {
    desk = await openDesk(options, progress);
    const filled = await fill(desk, options, progress);
    if (!options.once) {
      invite(desk, options, filled.posts.length, progress);
      await toldToStop();
      progress.say('Stopping. The desk is kept; start again to find it as it is.');
      return 0;
    }
    await approveAll(desk, filled.posts, progress);
    const outcome = await outcomeOf(desk, filled, (performance.now() - began) / 1000);
    if (options.json) process.stdout.write(`${JSON.stringify(outcome)}\n`);
    else progress.say(summary(outcome));
    return statusOf(outcome);
  } catch (error) {
    process.stderr.write(`${formatError(error)}\n`);
    return 1;
  } finally {
    await desk?.close();
  }
}

/** 0 only if something went out and nothing failed or stayed unknown. */
export function statusOf({ published, failed, unknown, matches, posts }: Outcome): number {
  if (failed > 0 || unknown > 0) return 1;
  if (published.length > 0) return 0;
  return matches === 0 || posts === 0 ? nothingMatched : 1;
}

function invite(desk: OpenDesk, options: StartOptions, posts: number, progress: Progress): void {
  const seconds = Math.round(options.window / 1000);
  progress.say('');
  progress.say(`  The desk is open: ${desk.url}`);
  progress.say('');
  if (posts > 0) {
    const what = posts === 1 ? 'One post thinks' : `${posts} posts think`;
    progress.say(`  ${what} for ${seconds} s before people are asked. Click Approve,`);
    progress.say(`  and look at the outbox: ${desk.url}/outbox`);
  } else {
    progress.say('  Nothing new matched the profile; what was there before still is.');
  }
  progress.say('  Stop with Ctrl-C.');
}

function summary({ signals, trends, matches, posts, published, failed, unknown }: Outcome): string {
  const links = published.map(({ target, url }) => `  ${target}: ${url}`).join('\n');
  const counts = `${signals} signals, ${trends} trends, ${matches} matches, ${posts} posts, ${published.length} published, ${failed} failed, ${unknown} unknown`;
  return `${counts}\n${links}`;
}

function toldToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
