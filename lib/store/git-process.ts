import type { SimpleGit } from 'simple-git';

/** How long git may be silent before it is stopped, ms. */
const silence = 60_000;

/** What git may see of our environment: where programs, keys, certificates and proxies are. */
const kept =
  /^(?:PATH|HOME|USER|LANG|LC_ALL|TMPDIR|TEMP|SYSTEMROOT|XDG_CONFIG_HOME|SSH_AUTH_SOCK|SSL_CERT_(?:FILE|DIR)|GIT_SSL_\w+|(?:https?|all|no)_proxy)$/i;

const ownKeys = [
  'GIT_TERMINAL_PROMPT',
  'GIT_CONFIG_COUNT',
  ...[0, 1, 2].flatMap((n) => [`GIT_CONFIG_KEY_${String(n)}`, `GIT_CONFIG_VALUE_${String(n)}`]),
];

export interface GitProcess {
  remote: string;
  token?: string;
  author: { name: string; email: string };
  environment?: Readonly<Record<string, string | undefined>>;
}

/** Every form in which the token is handed to git. */
export function credentials(token: string | undefined): readonly string[] {
  return token === undefined ? [] : [token, Buffer.from(`oauth2:${token}`).toString('base64')];
}

/**
 * git in `folder`. The token goes through the environment as a header for the remote's own host: it stands in no
 * address, no argument and no file, and follows no redirect.
 */
export async function openGit(folder: string, options: GitProcess): Promise<SimpleGit> {
  const { remote, token, author, environment = {} } = options;
  const { simpleGit } = await import('simple-git');
  const base = Object.entries(environment).filter(([name]) => kept.test(name));
  const settings = [
    ['http.followRedirects', 'false'],
    // Nobody asks a helper or a person: a wrong token is an answer.
    ['credential.helper', ''],
    ...(token === undefined || !/^https?:/.test(remote)
      ? []
      : [[`http.${new URL(remote).origin}/.extraHeader`, header(token)]]),
  ];
  const config = settings.flatMap(([key, value], n) => [
    [`GIT_CONFIG_KEY_${String(n)}`, key],
    [`GIT_CONFIG_VALUE_${String(n)}`, value],
  ]);
  const env = Object.fromEntries([
    ['PATH', '/usr/local/bin:/usr/bin:/bin'],
    ...base,
    ['GIT_TERMINAL_PROMPT', '0'],
    ['GIT_CONFIG_COUNT', String(settings.length)],
    ...config,
  ]) as Record<string, string>;
  return simpleGit({
    baseDir: folder,
    timeout: { block: silence },
    config: [
      `user.name=${author.name}`,
      `user.email=${author.email}`,
      'commit.gpgSign=false',
      'core.autocrlf=false',
      // A link on the branch must not lead out of it.
      'core.symlinks=false',
      'gc.auto=0',
    ],
    allowEnvironment: [...ownKeys, ...base.map(([name]) => name)],
    unsafe: { allowUnsafeConfigEnvCount: true, allowUnsafeCredentialHelper: true },
  }).env(env);
}

const header = (token: string) =>
  `Authorization: Basic ${Buffer.from(`oauth2:${token}`).toString('base64')}`;
