import { createInterface } from 'node:readline/promises';
import { fail } from '../../errors.ts';
import { platformNamed } from '../../platforms/index.ts';
import type { Account, Platform } from '../../platforms/platform.ts';
import { answerIn, isAnswerTo, type Request } from '../../tokens/authorize.ts';
import { tokenVariables } from '../../tokens/held.ts';
import { heldIn } from '../../tokens/renewal.ts';
import type { Desk } from '../context.ts';
import { appFor, valuesFor } from './credentials.ts';
import { accountsNamed, identityOf, type Listed, listAccounts } from './identity.ts';
import { keepTokens } from './keep.ts';
import { callbackPath, listenFor } from './loopback.ts';
import { beginSignIn, finishSignIn, type SignedIn, type SigningIn } from './sign-in.ts';

export interface AuthOptions {
  /** Where to listen on this machine. */
  port: number;
  /** Address registered with the network instead of the one on this machine. */
  redirect?: string;
  /** Wait for a pasted address only. */
  paste: boolean;
  /** Store nothing; say what to store. */
  print: boolean;
  say: (line: string) => void;
  input: NodeJS.ReadableStream;
}

/** How long a person has to agree, ms. */
const patience = 600_000;

/**
 * Signs a person in to an account and stores its tokens. False when the account needs variables that a person sets.
 * Throws ACCOUNT_UNKNOWN, CREDENTIALS_MISSING (the app is not known), CREDENTIALS_REFUSED, DELIVERY_BUSY, and what GitLab
 * answers. Until everything has been said yes to, nothing that was stored before is touched.
 */
export async function signIn(desk: Desk, wanted: string, options: AuthOptions): Promise<boolean> {
  const { name, account } = chosen(listAccounts(await desk.profiles()), wanted);
  const platform = platformNamed(account.platform);
  if (!platform.oauth) {
    explain(name, platform, account, options.say);
    return platform.credentials.length === 0;
  }
  const { client, api } = appFor(desk, platform, account);
  const credentials = valuesFor(desk, account, platform.credentials);
  const { fetch, clock } = desk;
  const signing: SigningIn = { platform, account, client, api, credentials, fetch, clock };
  const local = `http://127.0.0.1:${String(options.port)}${callbackPath}`;
  const request = beginSignIn(signing, options.redirect ?? local);
  options.say(
    `Open this link and agree, as the account that ${name} shall be:\n\n${request.link}\n`,
  );
  const answer = await receive(request, options);
  const signedIn = await finishSignIn(signing, request, answer);
  desk.hide(signedIn.grant.access);
  if (signedIn.grant.refresh !== undefined) desk.hide(signedIn.grant.refresh);
  const who = signedIn.who?.name ?? 'an account that the network does not name';
  if (options.print) print(platform, account, signedIn, options.say);
  else {
    await keepTokens(desk, platform, account, signedIn);
    options.say(`${name} is now ${who} on ${platform.title}. Its tokens are stored.`);
  }
  if (signedIn.grant.refresh === undefined && platform.oauth.renewal.how !== 'exchange')
    options.say('The network gave no refresh token: somebody has to sign in again when this ends.');
  return true;
}

function chosen(all: readonly Listed[], wanted: string): Listed {
  const found = accountsNamed(all, wanted);
  const [first] = found;
  const same = new Set(found.map(({ account }) => identityOf(account)));
  if (first && same.size === 1) return first;
  const known = (first ? found : all).map(({ name }) => name).join(', ');
  throw fail('ACCOUNT_UNKNOWN', { name: wanted, known: known === '' ? 'none' : known });
}

/** What came back to this machine, or what a person pasted, whichever is first. */
async function receive(request: Request, options: AuthOptions): Promise<URLSearchParams> {
  const { port, say, input } = options;
  const ended = AbortSignal.timeout(patience);
  const loopback = options.paste ? undefined : await listenFor(request, port);
  const lines = createInterface({ input });
  say(
    loopback
      ? 'Waiting for the browser to come back. If it cannot reach this machine, paste here the address it was led to:'
      : 'Paste here the whole address you are led to, though the page may not load:',
  );
  try {
    return await new Promise<URLSearchParams>((resolve, reject) => {
      void loopback?.answer.then(resolve);
      lines.on('line', (line) => {
        if (line.trim() === '') return;
        const answer = answerIn(line);
        if (isAnswerTo(request, answer)) resolve(answer);
        else
          say(
            'That is not the address of this sign-in. Paste the whole of it, with what stands after the `?`:',
          );
      });
      // Without a terminal the browser may still come.
      lines.on('close', () => loopback ?? reject(tooLate('nothing was pasted')));
      ended.addEventListener('abort', () => reject(tooLate('nobody agreed within ten minutes')));
    });
  } finally {
    lines.close();
    await loopback?.close();
  }
}

const tooLate = (why: string) =>
  fail('CREDENTIALS_REFUSED', {
    platform: 'The sign-in',
    status: 0,
    message: why,
    remedy: 'Begin again with `node jobs/auth.ts`.',
  });

function print(
  platform: Platform,
  account: Account,
  { grant, at, who }: SignedIn,
  say: AuthOptions['say'],
): void {
  const names = tokenVariables(platform.name, account.variables);
  const { access, refresh, expires } = heldIn(grant, at);
  say(
    `Signed in as ${who?.name ?? 'an account that is not named'}. Set these as protected CI/CD variables, the tokens masked:\n`,
  );
  if (refresh !== undefined) say(`${names.refresh}=${refresh}`);
  say(`${names.access}=${access ?? ''}`);
  if (expires !== undefined) say(`${names.expires}=${new Date(expires).toISOString()}`);
}

function explain(
  name: string,
  platform: Platform,
  { variables = '' }: Account,
  say: AuthOptions['say'],
): void {
  if (platform.credentials.length === 0) {
    say(`${name} on ${platform.title} needs no sign-in.`);
    return;
  }
  say(
    `${platform.title} has no sign-in of this kind. Set as masked, protected CI/CD variables what applies of:\n`,
  );
  for (const each of platform.credentials) say(`  ${variables}${each}`);
  say(
    `\ndocs/accounts.md says where to get them; \`node jobs/accounts.ts\` says whether they are right.`,
  );
}
