import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { fail } from '../errors.ts';
import type { Receipt } from '../store/record.ts';
import type { Attempt, Deadline, Found, Handle } from './outgoing.ts';

export const containerStatus = z.enum(['EXPIRED', 'ERROR', 'FINISHED', 'IN_PROGRESS', 'PUBLISHED']);

/** How a container stands; one that the network does not know any more counts as expired. */
export interface Container {
  status: z.infer<typeof containerStatus>;
  why?: string | undefined;
}

/** What a network that publishes in two steps (Instagram, Threads) can be asked to do with one part. */
export interface Containers {
  /** Name for people. */
  platform: string;
  /** Tells this part from others. */
  print: string;
  /** Prepares the part and gives the container's id; nobody sees anything yet. */
  create(deadline: Deadline): Promise<string>;
  status(container: string): Promise<Container>;
  /** Makes it visible; the id of the post, which is not always told. */
  publish(container: string, deadline: Deadline): Promise<string | undefined>;
  /** The receipt of a post whose id is known. */
  receipt(id: string): Promise<Receipt>;
  /** Looks for the part in the list of our own posts. */
  listed(): Promise<Receipt | undefined>;
  /** What helps when a container ended as ERROR for this reason. */
  remedy?(why: string): string | undefined;
}

/** The list of our own posts is a moment behind. */
const behind = [0, 500, 1500];

/**
 * Publishes one part by its container: goes on from the one that was kept, unless that has expired, failed, or holds
 * what has been edited since; and keeps a new one before anything acts on it.
 */
export async function publishContainer(
  handle: Handle | undefined,
  { deadline, keep }: Pick<Attempt, 'deadline' | 'keep'>,
  containers: Containers,
): Promise<Receipt> {
  const { platform } = containers;
  const kept = handle?.container;
  let state: Container | undefined = kept === undefined ? undefined : await containers.status(kept);
  if (state?.status === 'PUBLISHED') return published(containers);
  // The network forgets containers after a day, whatever became of them.
  const listed = state?.status === 'EXPIRED' ? await containers.listed() : undefined;
  if (listed) return listed;
  let container = kept;
  const { print } = containers;
  const isUsable = state?.status === 'FINISHED' || state?.status === 'IN_PROGRESS';
  if (container === undefined || !isUsable || handle?.print !== print) {
    container = await containers.create(deadline);
    await keep({ container, print });
    state = undefined;
  }
  await ready(container, state, deadline, containers);
  const id = await containers.publish(container, deadline);
  if (id !== undefined) return containers.receipt(id);
  const after = await containers.status(container);
  if (after.status === 'PUBLISHED') return published(containers);
  throw fail('DELIVERY_UNKNOWN', { platform, why: 'it answered without the id of the post' });
}

/**
 * What became of a part, by its container. Without one nothing was ever asked to be shown; the list is looked at all
 * the same, as what was kept may have been lost.
 */
export async function findContainer(
  handle: Handle | undefined,
  containers: Containers,
): Promise<Found> {
  const container = handle?.container;
  if (container === undefined) return (await containers.listed()) ?? 'absent';
  const { status } = await containers.status(container);
  // Also what expired may have been out: the network forgets containers after a day.
  const listed =
    status === 'PUBLISHED' || status === 'EXPIRED' ? await containers.listed() : undefined;
  return listed ?? (status === 'PUBLISHED' ? 'unknown' : 'absent');
}

/** Waits until a container may be used. Throws DELIVERY_REFUSED with the network's reason when it never will. */
export async function ready(
  container: string,
  known: Container | undefined,
  deadline: Deadline,
  { platform, status, remedy }: Pick<Containers, 'platform' | 'status' | 'remedy'>,
): Promise<void> {
  let state = known ?? (await status(container));
  for (let wait = 250; state.status === 'IN_PROGRESS'; wait = Math.min(wait * 2, 15_000)) {
    // Told of the end by the signal, so that a claim is not outlived asleep.
    await pause(wait, undefined, { signal: deadline.signal }).catch(() => undefined);
    deadline.check();
    state = await status(container);
  }
  if (state.status === 'FINISHED') return;
  const why = state.why ?? state.status;
  const help = remedy?.(why);
  const message = `it could not take the files: ${why}`;
  if (state.status === 'ERROR')
    throw fail('DELIVERY_REFUSED', {
      platform,
      status: 400,
      message,
      ...(help && { remedy: help }),
    });
  throw fail('DELIVERY_BUSY', { platform, status: 400, message: `the container is ${why}` });
}

async function published(containers: Containers): Promise<Receipt> {
  for (const wait of behind) {
    if (wait > 0) await pause(wait);
    const found = await containers.listed();
    if (found) return found;
  }
  const why = 'it says that it has published it, but does not list it';
  throw fail('DELIVERY_UNKNOWN', { platform: containers.platform, why });
}
