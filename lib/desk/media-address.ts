import { createHash } from 'node:crypto';
import type { Focus } from '../draft/document.ts';
import type { Signer } from '../tokens/sign.ts';

/** What an address stands for: a file of the default branch as one network is sent it. */
export interface Addressed {
  network: string;
  /** Path in the content repo. */
  file: string;
  focus?: Focus;
  /** `digestOf` the bytes that were to be sent: others are served to nobody. */
  digest: string;
}

/** How long an address holds, ms: networks fetch within minutes, and ask again when they were busy. */
const lifetime = 6 * 3_600_000;

export const digestOf = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex').slice(0, 32);

/** `<base>/<digest>/<network>/<path>?until=…&key=…`: nobody can make one who does not hold the machine's token. */
export function addressOf(
  base: string,
  { network, file, focus, digest }: Addressed,
  now: number,
  signer: Signer,
): string {
  const until = Math.ceil((now + lifetime) / 1000);
  const query = new URLSearchParams({
    ...(focus && { focus: `${String(focus.x)},${String(focus.y)}` }),
    until: String(until),
  });
  const path = [digest, network, ...file.split('/')].map(encodeURIComponent).join('/');
  query.set('key', signer.sign(signed(path, query)));
  return `${base}/${path}?${query.toString()}`;
}

/** What an address that was signed by us and still holds stands for; `path` is what follows the base. */
export function readAddress(
  path: string,
  query: URLSearchParams,
  now: number,
  signer: Signer,
): Addressed | undefined {
  const until = Number(query.get('until') ?? NaN);
  if (!signer.isSigned(signed(path, query), query.get('key') ?? '')) return undefined;
  if (!(until * 1000 > now)) return undefined;
  const [digest = '', network = '', ...steps] = path.split('/').map(decodeURIComponent);
  const [x = NaN, y = NaN] = (query.get('focus') ?? '').split(',').map(Number);
  const focus = Number.isNaN(x) || Number.isNaN(y) ? {} : { focus: { x, y } };
  return { network, file: steps.join('/'), digest, ...focus };
}

/** Everything but the key itself, in one way to write it. */
const signed = (path: string, query: URLSearchParams): string =>
  JSON.stringify(['media', path, query.get('focus'), query.get('until')]);
