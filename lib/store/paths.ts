import { fail } from '../errors.ts';
import type { FileAction } from './files.ts';

/** Throws INTERNAL for a path that climbs out of the branch or into git's own folder. */
export function checkPath(path: string): void {
  const parts = path.split('/');
  const bad = parts.some(
    (part) => part === '' || part === '.' || part === '..' || /^\.git$/i.test(part),
  );
  if (bad || /[\\\0]/.test(path)) throw fail('INTERNAL', { why: `"${path}" is no path of a file` });
}

/** Throws INTERNAL for a commit that does nothing, names a file twice, or climbs out of the branch. */
export function checkActions(actions: readonly FileAction[]): void {
  for (const { path } of actions) checkPath(path);
  const paths = new Set(actions.map(({ path }) => path));
  if (paths.size === actions.length && paths.size > 0) return;
  throw fail('INTERNAL', { why: 'a commit needs at least one file and may name each only once' });
}

/** A commit message that tells pipelines to leave the state branch alone. */
export const stateMessage = (message: string, ...lines: readonly string[]) =>
  [message.trim(), '', ...lines, '[skip ci]'].join('\n');
