import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

export const top = resolve(import.meta.dirname, '../..');

/** Every file that is or would be committed, as paths from the top. */
export const files: readonly string[] = execFileSync(
  'git',
  ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
  { cwd: top, encoding: 'utf8' },
)
  .split('\0')
  .filter((path) => path !== '' && existsSync(join(top, path)))
  .sort();

/** The product's own code. */
export const code = files.filter((path) => /^(bot|jobs|lib|sandbox)\/.*\.ts$/.test(path));

/** With its tests. */
export const allCode = files.filter((path) => /^(bot|jobs|lib|sandbox|test)\/.*\.ts$/.test(path));

export const read = (path: string): string => readFileSync(join(top, path), 'utf8');

const parsed = new Map<string, ts.SourceFile>();

/** The syntax tree of a file, with parents. */
export function parse(path: string): ts.SourceFile {
  let tree = parsed.get(path);
  if (tree === undefined) {
    tree = ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest, true);
    parsed.set(path, tree);
  }
  return tree;
}

export interface Import {
  /** As written, e.g. `./a.ts`, `zod`, `node:fs`. */
  name: string;
  /** Path from the top when it is a file of ours. */
  path?: string;
  typeOnly: boolean;
  line: number;
}

/** Everything a file imports: static, re-exported, dynamic, and types. */
export function importsOf(path: string): readonly Import[] {
  const tree = parse(path);
  const found: Import[] = [];
  const add = (literal: ts.Node | undefined, typeOnly: boolean) => {
    if (literal === undefined || !ts.isStringLiteralLike(literal)) return;
    const name = literal.text;
    const line = tree.getLineAndCharacterOfPosition(literal.getStart()).line + 1;
    const own = name.startsWith('.') ? { path: resolved(path, name) } : {};
    found.push({ name, typeOnly, line, ...own });
  };
  walk(tree, (node) => {
    if (ts.isImportDeclaration(node))
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node.argument.literal, true);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false);
  });
  return found;
}

const resolved = (from: string, name: string) =>
  relative(top, resolve(top, dirname(from), name)).replaceAll('\\', '/');

/** Visits `node` and everything below it. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/** `path:line` of a node, for messages. */
export function where(path: string, node: ts.Node): string {
  return `${path}:${String(parse(path).getLineAndCharacterOfPosition(node.getStart()).line + 1)}`;
}
