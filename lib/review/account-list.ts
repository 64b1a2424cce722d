import { neutralLine } from '../gitlab/neutral.ts';
import type { Suggested } from '../match/suggested.ts';
import { type KeyAccount, standingOf } from '../trend/account.ts';
import { count, span } from './figures.ts';

/** Accounts listed for people. */
const mostListed = 30;

/**
 * The list of key accounts as Markdown: what is suggested for each profile, then who mattered most. Names are others' words and
 * can do nothing.
 */
export function accountList(
  accounts: readonly KeyAccount[],
  suggested: readonly { profile: string; accounts: readonly Suggested[] }[],
  now: number,
): string {
  const parts = [
    '# Key accounts',
    'Who posted about trends before they were seen here, how many listen to them, and how much more their posts on trends get than their others. Written by the machine; what counts for a profile is what people put into its `key_accounts`.',
    ...suggested
      .filter(({ accounts: of }) => of.length > 0)
      .flatMap(({ profile, accounts: of }) => [`## Suggested for ${profile}`, table(of, now)]),
    '## All',
    accounts.length === 0
      ? 'Nobody yet.'
      : table(
          accounts.slice(0, mostListed).map((account) => ({ account })),
          now,
        ),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** `early` says on how many of the profile's trends, where it is about one. */
function table(rows: readonly { account: KeyAccount; early?: number }[], now: number): string {
  const lines = rows.map(({ account, early: own }) => {
    const { network, author, early, followers } = account;
    const { score, times } = standingOf(account, now);
    const leads = early.map(({ lead }) => lead).sort((a, b) => a - b);
    const middle = span(leads[Math.floor(leads.length / 2)] ?? 0);
    const cells = [
      `\`${cell(`${network}:${author}`)}\``,
      score.toFixed(2),
      own === undefined ? count(early.length) : `${count(own)} of ${count(early.length)}`,
      middle,
      followers === undefined ? '' : count(followers.count),
      times > 1 ? `${times.toFixed(1)} times` : '',
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const head = ['account', 'score', 'early on', 'by', 'followers', 'engagement'];
  return [`| ${head.join(' | ')} |`, `|${'---|'.repeat(head.length)}`, ...lines].join('\n');
}

/** One cell of a table, in code: no bar, no backtick. */
const cell = (text: string) => neutralLine(text).replace(/[`|]/g, '');
