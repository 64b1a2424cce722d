import { systemClock } from '../../lib/clock.ts';
import { stateBranch } from '../../lib/desk/protection.ts';
import { variableStore } from '../../lib/desk/accounts/variables.ts';
import { asPulseError } from '../../lib/errors.ts';
import { createGitLab } from '../../lib/gitlab/index.ts';
import type { OAuth } from '../../lib/platforms/oauth.ts';
import { createGitFiles, initRepository } from '../../lib/store/git.ts';
import { type Held, tokenVariables } from '../../lib/tokens/held.ts';
import { createLock } from '../../lib/tokens/lock.ts';
import { noteSchema } from '../../lib/tokens/note.ts';
import { createSeal } from '../../lib/tokens/seal.ts';
import { createTokens } from '../../lib/tokens/tokens.ts';

/** What a process that renews tokens starts from. */
export interface Orders {
  /** Address of GitLab's API and of its repository. */
  url: string;
  remote: string;
  project: string;
  token: string;
  /** A folder of its own. */
  repo: string;
  oauth: OAuth;
  client: { id: string; secret: string };
  held: Held;
  /** How far its clock is ahead of ours, ms. */
  ahead: number;
}

/** Asks for an access token once and writes what came of it: the token, or the code of an error. */
const orders = JSON.parse(process.env.RENEWER ?? '{}') as Orders;
const { url, remote, project, token, repo, oauth, client, held, ahead } = orders;
const clock = { ...systemClock, now: () => Date.now() + ahead };
const gitlab = createGitLab({ url, project, token, clock });
await initRepository(repo);
const files = createGitFiles({
  repo,
  folder: 'state/live',
  branch: stateBranch,
  remote,
  token,
  author: { name: 'Test', email: 'test@example.org' },
  environment: process.env,
  clock,
});
const tokens = createTokens({
  platform: 'Network',
  account: 'crypto/main',
  oauth,
  client,
  api: undefined,
  held,
  store: variableStore(gitlab, tokenVariables('network', 'CRYPTO_'), 'Network'),
  lock: createLock(files, 'tokens/crypto_network', noteSchema, {
    clock,
    holder: String(process.pid),
    lasts: 150_000,
  }),
  seal: createSeal(token, (bytes) => clock.random(bytes)),
  fetch: globalThis.fetch,
  clock,
  warn: (error) => process.stderr.write(`${error.code}: ${error.message}\n`),
});
try {
  process.stdout.write(await tokens.access());
} catch (error) {
  const { code, message, remedy, stack } = asPulseError(error);
  process.stdout.write(code);
  process.stderr.write(`${message} ${remedy}\n${stack ?? ''}\n`);
}
