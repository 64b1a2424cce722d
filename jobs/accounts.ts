import { enableCompileCache } from 'node:module';
import { parseArgs } from 'node:util';

enableCompileCache();

const usage = `node jobs/accounts.ts [--json] [--watch]

Shows every account of every profile: who it is, what it may do, what is left of its limits, how long its token lasts.
  --json    the same as JSON
  --watch   opens an issue for each account somebody must sign in to, and closes those that are settled
Exit status: 0 every account can be used, 1 one of them cannot, 2 it could not be looked at.
`;

try {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      watch: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) process.stdout.write(usage);
  else await show(values);
} catch (error) {
  const { formatError } = await import('../lib/log.ts');
  process.stderr.write(`${formatError(error)}\n`);
  process.exitCode = 2;
}

async function show({ json, watch }: { json: boolean; watch: boolean }): Promise<void> {
  const { readConfig } = await import('../lib/config.ts');
  const { createDesk } = await import('../lib/app.ts');
  const desk = await createDesk(readConfig());
  if (watch) {
    const { watchAccounts } = await import('../lib/desk/accounts/watch.ts');
    const outcome = await watchAccounts(desk);
    console.log(JSON.stringify(outcome));
    if (outcome.troubled > 0) process.exitCode = 1;
    return;
  }
  const { surveyAccounts } = await import('../lib/desk/accounts/survey.ts');
  const standings = await surveyAccounts(desk);
  if (json) {
    const shown = standings.map(({ listed: _, ...each }) => each);
    console.log(JSON.stringify(shown, null, 2));
  } else {
    const { formatStandings } = await import('../lib/desk/accounts/table.ts');
    console.log(formatStandings(standings));
  }
  if (standings.some(({ state }) => state === 'unusable' || state === 'unset'))
    process.exitCode = 1;
}
