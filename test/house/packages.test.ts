import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allCode, code, files, importsOf, read, top } from './source.ts';

interface Manifest {
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}
const manifest = JSON.parse(read('package.json')) as Manifest;

/** `@scope/name` or `name` of an import; undefined for files of ours and of Node. */
function packageOf(name: string): string | undefined {
  if (/^(\.|node:)/.test(name)) return undefined;
  return /^(@[^/]+\/[^/]+|[^/]+)/.exec(name)?.[0];
}

function importedBy(paths: readonly string[]): Set<string> {
  const named = paths.flatMap((path) => importsOf(path).map((each) => packageOf(each.name)));
  return new Set(named.filter((name) => name !== undefined));
}

describe('packages', () => {
  it('the product needs are imported by it', () => {
    const used = importedBy(code);
    expect(Object.keys(manifest.dependencies).filter((name) => !used.has(name))).toEqual([]);
  });

  it('the product imports are among its dependencies', () => {
    const types = code.flatMap((path) => importsOf(path).filter((each) => each.typeOnly));
    const allowed = new Set([
      ...Object.keys(manifest.dependencies),
      ...types.flatMap((each) => packageOf(each.name) ?? []),
    ]);
    expect([...importedBy(code)].filter((name) => !allowed.has(name))).toEqual([]);
  });

  it('of the developer are imported, or called by name', () => {
    const used = importedBy([...allCode, ...files.filter((path) => /^[^/]+\.(ts|js)$/.test(path))]);
    const called = [...Object.values(manifest.scripts), ...allCode.map(read)].join('\n');
    const unused = Object.keys(manifest.devDependencies).filter(
      (name) =>
        !used.has(name) &&
        !name.startsWith('@types/') &&
        !binariesOf(name).some((bin) => new RegExp(`\\b${bin}\\b`).test(called)) &&
        // Read by vitest when it measures what the tests reach.
        name !== '@vitest/coverage-v8',
    );
    expect(unused).toEqual([]);
  });
});

function binariesOf(name: string): readonly string[] {
  const text = readFileSync(join(top, 'node_modules', name, 'package.json'), 'utf8');
  const { bin } = JSON.parse(text) as { bin?: string | Record<string, string> };
  if (bin === undefined) return [];
  return typeof bin === 'string' ? [name.replace(/^@[^/]+\//, '')] : Object.keys(bin);
}

describe('what the pages tell people to type', () => {
  const pages = files.filter((path) => path.endsWith('.md'));

  it('are scripts of package.json', () => {
    const builtin = ['ci', 'install', 'i', 'run'];
    const wrong = pages.flatMap((path) =>
      [...read(path).matchAll(/\bnpm (?:run )?([a-z][a-z:-]*)/g)]
        .map((found) => found[1]!)
        .filter((name) => !builtin.includes(name) && !(name in manifest.scripts))
        .map((name) => `${path}: npm ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it('are programs and pages that exist', () => {
    const wrong = pages.flatMap((path) => {
      const programs = [...read(path).matchAll(/\bnode ([\w/.-]+\.ts)/g)].map((found) => found[1]!);
      const links = [...read(path).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)];
      return [
        ...programs.filter((name) => !existsSync(join(top, name))),
        ...links.map((found) => found[1]!).filter((to) => !existsSync(join(top, path, '..', to))),
      ].map((missing) => `${path}: ${missing}`);
    });
    expect(wrong).toEqual([]);
  });
});
