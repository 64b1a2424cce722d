import { Command, InvalidArgumentError } from 'commander';
import { parseDuration } from '../../lib/duration.ts';

export interface StartOptions {
  /** Archives to replay; the networks, or the bundled sample, when there is none. */
  input: string[];
  profile: string;
  /** Think window, ms. */
  window: number;
  /** Forget what was there. */
  fresh: boolean;
  /** Do everything without hands, then stop. */
  once: boolean;
  /** Print the outcome as one JSON object on the last line. */
  json: boolean;
  port: number;
  /** Where the desk is kept. */
  folder: string;
  /** How long to listen to the networks, ms. */
  listen: number;
}

const duration = (text: string): number => {
  const ms = parseDuration(text);
  if (Number.isNaN(ms)) throw new InvalidArgumentError('Expected a time such as 30s, 15m or 2h.');
  return ms;
};

/** Ports above 1023 that browsers and fetch refuse, as the Fetch standard lists them. */
const refusedPorts = new Set([
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669,
  6679, 6697, 10080,
]);

const port = (text: string): number => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > 65_535) {
    throw new InvalidArgumentError('Expected a port from 0 to 65535; 0 takes any that is free.');
  }
  if (refusedPorts.has(number)) {
    throw new InvalidArgumentError('Browsers refuse to open this port. Choose another.');
  }
  return number;
};

/** What was asked for on the command line. Prints help or what is wrong and leaves the process itself. */
export function readOptions(argv: readonly string[]): StartOptions {
  const command = new Command('npm start --')
    .description(
      'Tries SocialPulse on this machine: a desk on a sandbox that stands in for GitLab.',
    )
    .option(
      '--input <file>',
      'replay an archive of posts (NDJSON, plain or .gz); may be repeated',
      collect,
      [],
    )
    .option('--profile <name>', 'whom to watch for', 'crypto')
    .option(
      '--window <time>',
      'think window, e.g. 30s or 2h (default: 30s; 1s with --once)',
      duration,
    )
    .option('--listen <time>', 'how long to listen to the networks', duration, 20_000)
    .option('--fresh', 'forget the desk that was there', false)
    .option('--once', 'approve and publish without hands, then stop', false)
    .option('--json', 'print the outcome as JSON on the last line', false)
    .option('--port <number>', 'port of the desk (default: 4180; any with --once)', port)
    .option(
      '--folder <path>',
      'where the desk is kept (default: .desk; .desk/once, anew, with --once)',
    )
    .addHelpText(
      'after',
      '\nExit status: 0 something was published and nothing failed, 3 nothing matched, 1 otherwise.',
    )
    .parse(['node', 'start', ...argv]);
  const given = command.opts<Given>();
  // A run without hands starts from nothing and disturbs no desk that is open.
  return {
    ...given,
    fresh: given.fresh || (given.once && given.folder === undefined),
    window: given.window ?? (given.once ? 1000 : 30_000),
    port: given.port ?? (given.once ? 0 : 4180),
    folder: given.folder ?? (given.once ? '.desk/once' : '.desk'),
  };
}

type Given = Omit<StartOptions, 'window' | 'port' | 'folder'> &
  Partial<Pick<StartOptions, 'window' | 'port' | 'folder'>>;

function collect(value: string, before: string[]): string[] {
  return [...before, value];
}
