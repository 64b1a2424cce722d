import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unpack } from './fingerprint.ts';

const room = join(import.meta.dirname, '..');

/** What was learned, and fingerprints of what it was learned from. */
export const weightsFile = join(room, 'weights.bin');
export const trainedOnFile = join(room, 'train', 'trained-on.bin');
/** Fingerprints of texts that others measure with (the validation part of TweetEval's sentiment task). */
export const heldOutFile = join(room, 'train', 'held-out.bin');

export const heldOut = async (): Promise<ReadonlySet<string>> =>
  unpack(await readFile(heldOutFile));

/** Fingerprints of the texts that the shipped weights were learned from. */
export const trainedOn = async (): Promise<ReadonlySet<string>> =>
  unpack(await readFile(trainedOnFile));
