import { createHash } from 'node:crypto';
import { decode } from '../plain.ts';

/** Bytes of a fingerprint: among a hundred thousand texts, two with the same one are a matter of 1 in 50,000. */
export const size = 6;

/**
 * What a text says, whoever it names and links to: letters and digits alone, in lower case. Copies of one post differ in
 * just these (`@user` for a name, `http` for a link, spaces, quotes).
 */
export const essence = (text: string): string =>
  decode(text)
    .toLowerCase()
    .replace(/https?:?\S*|www\.\S+/g, '')
    .replace(/@\w+/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, '');

/** Names a text without saying it: hex of `size` bytes. */
export const fingerprint = (text: string): string =>
  createHash('sha256')
    .update(essence(text))
    .digest('hex')
    .slice(0, 2 * size);

/** Fingerprints as bytes, in order, for a file. */
export const pack = (prints: Iterable<string>): Uint8Array =>
  Buffer.from([...new Set(prints)].sort().join(''), 'hex');

export function unpack(bytes: Uint8Array): ReadonlySet<string> {
  const hex = Buffer.from(bytes).toString('hex');
  const prints = new Set<string>();
  for (let at = 0; at < hex.length; at += 2 * size) prints.add(hex.slice(at, at + 2 * size));
  return prints;
}
