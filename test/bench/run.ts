import { parseArgs } from 'node:util';
import { isFine, type Result, short } from './result.ts';

/**
 * Measures and prints a table; with `--json` an object. Names given as arguments choose among the benchmarks. Every
 * figure is a ratio of two things measured in the same run, so that a slow machine is slow for both.
 */
const benchmarks: Readonly<Record<string, () => Promise<{ bench: () => Promise<Result[]> }>>> = {
  webhooks: () => import('./webhooks.ts'),
  start: () => import('./start.ts'),
  sweep: () => import('./sweep.ts'),
  replay: () => import('./replay.ts'),
  crosspost: () => import('./crosspost.ts'),
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false } },
});
const unknown = positionals.filter((name) => !(name in benchmarks));
if (unknown.length > 0) {
  console.error(
    `No benchmark ${unknown.join(', ')}; there are ${Object.keys(benchmarks).join(', ')}.`,
  );
  process.exit(2);
}

const results: Result[] = [];
for (const [name, load] of Object.entries(benchmarks)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  console.error(`${name} ...`);
  results.push(...(await (await load()).bench()));
}

if (values.json) {
  const rows = results.map((result) => [result.name, { ...result, fine: isFine(result) }]);
  console.log(JSON.stringify(Object.fromEntries(rows), null, 2));
} else console.log(table(results));

function table(rows: readonly Result[]): string {
  const cells = rows.map((row) => [
    row.name,
    short(row.ratio),
    `${row.want ?? 'at least'} ${short(row.aim)}`,
    isFine(row) ? 'fine' : 'SHORT',
    row.details,
  ]);
  const all = [['', 'ratio', 'aim', '', 'measured'], ...cells];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]!.length)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
