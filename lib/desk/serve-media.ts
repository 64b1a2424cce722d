import { fitMedia } from '../draft/media/fit.ts';
import { mediaPathProblem } from '../draft/paths.ts';
import { platforms } from '../platforms/index.ts';
import type { Desk } from './context.ts';
import { isFetched } from './media.ts';
import { digestOf, readAddress } from './media-address.ts';

/** A file as a network is sent it. */
export interface Served {
  bytes: Uint8Array;
  type: string;
}

/**
 * What stands at an address that `mediaFor` gave out: `path` is what follows `/media/`, still encoded. Undefined for
 * everything else: an address that was not signed by us, is over, or whose file is not on the default branch with the
 * same bytes any more. Nothing is read before the signature is right.
 */
export async function serveMedia(
  desk: Desk,
  path: string,
  query: URLSearchParams,
): Promise<Served | undefined> {
  const wanted = readAddress(path, query, desk.clock.now(), desk.signer);
  if (!wanted || mediaPathProblem(wanted.file) !== undefined) return undefined;
  const { network, file, focus, digest } = wanted;
  const rules = Object.hasOwn(platforms, network) ? platforms[network]?.media : undefined;
  if (!rules || !isFetched(rules, file)) return undefined;
  const bytes = await desk.gitlab.readWhole(file, desk.project.defaultBranch);
  if (bytes === undefined) return undefined;
  const name = file.split('/').at(-1) ?? file;
  const fitted = await fitMedia({ bytes, alt: '', name, ...(focus && { focus }) }, rules);
  if (!('media' in fitted) || digestOf(fitted.media.bytes) !== digest) return undefined;
  return { bytes: fitted.media.bytes, type: fitted.media.type };
}
