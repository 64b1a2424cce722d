import { createHash } from 'node:crypto';
import { z } from 'zod';
import { asPulseError, fail, isError } from '../errors.ts';
import type { Clock } from '../clock.ts';
import type { Handle, Part } from '../platforms/platform.ts';
import type { Delivery } from '../store/record.ts';
import type { Files } from '../store/files.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const time = z.number().int().nonnegative();

export const claimSchema = z.object({
  delivery: z.string(),
  attempt: z.number().int().positive(),
  /** Tells our claim from another's. */
  nonce: z.string().min(16),
  /** Who made it, for people. */
  holder: z.string(),
  at: time,
  /** No request of this attempt leaves after this. */
  expires: time,
  revision: z.number().int().positive(),
  /** Hash of that revision. */
  hash,
  /** What each part will be known by at the network. */
  handles: z.array(z.record(z.string(), z.string())),
  /** Hash of each part's words and media. */
  parts: z.array(hash),
});
/** The right to send one delivery once, until it expires. */
export type Claim = z.infer<typeof claimSchema>;

/** Id of the delivery of post `id` to `target`: a file name in which the last dot parts the two. */
export function deliveryId(post: string, target: string): string {
  if (!/^[\w.-]+$/.test(post) || !/^[\w-]+$/.test(target))
    throw fail('INTERNAL', { why: `"${post}" to "${target}" cannot name a file` });
  return `${post}.${target}`;
}

/** Where the claim for one attempt lies on the state branch. Attempts count from 1. */
export function claimPath(delivery: string, attempt: number): string {
  return `claims/${delivery}-${String(attempt)}.json`;
}

/** Every claim ever made on a delivery, first one first. Throws CLAIM_INVALID. */
export async function readClaims(files: Files, delivery: string): Promise<Claim[]> {
  const claims: Claim[] = [];
  for (;;) {
    const claim = await readClaim(files, delivery, claims.length + 1);
    if (!claim) return claims;
    claims.push(claim);
  }
}

/** Tries before a branch that will not hold still is given up for now. */
const tries = 5;

/**
 * Makes `claim` by creating its file, which only one can. `lost` when another has it. Throws what the store throws when
 * neither can be known; should the file have landed all the same, it runs out unused and the network is asked.
 */
export async function makeClaim(files: Files, claim: Claim, clock: Clock): Promise<'won' | 'lost'> {
  const path = claimPath(claim.delivery, claim.attempt);
  const content = `${JSON.stringify(claim, null, 2)}\n`;
  const message = `Claim ${claim.delivery}, attempt ${String(claim.attempt)}`;
  for (let n = 1; ; n += 1) {
    try {
      await files.commit([{ action: 'create', path, content }], message);
      return 'won';
    } catch (error) {
      const there = await readClaim(files, claim.delivery, claim.attempt);
      if (there) return there.nonce === claim.nonce ? 'won' : 'lost';
      const again = isError(error, 'STORE_CONFLICT') || asPulseError(error).retryable;
      if (!again || n === tries || clock.now() >= claim.expires) throw error;
      await clock.sleep(20 * 2 ** n);
    }
  }
}

/** What one part consists of, as a hash: words, bytes and description of each file, poll and link card. */
export function hashPart({ text, media, poll, link }: Part): string {
  const sum = createHash('sha256').update(JSON.stringify([text, media.length]));
  for (const { bytes, alt } of media) sum.update(JSON.stringify([alt, bytes.length])).update(bytes);
  // Nothing is added for what is not there: claims made before there were any still name the same part.
  if (poll) {
    const { options, duration, multiple = false } = poll;
    sum.update(JSON.stringify(['poll', options, duration, multiple]));
  }
  if (link) {
    const { url, title, description, image } = link;
    sum.update(JSON.stringify(['link', url, title, description, image?.bytes.length ?? 0]));
    if (image) sum.update(image.bytes);
  }
  return sum.digest('hex');
}

/** What each part is known by: as the claim chose it, with what was prepared at the network since. */
export function handlesOf(claim: Claim | undefined, { prepared = {} }: Delivery): Handle[] {
  return (claim?.handles ?? []).map((handle, part) => ({ ...handle, ...prepared[part] }));
}

async function readClaim(
  files: Files,
  delivery: string,
  attempt: number,
): Promise<Claim | undefined> {
  const path = claimPath(delivery, attempt);
  const content = await files.read(path);
  if (content === undefined) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch (error) {
    throw fail('CLAIM_INVALID', { path, problems: 'it is not JSON' }, error);
  }
  const parsed = claimSchema.safeParse(json);
  if (!parsed.success)
    throw fail('CLAIM_INVALID', { path, problems: z.prettifyError(parsed.error) }, parsed.error);
  if (parsed.data.delivery === delivery && parsed.data.attempt === attempt) return parsed.data;
  throw fail('CLAIM_INVALID', { path, problems: 'it names another delivery or attempt' });
}
