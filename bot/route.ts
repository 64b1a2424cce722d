import type { Hint } from '../lib/desk/locate.ts';
import { stateBranch } from '../lib/desk/protection.ts';
import type { HookEvent } from '../lib/gitlab/hook-event.ts';

/** What a webhook asks for: a look at one thing, or nothing, with the reason. */
export type Routed =
  | { hint: Hint }
  | {
      ignored: string;
      /** A job of ours opened a merge request: its think window is to be known. */
      opened?: true;
      /** Something people should read in the log. */
      warning?: string;
    };

/** Who we are; events are judged by these ids. */
export interface Self {
  machine: number;
  project: number;
}

/**
 * Turns an event into where to look; never into what to do. Pure. Our own account's events are left out, or every step
 * of ours would ask for another look; a pipeline's are kept, whoever started it, because a merge may wait for its end.
 */
export function route(event: HookEvent, self: Self): Routed {
  if (event.kind === 'other') {
    const expiring = event.name === 'Resource Access Token Hook';
    const warning = 'an access token of this project expires soon; rotate it';
    return { ignored: `nothing to look at: ${event.name}`, ...(expiring && { warning }) };
  }
  if (event.project !== self.project) return { ignored: 'another project' };
  const hint = hintOf(event);
  if (hint === undefined) return { ignored: `nothing to look at: ${event.kind}` };
  if (event.user !== self.machine || event.kind === 'pipeline') return { hint };
  const opened = event.kind === 'merge_request' && event.action === 'open';
  return { ignored: 'our own event', ...(opened && { opened }) };
}

/** Where to look; nowhere for an emoji, a pipeline that still runs, and the machine's own branch. */
function hintOf(event: Exclude<HookEvent, { kind: 'other' }>): Hint | undefined {
  switch (event.kind) {
    case 'note':
      return event.thread.on === 'issue'
        ? { issue: event.thread.iid }
        : { mergeRequest: event.thread.iid };
    case 'issue':
      return { issue: event.iid };
    case 'merge_request':
      return { mergeRequest: event.iid };
    case 'pipeline':
      return ['success', 'failed', 'canceled', 'skipped'].includes(event.status)
        ? { mergeRequest: event.iid }
        : undefined;
    case 'push':
      return event.branch === stateBranch ? undefined : { branch: event.branch };
    case 'emoji':
      return undefined;
  }
}

/** Hints with the same key are about the same thing. */
export const keyOf = (hint: Hint): string => Object.entries(hint).join();
