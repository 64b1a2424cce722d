import { parseArgs } from 'node:util';
import type { Kind } from './kind.ts';

/**
 * `npm run eval -- KIND --flag FILE...`: prints one line per metric and, with `--json`, the metrics as an object in the last
 * line. Ends with 2 for wrong arguments. Without a kind it measures everything on the shared data and writes the table of
 * docs/trends.md anew.
 */
const kinds: Readonly<Record<string, () => Promise<{ kind: Kind }>>> = {
  'trends-daily': () => import('./trends-daily.ts'),
  'trends-hourly': () => import('./trends-hourly.ts'),
  relevance: () => import('./relevance.ts'),
  similarity: () => import('./similarity.ts'),
  sentiment: () => import('./sentiment.ts'),
  tokenise: () => import('./tokenise.ts'),
  parse: () => import('./parse.ts'),
  throughput: () => import('./throughput.ts'),
};

const [name, ...rest] = process.argv.slice(2);
if (name === undefined) {
  await (await import('./all.ts')).measureAll();
  process.exit();
}
const load = kinds[name];
if (load === undefined) {
  refuse(`No kind "${name}"; there are ${Object.keys(kinds).join(', ')}.`);
}
const { kind } = await load();
const measure = async () => kind.evaluate(argumentsOf(kind, rest));
const { metrics, lines = [] } = await measure().catch(unreadable);
for (const line of lines) console.log(line);
for (const [metric, value] of Object.entries(metrics)) console.log(`${metric} ${rounded(value)}`);
if (rest.includes('--json')) console.log(JSON.stringify(metrics));

function argumentsOf({ needs, may = [] }: Kind, args: readonly string[]): Record<string, string> {
  const options = Object.fromEntries(
    [...needs, ...may].map((flag) => [flag, { type: 'string' as const }]),
  );
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { ...options, json: { type: 'boolean' } },
    });
    const given: Partial<Record<string, string>> = Object.fromEntries(
      Object.entries(values).flatMap(([flag, value]) =>
        typeof value === 'string' ? [[flag, value]] : [],
      ),
    );
    const missing = needs.filter((flag) => given[flag] === undefined);
    if (missing.length === 0) return given as Record<string, string>;
    return refuse(`${name} needs ${missing.map((flag) => `--${flag}`).join(' and ')}.`);
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

/** A file that is not there or cannot be read is the caller's to mend. */
function unreadable(error: unknown): never {
  if (error instanceof Error && 'code' in error) refuse(error.message);
  throw error;
}

function refuse(why: string): never {
  console.error(why);
  process.exit(2);
}

function rounded(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(4);
}
