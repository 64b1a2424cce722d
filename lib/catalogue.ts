/**
 * The one catalogue of everything that can go wrong: a code that never changes, what happened, what to do about it,
 * and whether trying the same again can help. Messages are for people; no secret may be put into details.
 */
export interface Entry<D> {
  what: (details: D) => string;
  remedy: (details: D) => string;
  retryable: boolean;
}

const entry = <D>(
  retryable: boolean,
  what: (details: D) => string,
  remedy: (details: D) => string,
): Entry<D> => ({ what, remedy, retryable });

export const catalogue = {
  // configuration
  CONFIG_INVALID: entry<{ problems: string }>(
    false,
    (d) => `The configuration cannot be used:\n${d.problems}`,
    () => 'Set the variables named above; docs/configuration.md lists them all.',
  ),
  FILE_INVALID: entry<{ file: string; problems: string }>(
    false,
    (d) => `${d.file} cannot be used:\n${d.problems}`,
    () => 'Correct the lines named above and run the check again.',
  ),
  PROFILE_UNKNOWN: entry<{ name: string; known: string }>(
    false,
    (d) => `There is no profile called "${d.name}".`,
    (d) => `Choose one of: ${d.known}. A profile is a file profiles/<name>.yaml.`,
  ),
  OPTION_INVALID: entry<{ problem: string; expected: string }>(
    false,
    (d) => `The options cannot be used: ${d.problem}.`,
    (d) => `Give ${d.expected}.`,
  ),
  ACCOUNT_UNKNOWN: entry<{ name: string; known: string }>(
    false,
    (d) => `"${d.name}" does not name one account.`,
    (d) => `Choose one of: ${d.known}. Accounts stand in profiles/<name>.yaml.`,
  ),
  INPUT_UNREADABLE: entry<{ file: string; why: string }>(
    false,
    (d) => `${d.file} cannot be read: ${d.why}.`,
    () => 'Give the path of an NDJSON file, plain or .gz, one post a line.',
  ),

  // reading
  SOURCE_FAILED: entry<{ source: string; why: string }>(
    true,
    (d) => `${d.source} could not be read: ${d.why}.`,
    () => 'The other sources went on without it; the next run tries again.',
  ),

  SKETCH_UNREADABLE: entry<{ file: string; why: string }>(
    false,
    (d) => `The counts in ${d.file} cannot be used: ${d.why}.`,
    () => 'Run the ingest job that left the file again; the others need not be.',
  ),
  KNOWN_UNREADABLE: entry<{ file: string; why: string }>(
    false,
    (d) => `What was usual, in ${d.file}, cannot be used: ${d.why}.`,
    () => 'Nothing: it is learned anew, and for a few days more may look unusual than is.',
  ),

  // GitLab
  GITLAB_UNREACHABLE: entry<{ host: string; why: string }>(
    true,
    (d) => `GitLab at ${d.host} did not answer: ${d.why}.`,
    () => 'Check GITLAB_URL and the network; the next run tries again.',
  ),
  GITLAB_REFUSED: entry<{ call: string; status: number; message: string }>(
    false,
    (d) => `GitLab refused ${d.call} with ${String(d.status)}: ${d.message}.`,
    () => 'Run `npm run desk -- --check` to see which right or setting is missing.',
  ),
  GITLAB_BUSY: entry<{ call: string; status: number }>(
    true,
    (d) => `GitLab is overloaded or limits us (${String(d.status)}) at ${d.call}.`,
    () => 'Nothing to do: the next run tries again.',
  ),
  GITLAB_UNEXPECTED: entry<{ call: string; problems: string }>(
    false,
    (d) => `GitLab answered ${d.call} in a shape we do not know: ${d.problems}.`,
    () => 'Check that GITLAB_URL names a GitLab of version 16 or later.',
  ),
  TOKEN_OF_A_PERSON: entry<{ username: string }>(
    false,
    (d) => `GITLAB_TOKEN belongs to ${d.username}, who is a person.`,
    () =>
      'Use the machine account: `npm run desk -- --apply` creates one and stores its token as a variable.',
  ),

  DESK_FORBIDDEN: entry<{ username: string; why: string }>(
    false,
    (d) => `${d.username} may not see or change the settings of this project: ${d.why}.`,
    () => 'Set GITLAB_TOKEN to the token of a maintainer or owner, with the scope `api`.',
  ),

  // the store
  STORE_CONFLICT: entry<{ path: string; why: string }>(
    true,
    (d) => `${d.path} was not written: ${d.why}.`,
    () => 'Read it again and decide anew.',
  ),
  STATE_UNPROTECTED: entry<{ branch: string; why: string }>(
    false,
    (d) => `The branch ${d.branch} is not protected as it must be: ${d.why}. Nothing is published.`,
    () => 'Run `npm run desk -- --apply`.',
  ),
  RECORD_INVALID: entry<{ path: string; problems: string }>(
    false,
    (d) => `${d.path} on the state branch is not a record of ours:\n${d.problems}`,
    () => 'Somebody wrote it by hand. Restore it from the history of the branch.',
  ),

  // publishing
  PLATFORM_UNKNOWN: entry<{ name: string; known: string }>(
    false,
    (d) => `There is no network called "${d.name}".`,
    (d) => `Networks this desk knows: ${d.known}.`,
  ),
  CREDENTIALS_MISSING: entry<{ platform: string; variables: string }>(
    false,
    (d) => `No credentials for ${d.platform}.`,
    (d) => `Set ${d.variables} as masked, protected CI/CD variables.`,
  ),
  /** `link`: where a person can read about it; `remedy`: what helps, where the network's code tells. */
  DELIVERY_REFUSED: entry<{
    platform: string;
    status: number;
    message: string;
    remedy?: string;
    link?: string;
  }>(
    false,
    (d) => `${d.platform} refused the post (${String(d.status)}): ${d.message}.`,
    () => 'Change what it objects to, then `/pulse retry`.',
  ),
  CREDENTIALS_REFUSED: entry<{
    platform: string;
    status: number;
    message: string;
    remedy?: string;
    link?: string;
  }>(
    false,
    (d) => `${d.platform} does not accept our credentials (${String(d.status)}): ${d.message}.`,
    () => 'Sign in anew with `node jobs/auth.ts`, then `/pulse retry`.',
  ),
  TOKENS_UNSAVED: entry<{ account: string; why: string }>(
    true,
    (d) => `The new tokens of ${d.account} could not be written to the CI/CD variables: ${d.why}.`,
    (d) =>
      `They are kept sealed on the state branch and written again later. Let the machine account be a maintainer; if it stays so, sign in anew with \`node jobs/auth.ts ${d.account}\`.`,
  ),
  /** `until`: when the network said it may be tried again, ms UTC. Status 0: it gave no answer. */
  DELIVERY_BUSY: entry<{
    platform: string;
    status: number;
    message: string;
    until?: number;
    link?: string;
  }>(
    true,
    (d) => `${d.platform} could not take the post now (${String(d.status)}): ${d.message}.`,
    () => 'Nothing to do: it is tried again.',
  ),
  DELIVERY_UNKNOWN: entry<{ platform: string; why: string; link?: string }>(
    false,
    (d) => `Nobody can say whether the post is on ${d.platform}: ${d.why}.`,
    () => 'Look at the account, then `/pulse retry` if it is not there or `/pulse skip` if it is.',
  ),
  DELIVERY_NOT_ALLOWED: entry<{ delivery: string; why: string }>(
    false,
    (d) => `${d.delivery} is not sent: ${d.why}.`,
    () => 'Nothing was sent. Put right what is named above; the next run looks again.',
  ),
  DELIVERY_STOPPED: entry<{ what: string; link: string }>(
    true,
    (d) => `Publishing is stopped for ${d.what}.`,
    () => 'Nothing was sent. It goes on when the issue that says so is closed.',
  ),
  CLAIM_INVALID: entry<{ path: string; problems: string }>(
    false,
    (d) => `${d.path} on the state branch is not a claim of ours:\n${d.problems}`,
    () => 'Somebody wrote it by hand. Restore it from the history of the branch.',
  ),
  CLAIM_EXPIRED: entry<{ delivery: string }>(
    true,
    (d) => `The claim on ${d.delivery} ran out before the request was sent.`,
    () => 'Nothing to do: it is claimed again.',
  ),

  // models
  /** `tokens`: what the answer has used all the same. */
  MODEL_FAILED: entry<{
    provider: string;
    why: string;
    tokens?: { input: number; output: number };
  }>(
    true,
    (d) => `${d.provider} gave no usable answer: ${d.why}.`,
    () => 'The next provider, at last the templates, stands in.',
  ),
  BUDGET_SPENT: entry<{ spent: string; limit: string }>(
    false,
    (d) => `The models' daily budget is spent (${d.spent} of ${d.limit}).`,
    () => 'Templates stand in until midnight UTC; MODEL_BUDGET raises the limit.',
  ),

  INTERNAL: entry<{ why: string }>(
    false,
    (d) => `This should not happen: ${d.why}.`,
    () => 'Please report it with the log of this run (LOG_LEVEL=debug tells more).',
  ),
} as const;
