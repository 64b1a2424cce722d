import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { enableCompileCache } from 'node:module';
import { join, relative, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../lib/clock.ts';

enableCompileCache();

const usage = `node jobs/check.ts [--since COMMIT] [--report FOLDER] [FOLDER]

Checks profiles, prompts and posts in a working tree (this one when FOLDER is absent).
  --since COMMIT   only posts that differ from where they branched off COMMIT; all when it is empty
  --report FOLDER  also writes codequality.json and junit.xml there
Exit status: 0 no errors, 1 errors, 2 it could not be run.
`;

try {
  const { values, positionals } = parseArgs({
    options: {
      since: { type: 'string', default: '' },
      report: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
    allowPositionals: true,
  });
  if (values.help === true) process.stdout.write(usage);
  else await check(resolve(positionals[0] ?? '.'), values);
} catch (error) {
  const { formatError } = await import('../lib/log.ts');
  process.stderr.write(`${formatError(error)}\n`);
  process.exitCode = 2;
}

async function check(root: string, { since, report }: { since: string; report?: string }) {
  const { platforms } = await import('../lib/platforms/index.ts');
  const { checkTree } = await import('../lib/draft/tree.ts');
  const { formatProblem } = await import('../lib/problem.ts');
  const entries = (await Promise.all(['content', 'profiles', 'prompts'].map(list))).flat();
  const paths = (wanted: 'isFile' | 'isSymbolicLink') =>
    entries
      .filter((entry) => entry[wanted]())
      .map(({ parentPath, name }) => relative(root, join(parentPath, name)).split(sep).join('/'))
      .sort();
  const changed = since === '' ? undefined : await changedSince(root, since);
  const { files, problems } = await checkTree(
    {
      files: paths('isFile'),
      links: paths('isSymbolicLink'),
      read: (path) => readFile(join(root, path), 'utf8'),
      readBytes: (path) => readFile(join(root, path)),
    },
    {
      platforms,
      now: systemClock.now(),
      ...(changed && { concerns: (path: string) => changed.has(path) }),
    },
  );
  for (const problem of problems) console.log(formatProblem(problem));
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  console.log(
    `${String(files.length)} files checked: ${String(errors)} errors, ${String(warnings)} warnings.`,
  );
  if (report !== undefined) {
    const { codeQuality, junit } = await import('../lib/draft/report.ts');
    await mkdir(report, { recursive: true });
    await writeFile(join(report, 'codequality.json'), codeQuality(problems));
    await writeFile(join(report, 'junit.xml'), junit(files, problems));
  }
  if (errors > 0) process.exitCode = 1;

  async function list(folder: string) {
    // Links are listed and never followed.
    return readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(() => []);
  }
}

/** What differs from where `since` and HEAD parted, in commits or not yet in one. */
async function changedSince(root: string, since: string): Promise<ReadonlySet<string>> {
  const { simpleGit } = await import('simple-git');
  const git = simpleGit(root);
  const base = (await git.raw(['merge-base', since, 'HEAD'])).trim();
  const outputs = await Promise.all([
    git.raw(['diff', '--name-only', '--no-renames', '-z', '--relative', base]),
    git.raw(['ls-files', '--others', '--exclude-standard', '-z']),
  ]);
  return new Set(outputs.flatMap((output) => output.split('\0')));
}
