import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { parse } from 'yaml';
import type { Ranking } from '../../../lib/match/ranking/ranking.ts';
import { numbersOf } from '../../../lib/match/similarity/trees.ts';
import { profileSchema } from '../../../lib/store/profile.ts';
import { readPairs } from '../pairs.ts';
import { readScored } from '../sentences.ts';
import { fitChance, type Source } from './chance.ts';
import { clusterCases } from './clusters.ts';
import { disasterCases } from './disasters.ts';
import { fitRanking, toldBy } from './ranking.ts';
import { seenKeys } from './seen.ts';
import { fitSimilarity } from './similarity.ts';

const usage = `npm run fit -- ranking PAIRS PAIRS...
npm run fit -- similarity PAIRS
npm run fit -- chance POSTS PAIRS...`;

/**
 * `npm run fit -- ranking FILE FILE...` fits on all files and on all but each, so that there is a fit for each that never
 * saw it; `npm run fit -- similarity FILE` on all pairs; `npm run fit -- chance FILE FILE...`
 * on a judged archive of disasters and on files of pairs, after the ranking. All write what lib/match ships.
 */
const [what, ...files] = process.argv.slice(2);
const room = join(import.meta.dirname, '../../../lib/match');
if (what === 'ranking' && files.length > 1) await ranking();
else if (what === 'similarity' && files.length === 1) await similarity();
else if (what === 'chance' && files.length > 1) await chance();
else refuse();

async function ranking(): Promise<void> {
  const each = files.map((file) => {
    const { queries } = readPairs(file);
    return {
      name: nameOf(file),
      told: toldBy(queries.filter(({ relevant }) => relevant.includes(true))),
      queries: queries.map(({ query }) => query),
    };
  });
  const fits = [];
  for (const left of [undefined, ...each]) {
    const used = each.filter((one) => one !== left);
    const fitted = await fitRanking(used.flatMap(({ told }) => told));
    fits.push({
      fittedOn: used.map(({ name }) => name),
      ...fitted,
      seen: seenKeys(used.flatMap(({ queries }) => queries)),
    });
  }
  await write('ranking/fits.json', { fits });
}

async function chance(): Promise<void> {
  const [posts = '', ...pairs] = files;
  const profile = profileSchema.parse(
    parse(readFileSync(join(room, '../../profiles/world-news.yaml'), 'utf8')),
  );
  const { fits } = JSON.parse(readFileSync(join(room, 'ranking/fits.json'), 'utf8')) as {
    fits: readonly [Ranking, ...Ranking[]];
  };
  const weights = fits[0].lexical;
  const judged: Source[] = [
    // Its topics are as people write them; those made of queries only stand in for such.
    { name: nameOf(posts), cases: await disasterCases(posts, profile), weight: 8000 },
  ];
  for (const file of pairs) {
    const { queries } = readPairs(file);
    const cases = await clusterCases(queries, weights);
    judged.push({ name: nameOf(file), cases, weight: 1000 });
  }
  await write('calibration.json', fitChance(judged));
}

async function similarity(): Promise<void> {
  const { pairs } = readScored(files[0] ?? '');
  const { trees, product } = await fitSimilarity(pairs);
  const fitted = { fittedOn: files.map(nameOf), pairs: pairs.length, base: trees.base, product };
  await write('similarity/fit.json', { ...fitted, trees: trees.trees.map(numbersOf) });
}

async function write(name: string, fitted: unknown): Promise<void> {
  const path = join(room, name);
  const options = await resolveConfig(path);
  writeFileSync(path, await format(JSON.stringify(fitted), { ...options, parser: 'json' }));
}

function nameOf(file: string): string {
  return basename(file).replace(/\..*$/, '');
}

function refuse(): never {
  console.error(usage);
  process.exit(2);
}
