import { unless } from '../api.ts';
import * as rest from '../rest.ts';
import type { Visit } from '../visit.ts';
import { branchPath } from '../thread/actions.ts';

/** A place in the repository. */
export interface RefPath {
  ref: string;
  path: string;
}

/**
 * Splits `post/some-slug/content/a.md` into branch and path. Names of branches hold slashes, so the shortest beginning
 * that is a branch is taken; when none is, the first segment stands for a commit or a tag.
 */
export async function splitRef({ api }: Visit, address: string): Promise<RefPath> {
  const segments = address.split('/').filter((segment) => segment !== '');
  for (let length = 1; length <= Math.min(segments.length, 4); length += 1) {
    const ref = segments.slice(0, length).join('/');
    const found = await unless([404], api.get(branchPath(ref), rest.branch), undefined);
    if (found !== undefined) return { ref, path: segments.slice(length).join('/') };
  }
  return { ref: segments[0] ?? '', path: segments.slice(1).join('/') };
}
