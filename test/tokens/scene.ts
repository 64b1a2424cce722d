import { systemClock } from '../../lib/clock.ts';
import { variableStore } from '../../lib/desk/accounts/variables.ts';
import type { PulseError } from '../../lib/errors.ts';
import { stateBranch } from '../../lib/desk/protection.ts';
import { createGitLab } from '../../lib/gitlab/index.ts';
import { createApiFiles } from '../../lib/store/api.ts';
import { type Held, heldIn, tokenVariables } from '../../lib/tokens/held.ts';
import { createLock } from '../../lib/tokens/lock.ts';
import { noteSchema } from '../../lib/tokens/note.ts';
import { createSeal } from '../../lib/tokens/seal.ts';
import { createTokens } from '../../lib/tokens/tokens.ts';
import { createDeskSandbox, type Fetch } from '../store/sandbox.ts';
import { type AuthOptions, startAuthServer } from './server.ts';

export const names = tokenVariables('network', 'CRYPTO_');

/** A desk on a sandbox, a network's authorization server, and one account whose tokens are CI/CD variables. */
export async function setScene(options: Partial<AuthOptions> = {}) {
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const clock = {
    ...systemClock,
    now,
    // Quicker than life, and never so quick that a lock runs out while its holder is really at work.
    sleep: async (ms: number) => {
      await systemClock.sleep(ms / 40);
      ahead += ms;
    },
  };
  const desk = await createDeskSandbox();
  const auth = await startAuthServer({ now, ...options });
  const gitlab = desk.gitlab();
  /** Everything that was warned of or thrown, as a log would show it. */
  const said: string[] = [];
  const values = async (): Promise<Record<string, string | undefined>> =>
    Object.fromEntries((await gitlab.variables()).map(({ key, value }) => [key, value]));
  return {
    auth,
    desk,
    gitlab,
    said,
    advance: (ms: number) => (ahead += ms),
    now,
    values,
    kept: async (): Promise<Held> => heldIn(await values(), names),
    /** As a person stores them. */
    async store(held: Held) {
      await variableStore(gitlab, names, 'Network').write(held);
    },
    /** The keeper of the tokens as another process has it; `fetch` is its way to GitLab. */
    process(held: Held = {}, fetch?: Fetch, secret = 'machine-token-0123456789') {
      const { sandbox, token } = desk;
      const own = createGitLab({
        url: sandbox.url,
        project: sandbox.project.path,
        token,
        clock,
        fetch: fetch ?? (sandbox.fetch as Fetch),
      });
      const files = createApiFiles(own, stateBranch, clock);
      const warnings: PulseError[] = [];
      const lock = createLock(files, 'tokens/crypto_network', noteSchema, {
        clock,
        holder: 'test',
        lasts: 150_000,
      });
      const tokens = createTokens({
        platform: 'Network',
        account: 'crypto/main',
        oauth: auth.oauth,
        client: auth.client,
        api: undefined,
        held,
        store: variableStore(own, names, 'Network'),
        lock,
        seal: createSeal(secret, (bytes) => clock.random(bytes)),
        fetch: globalThis.fetch,
        clock,
        warn: (error) => {
          warnings.push(error);
          said.push(textOf(error));
        },
      });
      const access = async () => {
        try {
          return await tokens.access();
        } catch (error) {
          said.push(textOf(error));
          throw error;
        }
      };
      return { access, refused: (token: string) => tokens.refused(token), warnings, lock, files };
    },
    async close() {
      await auth.close();
      await desk.close();
    },
  };
}

export type Scene = Awaited<ReturnType<typeof setScene>>;

/** All a log could ever print of an error: words, details, stacks and causes. */
function textOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const { message, stack, cause } = thrown;
  const own = JSON.stringify(thrown, Object.getOwnPropertyNames(thrown));
  return [message, stack, own, cause === undefined ? '' : textOf(cause)].join('\n');
}
