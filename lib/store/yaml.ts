import {
  type Alias,
  type Document,
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  parseDocument,
  visit,
} from 'yaml';
import type { ZodType } from 'zod';
import type { Problem } from '../problem.ts';
import { explain } from './issues.ts';

export interface YamlFile<T> {
  /** What was read; absent when a problem is an error. */
  value?: T;
  /** The same before the schema looked at it; undefined when it is no YAML. */
  raw: unknown;
  problems: readonly Problem[];
  /** Line in the file of the key or item at `path`, or of the closest thing around it. */
  lineOf(path: readonly PropertyKey[]): number;
}

export interface YamlOptions {
  /** Path for the problems. */
  file: string;
  /** Line of the file that the first line of `text` is; 1 when absent. */
  firstLine?: number;
  /** Name of the rule that is broken, e.g. `profile`. */
  rule: string;
}

/**
 * Reads YAML 1.2 by a schema. Every problem is found at once: wrong syntax, a key given twice, unknown keys, wrong
 * types and values; each with its line, what stands there and what may stand there.
 */
export function readYaml<T>(
  text: string,
  schema: ZodType<T>,
  { file, firstLine = 1, rule }: YamlOptions,
): YamlFile<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
    logLevel: 'silent',
  });
  const lineAt = (offset: number) =>
    firstLine - 1 + Math.max(1, lines.linePos(Math.min(offset, text.trimEnd().length)).line);
  const lineOf = (path: readonly PropertyKey[]) => lineAt(offsetOf(document, path));
  const problem = (line: number, message: string, expected?: string): Problem => ({
    file,
    line,
    rule,
    severity: 'error',
    message,
    ...(expected === undefined ? {} : { expected }),
  });

  const syntax = document.errors.map((error) =>
    problem(lineAt(error.pos[0]), syntaxMessage(error.code, error.message)),
  );
  const { raw, failure } = plain(document);
  if (failure !== undefined) syntax.push(problem(lineAt(failure.offset), failure.message));
  if (syntax.some(() => raw === undefined)) return { raw, problems: syntax, lineOf };

  const result = schema.safeParse(raw);
  const found = (result.error?.issues ?? []).flatMap((issue) =>
    explain(issue, schema, raw).map(({ path, message, expected }) =>
      problem(lineOf(path), message, expected),
    ),
  );
  const problems = [...syntax, ...found].sort((a, b) => a.line - b.line);
  return {
    raw,
    problems,
    lineOf,
    ...(result.success && problems.length === 0 ? { value: result.data } : {}),
  };
}

/** Where the key at `path` begins, or the item; of the deepest part of the path that is there. */
export function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(
        ({ key }) => isScalar(key) && String(key.value) === String(step),
      );
      if (!isPair(pair)) return offset;
      if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else {
      node = document.getIn([...path.slice(0, path.indexOf(step) + 1)], true);
      if (!isNode(node)) return offset;
      offset = node.range?.[0] ?? offset;
    }
  }
  return offset;
}

interface Plain {
  raw: unknown;
  failure?: { message: string; offset: number };
}

/** The document as data. Fails on aliases that stand for nothing, for themselves, or for more than memory holds. */
function plain(document: Document): Plain {
  try {
    const raw = document.toJS({ maxAliasCount: 100 }) as unknown;
    // Throws when something holds itself.
    JSON.stringify(raw);
    return { raw };
  } catch (error) {
    const aliases: Alias[] = [];
    visit(document, { Alias: (_key, alias) => void aliases.push(alias) });
    const lost = aliases.find((alias) => alias.resolve(document) === undefined);
    const message = lost
      ? `*${lost.source} stands for nothing: there is no &${lost.source} above`
      : `the aliases cannot be used: ${firstLine(error)}`;
    return { raw: undefined, failure: { message, offset: (lost ?? aliases[0])?.range?.[0] ?? 0 } };
  }
}

const firstLine = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';

function syntaxMessage(code: string, message: string): string {
  if (code === 'DUPLICATE_KEY') return 'this key is given twice';
  if (code === 'TAB_AS_INDENT') return 'a tab stands where YAML wants spaces';
  return `this is not YAML: ${message.replace(/\s+/g, ' ').replace(/\.$/, '')}`;
}
