import { describe, expect, it } from 'vitest';
import { catalogue } from '../../lib/catalogue.ts';
import { platforms } from '../../lib/platforms/index.ts';
import { variables } from '../../lib/variables.ts';
import { documents, variablesOf } from './documents.ts';
import { code, files, read } from './source.ts';

describe('pages made from the code', () => {
  it.each(Object.entries(documents))(
    '%s is current; `npm run docs` makes it',
    async (path, page) => {
      expect(read(path)).toBe(await page());
    },
  );

  it('docs/configuration.md lists exactly the variables that are read', () => {
    const listed = [...read('docs/configuration.md').matchAll(/^\| `([A-Z][A-Z0-9_]+)` \|/gm)];
    const read_ = [
      ...Object.keys(variables),
      ...Object.values(platforms).flatMap(variablesOf),
      ...new Set(read('.gitlab-ci.yml').match(/\bPULSE_(JOB|INPUT)\b/g)),
    ];
    expect(listed.map((found) => found[1]).sort()).toEqual(read_.sort());
  });
});

describe('the catalogue of errors', () => {
  it('holds only what can happen', () => {
    const text = code
      .filter((path) => path !== 'lib/errors.ts')
      .map(read)
      .join('\n');
    // INTERNAL is what anything unforeseen becomes; `asPulseError` makes it.
    const unused = Object.keys(catalogue).filter(
      (name) => name !== 'INTERNAL' && !new RegExp(`'${name}'`).test(text),
    );
    expect(unused).toEqual([]);
  });

  it('says what happened and what to do, in whole sentences', () => {
    const details = new Proxy({}, { get: (_, name) => String(name) });
    for (const [name, entry] of Object.entries(catalogue)) {
      const what = (entry.what as (d: object) => string)(details);
      const remedy = (entry.remedy as (d: object) => string)(details);
      expect([name, what]).toEqual([name, expect.stringMatching(/^\S.*(\.|problems)$/s)]);
      expect([name, remedy]).toEqual([name, expect.stringMatching(/^\S.*\.$/s)]);
    }
  });
});

describe('decisions', () => {
  it('are all in the index, one page each', () => {
    const pages = files.filter((path) => /^docs\/decisions\/(?!README)[^/]+\.md$/.test(path));
    const index = read('docs/decisions/README.md');
    expect(pages.length).toBeGreaterThan(3);
    for (const path of pages) {
      expect(index).toContain(`(${path.replace('docs/decisions/', '')})`);
      expect(read(path)).toMatch(/^# \S.*\n/);
    }
  });
});
