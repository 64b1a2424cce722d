import { neutral, neutralLine } from '../../gitlab/neutral.ts';
import type { Issue } from '../../gitlab/types.ts';
import { utc } from '../../review/answers.ts';
import type { Desk } from '../context.ts';
import { identityOf } from './identity.ts';
import { type Standing, surveyAccounts } from './survey.ts';

/** An issue with this label is about an account that somebody must sign in to. */
export const accountLabel = 'pulse-account';

/** An issue that a person closed though nothing was done is left alone for so long, ms. */
const rest = 86_400_000;

const markOf = (identity: string) => `<!-- pulse-account:${identity} -->`;
const identityIn = (text: string) => /<!-- pulse-account:([a-z0-9_-]+) -->/.exec(text)?.[1];

/**
 * Looks at every account and sees to it that each one that somebody must sign in to has one open issue that says when,
 * why and how, and that the others have none. Accounts that could not be asked are left as they are.
 */
export async function watchAccounts(desk: Desk): Promise<{ accounts: number; troubled: number }> {
  const standings = await surveyAccounts(desk, { free: true });
  const groups = Map.groupBy(standings, ({ listed }) => identityOf(listed.account));
  const open = new Map<string, Issue>();
  for (const issue of await desk.gitlab.openIssues(accountLabel)) {
    const identity = identityIn(issue.description);
    if (identity === undefined) continue;
    // Two that were opened at the same moment: the older one stays.
    const twin = open.get(identity);
    const [first, second] = twin && twin.iid < issue.iid ? [twin, issue] : [issue, twin];
    open.set(identity, first);
    if (second) await close(desk, second, 'There is another issue about this account.');
  }
  let troubled = 0;
  for (const [identity, group] of groups) {
    const known = open.get(identity);
    const trouble = group.find(({ state }) => state === 'unusable' || state === 'soon');
    if (trouble) {
      troubled += 1;
      await tell(desk, identity, trouble, group, known);
    } else if (known && group.some(({ state }) => state === 'fine'))
      await close(desk, known, 'The account can be used again.');
  }
  for (const [identity, issue] of open)
    if (!groups.has(identity)) await close(desk, issue, 'No profile has this account any more.');
  return { accounts: standings.length, troubled };
}

async function tell(
  { gitlab, clock, log }: Desk,
  identity: string,
  trouble: Standing,
  group: readonly Standing[],
  known: Issue | undefined,
): Promise<void> {
  const title = titleOf(trouble);
  const description = descriptionOf(trouble, group, identity);
  if (known) {
    if (known.title !== title || known.description.trim() !== description.trim())
      await gitlab.updateIssue(known.iid, { title, description });
    return;
  }
  const past = await gitlab.findIssues(`pulse-account:${identity}`);
  if (past.some(({ updatedAt }) => clock.now() - updatedAt < rest)) return;
  const { iid } = await gitlab.createIssue({ title, description, labels: [accountLabel] });
  log.warn({ account: trouble.name, issue: iid }, 'somebody must sign in');
}

/** Its mark goes, so that the next time is another issue. */
async function close({ gitlab }: Desk, issue: Issue, why: string): Promise<void> {
  const description = issue.description.replace(/<!-- pulse-account:.*? -->/, '').trim();
  await gitlab.addNote({ on: 'issue', iid: issue.iid }, why);
  await gitlab.updateIssue(issue.iid, { description, state: 'close' });
}

function titleOf({ name, network, state, token }: Standing): string {
  if (state === 'unusable')
    return neutralLine(`Sign in to ${network} anew: ${name} cannot be used`);
  const by = token?.ends === undefined ? '' : ` by ${utc(token.ends).slice(0, 10)}`;
  return neutralLine(`Sign in to ${network} anew${by}: ${name}`);
}

function descriptionOf(
  { name, network, state, token, problems, who }: Standing,
  group: readonly Standing[],
  identity: string,
): string {
  const [problem] = problems;
  const others = group.filter((each) => each.name !== name).map((each) => `\`${each.name}\``);
  const called = who === undefined ? '' : ` (${neutralLine(who.name)})`;
  const when =
    state === 'unusable'
      ? 'Nothing is published there until somebody signs in anew.'
      : token?.ends === undefined
        ? 'It will stop working before long.'
        : `It can be used until **${utc(token.ends)}**, and not after.`;
  const why = problem?.message ?? token?.why;
  return [
    `The account \`${name}\` on ${network}${called} needs a person. ${when}`,
    ...(why === undefined ? [] : [`Why: ${neutral(why)}`]),
    ...(others.length === 0 ? [] : [`The same holds for ${others.join(', ')}.`]),
    token || problem === undefined
      ? `What to do, on a machine with a browser:\n\n\`\`\`sh\nnode jobs/auth.ts ${name}\n\`\`\``
      : `What to do: ${neutral(problem.remedy)} \`node jobs/auth.ts ${name}\` says which variables it needs.`,
    'This issue is closed by itself when the account can be used again. `node jobs/accounts.ts` shows all of them.',
    markOf(identity),
  ].join('\n\n');
}
