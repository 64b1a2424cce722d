import { systemClock } from '../../lib/clock.ts';
import { createGitFiles } from '../../lib/store/git.ts';
import { author } from './bare.ts';

/** Writes to the state branch of a clone until it is killed; says so after each commit. */
const [repo = '', remote = '', name = ''] = process.argv.slice(2);
const files = createGitFiles({
  repo,
  remote,
  folder: 'state/live',
  branch: 'pulse-state',
  author,
  clock: systemClock,
});
for (let n = 1; ; n += 1) {
  await files.commit(
    [{ action: 'create', path: `${name}/${String(n)}.json`, content: 'x\n'.repeat(2000) }],
    'Write',
  );
  process.stdout.write(`${String(n)}\n`);
}
