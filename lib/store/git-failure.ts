import { fail, type PulseError } from '../errors.ts';

/**
 * What a failure of git means. `raced`: another's push came first and nothing was written; `missing`: no such branch;
 * `denied`: we may not; `unsure`: no answer, it may have been carried out.
 */
export type GitFailure = 'raced' | 'missing' | 'denied' | 'unsure';

const signs: readonly (readonly [GitFailure, RegExp])[] = [
  ['missing', /couldn't find remote ref|remote ref does not exist/i],
  [
    'denied',
    /hook declined|not allowed to|protected branch|authentication failed|access denied|could not read (?:username|password)|returned error: 40[134]|permission denied|repository .* not found|does not appear to be a git repository/i,
  ],
  [
    'raced',
    /\[rejected\]|non-fast-forward|fetch first|cannot lock ref|incorrect old value|failed to update ref|reference already exists|unable to create .*\.lock/i,
  ],
];

export function classify(error: unknown): GitFailure {
  const words = error instanceof Error ? error.message : String(error);
  return signs.find(([, pattern]) => pattern.test(words))?.[0] ?? 'unsure';
}

/** Addresses lose what stands before the `@`, and what git was told in secret is cut out. */
export function withoutSecrets(words: string, secrets: readonly string[]): string {
  const plain = words.replaceAll(/\/\/[^/\s@]*@/g, '//');
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, '[secret]'), plain);
}

/** The failure as an error of ours. */
export function gitError(
  error: unknown,
  call: string,
  remote: string,
  secrets: readonly string[],
): PulseError {
  const words = error instanceof Error ? error.message : String(error);
  const why = withoutSecrets(words, secrets).replaceAll(/\s+/g, ' ').trim().slice(0, 300);
  if (classify(error) === 'denied')
    return fail('GITLAB_REFUSED', { call: `git ${call}`, status: 403, message: why });
  return fail('GITLAB_UNREACHABLE', { host: withoutSecrets(remote, secrets), why });
}
