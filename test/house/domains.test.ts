import ts from 'typescript';
import { expect, it } from 'vitest';
import { formsOf } from '../../lib/store/domain-words.ts';
import { domainNamed, parseDomain } from '../../lib/store/domains.ts';
import { code, files, parse, read, walk, where } from './source.ts';

const packs = files.filter((path) => domainNamed(path) !== undefined);

it('no code of the product knows a field: what it knows stands in packs', () => {
  const domains = packs.flatMap((path) => parseDomain(read(path), path).domain ?? []);
  const plain = domains
    .flatMap(({ name, entities }) => [name, ...entities.flatMap(formsOf)])
    .filter((form) => /^[\p{L}\p{N} ]{3,}$/u.test(form));
  const named = new RegExp(`(?<![\\p{L}\\p{N}_])(${plain.join('|')})(?![\\p{L}\\p{N}_])`, 'iu');
  expect(named.test('price of Bitcoin')).toBe(true);
  const found = code
    .filter((path) => path.startsWith('lib/'))
    .flatMap((path) => {
      const places: string[] = [];
      walk(parse(path), (node) => {
        // The global and the module of Node have the same name as a field.
        const text = ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node);
        if (text && node.text !== 'node:crypto' && named.test(node.text))
          places.push(`${where(path, node)}: ${node.text.slice(0, 60)}`);
      });
      return places;
    });
  expect(found).toEqual([]);
});
