import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { code, importsOf, parse, walk, where } from './source.ts';

/** Parts that must say the same whenever and wherever they are asked. */
const pure: readonly RegExp[] = [
  /^lib\/(duration|problem|redact)\.ts$/,
  /^lib\/(trend|match|draft|review)\//,
  /^lib\/publish\/(delivery|due|slot|deadline)\.ts$/,
  /^lib\/desk\/(rules\/|decide\.ts|state\.ts|setup\/requirements\/|setup\/table\.ts)/,
  /^lib\/gitlab\/(neutral|shapes|objects|answers|webhook|hook-event)\.ts$/,
  /^lib\/store\/(record|profile|yaml|nearest|issues|paths)\.ts$/,
  /^lib\/ingest\/(lines|post|fingerprint|signal|cursors|memory|once)\.ts$/,
  /^lib\/ingest\/(near|marks)\//,
  /^lib\/models\/sentiment\/(?!sentiment|train\/)/,
  /^lib\/ingest\/payloads\//,
  /^lib\/platforms\/(graphemes\.ts|dates\.ts|markup(-\w+)?\.ts|[^/]+\/(measure|facets|tid|compose|parse|read-post|read-frame)\.ts)/,
  /^bot\/(route|seen|verify)\.ts$/,
];

/** Impure names of the language and of Node, written as in code. */
const impure = [
  'fetch',
  'setTimeout',
  'setInterval',
  'performance',
  'Date.now',
  'Math.random',
  'crypto',
  'process',
  'console',
];
const impureModules = /^(node:(?!crypto$|path$|util$)|simple-git|@gitbeaker|lowdb|pino)/;

const chance = ['getRandomValues', 'randomUUID', 'randomBytes'];

/** Uses of what only `lib/clock.ts` may give: the time and chance. */
function timeAndChance(path: string): readonly string[] {
  const found: string[] = [];
  walk(parse(path), (node) => {
    const named = ts.isIdentifier(node) && chance.includes(node.text);
    const now = ts.isNewExpression(node) && node.expression.getText() === 'Date';
    const asked =
      (ts.isPropertyAccessExpression(node) && /^(Date\.now|Math\.random)$/.test(node.getText())) ||
      (now && (node.arguments ?? []).length === 0);
    if (named || asked) found.push(`${where(path, node)}: ${node.getText()}`);
  });
  return found;
}

/** Uses of globals that reach outside. A property or parameter of the same name is another thing. */
function outside(path: string): readonly string[] {
  const found: string[] = [];
  walk(parse(path), (node) => {
    if (!ts.isIdentifier(node) || !impure.includes(node.text)) return;
    const { parent } = node;
    const own = ts.isPropertyAccessExpression(parent) && parent.name === node;
    const declared = 'name' in parent && parent.name === node;
    if (!own && !declared && !ts.isTypeNode(parent))
      found.push(`${where(path, node)}: ${node.text}`);
  });
  return found;
}

describe('purity', () => {
  it.each(pure)('%s reaches for nothing outside of its arguments', (pattern) => {
    const chosen = code.filter((path) => pattern.test(path));
    expect(chosen.length).toBeGreaterThan(0);
    const wrong = chosen.flatMap((path) => [
      ...outside(path),
      ...timeAndChance(path),
      ...importsOf(path).flatMap((each) =>
        impureModules.test(each.name) && !each.typeOnly ? [`${path}: ${each.name}`] : [],
      ),
    ]);
    expect(wrong).toEqual([]);
  });

  it('time and chance come from lib/clock.ts alone', () => {
    const own = code.filter((path) => /^(bot|jobs|lib)\//.test(path) && path !== 'lib/clock.ts');
    expect(own.flatMap(timeAndChance)).toEqual([]);
    expect(timeAndChance('lib/clock.ts').length).toBeGreaterThan(0);
  });

  it('only lib/config.ts reads the environment', () => {
    expect(code.filter(readsEnvironment)).toEqual(['lib/config.ts']);
  });
});

/** `process.env`, `process['env']`, `const { env } = process`, or anything of `node:process`. */
function readsEnvironment(path: string): boolean {
  let reads = importsOf(path).some((each) => /^(node:)?process$/.test(each.name));
  walk(parse(path), (node) => {
    if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node))
      reads ||= /\bprocess\??\s*(\.|\[['"])\s*env\b/.test(node.getText());
    if (ts.isVariableDeclaration(node)) reads ||= node.initializer?.getText() === 'process';
  });
  return reads;
}
