import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { formatProblem, type Problem } from '../../../problem.ts';
import { bundledEmbedder } from '../../embeddings.ts';
import { loadLexicon } from '../lexicon.ts';
import { plainText } from '../plain.ts';
import { pack } from '../weights.ts';
import { keptVectors } from './embed.ts';
import * as prints from './fingerprint.ts';
import { heldOut, trainedOnFile, weightsFile } from './files.ts';
import { type Labelled, readLabelled, readLines, unescape } from './labelled.ts';
import { learn } from './learn.ts';

const usage = `npm run train -- --tsv FILE... [--out FILE] [--without FILE...] [--test SPLIT] [--vectors FILE]

Trains the sentiment model: the same files give the same bytes.
  --tsv FILE      id, split, label and text a line, tabs between, plain or .gz; may come several times
  --out FILE      the weights; lib/models/sentiment/weights.bin when absent
  --without FILE  texts, one a line, that must not be learned from, beside those whose fingerprints are in held-out.bin
  --test SPLIT    a part that is kept for testing; twitter-2016test-A when absent
  --vectors FILE  keeps embeddings between runs
`;

const { values } = parseArgs({
  options: {
    tsv: { type: 'string', multiple: true, default: [] },
    without: { type: 'string', multiple: true, default: [] },
    out: { type: 'string' },
    test: { type: 'string', default: 'twitter-2016test-A' },
    vectors: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
});
if (values.help === true || values.tsv.length === 0) {
  process.stdout.write(usage);
  process.exitCode = values.help === true ? 0 : 2;
} else await run();

async function run() {
  const read = values.tsv.map(readLabelled);
  tellProblems(read.flatMap(({ problems }) => problems));
  const all = read.flatMap(({ texts }) => texts);
  const kept = await keptFrom(all);
  const splits = [...new Set(kept.map(({ split }) => split))].sort();
  tell(
    `${String(kept.length)} of ${String(all.length)} texts are learned from: ${splits.join(', ')}`,
  );
  const embedder = keptVectors(await bundledEmbedder(), values.vectors, tell);
  const vectors = await embedder.embed(kept.map(({ text }) => plainText(text)));
  const about = { splits, texts: kept.length, embedder: embedder.name };
  const weights = learn(kept, vectors, await loadLexicon(), about, tell);
  const out = values.out ?? weightsFile;
  await writeFile(out, pack(weights));
  const trainedOn = values.out === undefined ? trainedOnFile : `${out}.trained-on`;
  await writeFile(trainedOn, prints.pack(kept.map(({ text }) => prints.fingerprint(text))));
  tell(`wrote ${join(out)} and ${trainedOn}`);
}

/** Each text once, without any that is kept for testing. */
async function keptFrom(all: readonly Labelled[]): Promise<readonly Labelled[]> {
  const taken = new Set([
    ...(await heldOut()),
    ...values.without.flatMap((file) => readLines(file).map(unescape)).map(prints.fingerprint),
    ...all.filter(({ split }) => split === values.test).map(({ text }) => prints.fingerprint(text)),
  ]);
  return all.filter(({ text }) => {
    const print = prints.fingerprint(text);
    if (taken.has(print)) return false;
    taken.add(print);
    return true;
  });
}

function tellProblems(problems: readonly Problem[]) {
  for (const problem of problems.slice(0, 10)) tell(formatProblem(problem));
  if (problems.length > 10) tell(`${String(problems.length - 10)} more lines were left out`);
}

function tell(what: string) {
  process.stderr.write(`${what}\n`);
}
