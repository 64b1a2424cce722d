import { enableCompileCache } from 'node:module';
import { Command } from 'commander';
import { systemClock } from '../lib/clock.ts';
import { environmentWith, readConfig } from '../lib/config.ts';
import { applyDesk, checkDesk } from '../lib/desk/setup/index.ts';
import { formatReport, outcome } from '../lib/desk/setup/table.ts';
import { formatError } from '../lib/log.ts';

enableCompileCache();

const program = new Command('npm run desk --')
  .description('Checks whether a GitLab project is a desk, or makes it one.')
  .option('--check', 'say what is missing; exit status 1 when something is')
  .option('--apply', 'bring it about; doing it twice does no harm')
  .option('--dry-run', 'with --apply: say what would change, write nothing')
  .option('--hook-url <url>', 'where the bot takes webhooks; PULSE_URL unless given')
  .addHelpText(
    'after',
    '\nNeeds GITLAB_URL, GITLAB_PROJECT and the GITLAB_TOKEN of a maintainer or owner.',
  )
  .parse();
const options = program.opts<{ check?: true; apply?: true; dryRun?: true; hookUrl?: string }>();
if ((options.check === true) === (options.apply === true))
  program.error('Give either --check or --apply.');
if (options.hookUrl !== undefined && !/^https?:$/.test(URL.parse(options.hookUrl)?.protocol ?? ''))
  program.error('--hook-url must be an address such as https://bot.example.com');

try {
  const config = readConfig();
  const { url, project, token } = config.gitlab;
  const hookUrl = options.hookUrl ?? config.server.url;
  const deps = {
    url,
    project,
    token: token.reveal(),
    clock: systemClock,
    environment: environmentWith({}),
    ...(hookUrl !== undefined && { hookUrl: hooksAt(hookUrl) }),
  };
  if (options.apply === true && options.dryRun !== true) {
    const { after, failures, changes } = await applyDesk(deps, ({ name, finding }) =>
      console.log(`  …   ${name}: ${outcome(finding)}`),
    );
    if (changes > 0) console.log();
    console.log(formatReport(after));
    for (const { name, why } of failures) console.log(`${name} could not be set: ${why}`);
    if (!after.ready) process.exitCode = 1;
  } else {
    const report = await checkDesk(deps);
    console.log(formatReport(report));
    if (options.dryRun === true) console.log('Nothing was written.');
    else if (!report.ready) process.exitCode = 1;
  }
} catch (error) {
  console.error(formatError(error));
  process.exitCode = 1;
}

/** The bot listens at `/hooks`; the address of the bot alone is enough. */
function hooksAt(address: string): string {
  const url = new URL(address);
  if (url.pathname.endsWith('/hooks')) return url.href;
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/hooks`;
  return url.href;
}
