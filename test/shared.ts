import { existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { TestRunner } from 'vitest';

/** Whether a thing that is missing is a failure and not a reason to skip. */
export const inCI = process.env.CI === 'true';

const root = resolve(import.meta.dirname, '..', process.env.SOCIALPULSE_SHARED ?? '../shared');

/** Path of a file or folder of the test data kept beside the repository (`SOCIALPULSE_SHARED`). */
export const sharedPath = (path = '') => join(root, path);

/** For `describe.skipIf(!hasShared('data/x'))`: whether it is there. Throws in CI when it is not. */
export function hasShared(path = ''): boolean {
  return present(existsSync(sharedPath(path)), why(path));
}

/**
 * Path of the test data `path`, e.g. `data/trends/crisislex_t6.ndjson.gz`. Called within a test it skips that test
 * with the reason when the data is missing, or fails it in CI. Outside of a test it is the path alone.
 */
export function shared(path = ''): string {
  need(existsSync(sharedPath(path)), why(path));
  return sharedPath(path);
}

/** Skips the running test with `reason` unless `there`; fails it in CI. Does nothing outside of a test. */
export function need(there: boolean, reason: string): void {
  const test = TestRunner.getCurrentTest();
  if (test !== undefined && !present(there, reason)) test.context.skip(reason);
}

/** Path of a program such as `rsync` or `chromium`, or undefined. */
export function findProgram(...names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}

/** Path of a program; skips the running test when the machine lacks it, fails it in CI. */
export function program(...names: readonly string[]): string {
  const found = findProgram(...names);
  need(found !== undefined, `needs ${names.join(' or ')} on this machine`);
  return found ?? names[0] ?? '';
}

const why = (path: string) => `needs the test data ${path}; SOCIALPULSE_SHARED says where it lies`;

function present(there: boolean, reason: string): boolean {
  if (!there && inCI) throw new Error(`In CI nothing may be skipped: ${reason}.`);
  return there;
}
