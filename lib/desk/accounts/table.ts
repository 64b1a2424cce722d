import { utc } from '../../review/answers.ts';
import type { Left, Standing } from './survey.ts';

const words: Record<Standing['state'], string> = {
  fine: 'fine',
  soon: 'sign in soon',
  unusable: 'unusable',
  unset: 'not set up',
  unknown: 'could not be asked',
};

/** What a person must know of a token. Pure. */
export function tokenWords({ token }: Pick<Standing, 'token'>): string {
  if (!token) return 'does not expire, or is not known to';
  const { state, ends, why } = token;
  const until = ends === undefined ? '' : ` until ${utc(ends)}`;
  if (state === 'renewed') return `renewed by the machine${until}`;
  const reason = why === undefined ? '' : ` (${why})`;
  return state === 'refused' ? `refused${reason}` : `good${until}${reason}`;
}

/** Every account for a terminal: a line of its own, and below it what there is to say. Pure. */
export function formatStandings(standings: readonly Standing[]): string {
  if (standings.length === 0) return 'No profile has an account.';
  const rows = standings.map((each) => [each.name, each.network, words[each.state], nameOf(each)]);
  const all = [['ACCOUNT', 'NETWORK', 'STATE', 'WHO'], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const [head = '', ...lines] = all.map(line);
  return [head, ...lines.flatMap((each, n) => [each, ...below(standings[n])])].join('\n');
}

function below(standing: Standing | undefined): string[] {
  if (!standing) return [];
  const { who, may, left, token, problems } = standing;
  const lines = [
    ...(who?.url === undefined ? [] : [`where: ${who.url}`]),
    ...(may.length === 0 ? [] : [`may: ${may.join(', ')}`]),
    ...(who?.scopes ? [`rights: ${who.scopes.join(', ')}`] : []),
    ...(left.length === 0 ? [] : [`left: ${left.map(leftWords).join(', ')}`]),
    ...(token ? [`token: ${tokenWords(standing)}`] : []),
    ...problems.map(({ message, remedy }) => `! ${message} ${remedy}`),
  ];
  return lines.map((each) => `  ${visible(each)}`);
}

const nameOf = ({ who }: Standing) => visible(who?.name ?? '-');

function leftWords({ what, remaining, limit, resets }: Left): string {
  const of = limit === undefined ? '' : ` of ${String(limit)}`;
  const until = resets === undefined ? '' : ` until ${utc(resets)}`;
  return `${what} ${String(remaining)}${of}${until}`;
}

/** Names are others' words: without what could steer a terminal. */
const visible = (text: string) => text.replaceAll(/\p{Cc}/gu, ' ');
