import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { platforms } from '../../lib/platforms/index.ts';
import { allCode, code, files, read, top } from './source.ts';

const lines = (path: string) => read(path).split('\n').length - 1;

describe('files', () => {
  it('are readable in one sitting: none above 250 lines', () => {
    expect(allCode.filter((path) => lines(path) > 250).map((p) => [p, lines(p)])).toEqual([]);
  });

  it('are small: half of them under 80 lines', () => {
    const small = allCode.filter((path) => lines(path) < 80).length;
    expect(small / allCode.length).toBeGreaterThanOrEqual(0.5);
  });

  it('and folders say what they hold', () => {
    const vague = /(^|\/)(utils?|helpers?|common|misc|shared-code|stuff)(\/|\.[a-z]+$)/;
    expect(files.filter((path) => vague.test(path))).toEqual([]);
    expect(vague.test('lib/utils/a.ts') && vague.test('test/helpers.ts')).toBe(true);
  });

  it('of the platforms are the registry', () => {
    const folders = readdirSync(join(top, 'lib/platforms'), { withFileTypes: true })
      .filter((each) => each.isDirectory())
      .map((each) => each.name);
    expect(Object.keys(platforms).sort()).toEqual(folders.sort());
    for (const [name, platform] of Object.entries(platforms)) expect(platform.name).toBe(name);
  });

  it('use no syntax that needs a build', () => {
    expect(files.filter((path) => /\.(tsx|jsx|mts|cts)$/.test(path))).toEqual([]);
  });

  it('of the product import no mocks, and no test mocks a module of ours', () => {
    const mocks = allCode.filter((path) => /\bvi\s*\.\s*(do)?[mM]ock\s*\(/.test(read(path)));
    expect(mocks.filter((path) => path !== 'test/house/files.test.ts')).toEqual([]);
  });

  it('hold no path of a machine and no address of a package registry', () => {
    const text = files.filter(
      (path) => !/\.(gz|png|jpe?g|ico|woff2?)$|^package-lock\.json$/.test(path),
    );
    const folders = ['work', 'home', 'root', 'Users', 'tmp'].join('|');
    const machine = new RegExp(`(?<![\\w.}*)-])/(${folders})/[\\w.]`);
    const lines = text.flatMap((path) =>
      read(path)
        .split('\n')
        .filter((line) => machine.test(line))
        .map((line) => `${path}: ${line.trim()}`),
    );
    expect(lines).toEqual([]);
    expect(machine.test(['cd ', 'work', 'main'].join('/'))).toBe(true);
    expect(machine.test(`from './work/a.ts'`)).toBe(false);
    const hosts = [...read('package-lock.json').matchAll(/"resolved": "https?:\/\/([^/]+)/g)];
    expect(hosts.filter((each) => each[1] !== 'registry.npmjs.org')).toEqual([]);
  });

  it('of the product are enough to judge by', () => {
    expect(code.length).toBeGreaterThan(20);
  });
});
