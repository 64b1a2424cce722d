import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { asPulseError } from '../../errors.ts';
import { isMalformed } from '../../ingest/archive.ts';
import type { Signal } from '../../ingest/signal.ts';
import { defaultWindow, readWindow } from '../../ingest/window.ts';
import type { KeyAccount } from '../../trend/account.ts';
import { createDetector } from '../../trend/detector.ts';
import { createFollower } from '../../trend/follow.ts';
import { createTallies, type HourTally, mergeHours } from '../../trend/sketch/tallies.ts';
import type { Canonical } from '../../trend/story/spelling.ts';
import type { Trend } from '../../trend/trend.ts';
import { readKnown, writeKnown } from '../known.ts';
import { readSketch } from '../sketches.ts';
import { sketchFolder, windowFolder } from './folders.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** A day is counted anew until so long after its end, ms: posts come late, and its trends may still last. */
const late = day;

export interface Counting {
  /** Where what is usual is kept. */
  known: string;
  /** Cache folders that ingest wrote into, its shards' included. */
  caches: readonly string[];
  /** ms UTC. */
  now: number;
  warn: (error: Error) => void;
  /** Which terms are names of one thing. */
  canonical?: Canonical;
}

export interface Counted {
  /** As they stood at their peak, strongest first. */
  trends: Trend[];
  accounts: readonly KeyAccount[];
}

/**
 * Joins what the shards of ingest counted, hour by hour, to what is usual, and judges every hour at its end. What is usual
 * is kept up to the last day that is over; later hours are counted again by the next run, because posts come late.
 */
export async function countTrends(counting: Counting): Promise<Counted> {
  const { known: path, caches, now, warn, canonical } = counting;
  const known = await readKnown(path, warn);
  const detector = createDetector(canonical && { canonical }, known);
  const follower = createFollower(detector);
  const from = known?.until ?? 0;
  const until = Math.floor((now - late) / day) * day;
  const hours = (await readHours(caches, now, warn)).filter((each) => each.hour >= from);
  const posts = heldPosts(caches, now)[Symbol.asyncIterator]();
  let post = await posts.next();
  let isKept = until <= from;
  const keep = async () => {
    follower.reach(until);
    detector.advance(until);
    await writeKnown(path, { ...detector.known(), until });
    isKept = true;
  };
  for (const [start, tallies] of Map.groupBy(hours.toSorted(byHour), (each) => each.hour)) {
    if (!isKept && start >= until) await keep();
    for (const tally of tallies) follower.addTally(tally);
    for (; !post.done && post.value.at < start + hour; post = await posts.next())
      detector.hold(post.value);
  }
  if (!isKept && hours.length > 0) await keep();
  return { trends: follower.finish(now), accounts: detector.accounts() };
}

/** Posts of the windows, each once, in the order of their time; those of the future as of now. */
async function* heldPosts(caches: readonly string[], now: number): AsyncGenerator<Signal> {
  const ids = new Set<string>();
  for await (const item of readWindow(caches.map(windowFolder), now)) {
    if (isMalformed(item) || ids.has(item.id)) continue;
    ids.add(item.id);
    yield item.at > now ? { ...item, at: now } : item;
  }
}

/**
 * All hours of all sketches, joined. A sketch that cannot be read is named and left out; sketches older than the window are
 * removed. Where there are posts and no sketch at all, as from before there were any, the posts are counted.
 */
async function readHours(
  caches: readonly string[],
  now: number,
  warn: (error: Error) => void,
): Promise<readonly HourTally[]> {
  const shards: (readonly HourTally[])[] = [];
  for (const folder of caches.map(sketchFolder))
    for (const name of await listFolder(folder)) {
      const path = join(folder, name);
      const written = Number(/^(\d+)\./.exec(name)?.[1] ?? now);
      if (written < now - defaultWindow) await rm(path, { force: true });
      else
        await readSketch(path).then(
          (hours) => shards.push(hours),
          (error: unknown) => {
            warn(asPulseError(error));
          },
        );
    }
  if (shards.length > 0) return mergeHours(shards).filter((each) => each.hour <= now);
  const tallies = createTallies();
  for await (const post of heldPosts(caches, now)) tallies.add(post);
  return tallies.list();
}

async function listFolder(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.ndjson.gz')).sort();
  } catch {
    return [];
  }
}

const byHour = (a: HourTally, b: HourTally) =>
  a.hour - b.hour || (a.network < b.network ? -1 : a.network > b.network ? 1 : 0);
