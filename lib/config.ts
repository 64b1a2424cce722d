import { formatDuration, parseDuration } from './duration.ts';
import { fail } from './errors.ts';
import { type Secret, secret } from './secret.ts';
import { namesSecret, type VariableName, variables } from './variables.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** How to reach a language model. One without a key is asked without. */
export interface Provider {
  key?: Secret;
  /** Absent for the provider's own address. */
  url?: string;
  model?: string;
}

/** What can be known without a GitLab, e.g. by the check of a merge request. Times are milliseconds. */
export interface Settings {
  hooks: { signing?: Secret; token?: Secret };
  /** `url` is where GitLab reaches the bot, `mediaUrl` where networks fetch files from. */
  server: { host: string; port: number; url?: string; mediaUrl?: string };
  /** The one profile to work for; all when absent. */
  profile?: string;
  /** Wins over the profile's think window. */
  window?: number;
  claim: number;
  settle: number;
  /** `budget` is in tokens a day; `embeddings` is absent for the embedder that comes with the product. */
  models: { openai?: Provider; anthropic?: Provider; embeddings?: Provider; budget: number };
  /** US dollars a day that one account may cost at a network that charges for calls. */
  networkBudget: number;
  log: { level: LogLevel };
  stateDir: string;
  cacheDir: string;
  /** Those of `names` that are set, e.g. of `platform.credentials`. */
  credentials(names: readonly string[]): Readonly<Record<string, string>>;
  /** Every value that may be shown nowhere, longest first. */
  secrets: Secret<readonly string[]>;
  /** From now on this value is among `secrets`, e.g. a token that was renewed. */
  hide(value: string): void;
}

export interface Config extends Settings {
  /** `url` has no slash at its end; `project` is a path or a number. */
  gitlab: { url: string; project: string; token: Secret };
}

/** The environment of this process with some variables set otherwise, to read a configuration from. */
export function environmentWith(variables: Environment): Environment {
  return { ...process.env, ...variables };
}

/**
 * Everything the environment says. The only place that reads it.
 * Throws CONFIG_INVALID, which names every variable that is wrong or missing at once.
 */
export function readConfig(env: Environment = process.env): Config {
  const reader = createReader(env);
  const settings = settingsOf(reader, env);
  const url =
    reader.url('GITLAB_URL') ??
    reader.url('CI_API_V4_URL')?.replace(/\/api\/v4$/, '') ??
    reader.url('CI_SERVER_URL');
  const project =
    reader.text('GITLAB_PROJECT') ?? reader.text('CI_PROJECT_PATH') ?? reader.text('CI_PROJECT_ID');
  const gitlab = {
    url: reader.needed('GITLAB_URL', url, 'https://gitlab.example.com'),
    project: reader.needed('GITLAB_PROJECT', project, 'group/desk'),
    token: reader.needed('GITLAB_TOKEN', reader.secret('GITLAB_TOKEN'), "the machine account's"),
  };
  reader.done();
  return { ...settings, gitlab };
}

/** The same without GitLab, for programs that need none. Throws CONFIG_INVALID. */
export function readSettings(env: Environment = process.env): Settings {
  const reader = createReader(env);
  const settings = settingsOf(reader, env);
  reader.done();
  return settings;
}

/** Whether stack traces may be shown; known even when nothing else of the environment is usable. */
export const isDebugging = (env: Environment = process.env) => env.LOG_LEVEL === 'debug';

function settingsOf(reader: Reader, env: Environment): Settings {
  const signing = reader.secret('PULSE_HOOK_SIGNING_TOKEN', /^whsec_[A-Za-z0-9+/]+=*$/);
  const token = reader.secret('PULSE_HOOK_TOKEN');
  const profile = reader.text('PULSE_PROFILE');
  const window = reader.duration('PULSE_WINDOW');
  const address = reader.url('PULSE_URL');
  const mediaUrl =
    reader.url('PULSE_MEDIA_URL') ?? (address === undefined ? undefined : `${address}/media`);
  const openai = reader.provider('OPENAI');
  const anthropic = reader.provider('ANTHROPIC');
  const embeddings = reader.embeddings(openai);
  let secrets = secretsIn(env);
  return {
    hooks: { ...(signing && { signing }), ...(token && { token }) },
    server: {
      host: reader.text('PULSE_HOST') ?? '127.0.0.1',
      port: reader.whole('PULSE_PORT', 65_535) ?? 8787,
      ...(address !== undefined && { url: address }),
      ...(mediaUrl !== undefined && { mediaUrl }),
    },
    ...(profile !== undefined && { profile }),
    ...(window !== undefined && { window }),
    claim: reader.duration('PULSE_CLAIM') ?? 60_000,
    settle: reader.duration('PULSE_SETTLE') ?? 5_000,
    models: {
      ...(openai && { openai }),
      ...(anthropic && { anthropic }),
      ...(embeddings && { embeddings }),
      budget: reader.whole('MODEL_BUDGET') ?? 500_000,
    },
    networkBudget: reader.amount('NETWORK_BUDGET') ?? 5,
    log: { level: reader.choice('LOG_LEVEL', logLevels) ?? 'info' },
    stateDir: reader.text('STATE_DIR') ?? 'state/live',
    cacheDir: reader.text('CACHE_DIR') ?? '.pulse',
    credentials: (names) =>
      Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]]] : []))),
    secrets: { ...secret(secrets), reveal: () => secrets },
    hide: (value) => {
      if (value.length >= 4 && !secrets.includes(value))
        secrets = longestFirst([...secrets, value]);
    },
  };
}

/** Values of all variables that hold secrets, also those of others, e.g. `CI_JOB_TOKEN`; too short ones hide nothing. */
function secretsIn(env: Environment): readonly string[] {
  const found = Object.entries(env).flatMap(([name, value]) =>
    value !== undefined && value.trim().length >= 4 && namesSecret(name) ? [value.trim()] : [],
  );
  return longestFirst([...new Set(found)]);
}

const longestFirst = (values: readonly string[]) => values.toSorted((a, b) => b.length - a.length);

type Reader = ReturnType<typeof createReader>;

/** Reads one kind of value each; what is wrong is collected until `done`. */
function createReader(env: Environment) {
  const problems: string[] = [];
  const text = (name: VariableName) => {
    const value = env[name]?.trim();
    return value === '' ? undefined : value;
  };
  const parse = <T>(
    name: VariableName,
    read: (value: string) => T | undefined,
    expected: string,
  ) => {
    const value = text(name);
    const found = value === undefined ? undefined : read(value);
    if (value !== undefined && found === undefined) {
      const shown =
        'secret' in variables[name] ? 'is not usable' : `is "${withoutPassword(value)}"`;
      problems.push(`- ${name} ${shown}; expected is ${expected}`);
    }
    return found;
  };
  const url = (name: VariableName) => parse(name, readUrl, 'an address such as https://host/path');
  const secretOf = (name: VariableName, form = /^\S+$/) =>
    parse(
      name,
      (value) => (form.test(value) ? secret(value) : undefined),
      name === 'PULSE_HOOK_SIGNING_TOKEN' ? 'whsec_ and base64' : 'one word without spaces',
    );
  const provider = (brand: 'OPENAI' | 'ANTHROPIC' | 'EMBEDDINGS'): Provider | undefined => {
    const key = secretOf(`${brand}_API_KEY`);
    const address = url(`${brand}_BASE_URL`);
    const model = text(`${brand}_MODEL`);
    if (key === undefined && address === undefined) return undefined;
    return {
      ...(key && { key }),
      ...(address !== undefined && { url: address }),
      ...(model !== undefined && { model }),
    };
  };
  return {
    text,
    url,
    secret: secretOf,
    /** `value`; when it is undefined `done` will throw. */
    needed: <T>(name: VariableName, value: T | undefined, example: string) => {
      if (value === undefined && text(name) === undefined)
        problems.push(`- ${name} is not set; e.g. ${example}`);
      return value as T;
    },
    whole: (name: VariableName, most = Number.MAX_SAFE_INTEGER) =>
      parse(
        name,
        (value) => (/^\d+$/.test(value) && Number(value) <= most ? Number(value) : undefined),
        `a whole number from 0 to ${String(most)}`,
      ),
    amount: (name: VariableName) =>
      parse(
        name,
        (value) => (/^\d+(\.\d{1,2})?$/.test(value) ? Number(value) : undefined),
        'an amount such as 5 or 2.50',
      ),
    duration: (name: VariableName) =>
      parse(
        name,
        (value) => (parseDuration(value) >= 0 ? parseDuration(value) : undefined),
        `a number and one of ms, s, m, h, d, e.g. ${formatDuration(7_200_000)}`,
      ),
    choice: <T extends string>(name: VariableName, among: readonly T[]) =>
      parse(name, (value) => among.find((each) => each === value), `one of ${among.join(', ')}`),
    provider,
    /** Who is asked for embeddings; what is not said of it is as for OpenAI, but its key goes to no other address. */
    embeddings: (openai: Provider | undefined): Provider | undefined => {
      const chosen = text('EMBEDDINGS') ?? 'bundled';
      const own = provider('EMBEDDINGS');
      if (chosen === 'bundled') return undefined;
      if (chosen !== 'openai')
        problems.push(`- EMBEDDINGS is "${chosen}"; expected is one of bundled, openai`);
      else if (!own && !openai)
        problems.push(
          '- EMBEDDINGS is "openai"; EMBEDDINGS_API_KEY or EMBEDDINGS_BASE_URL is not set',
        );
      const { model: _ofTexts, ...same } = openai ?? {};
      const model = text('EMBEDDINGS_MODEL');
      return {
        ...(own?.url === undefined && same),
        ...own,
        ...(model !== undefined && { model }),
      };
    },
    done: () => {
      if (problems.length > 0) throw fail('CONFIG_INVALID', { problems: problems.join('\n') });
    },
  };
}

const withoutPassword = (value: string) => value.replace(/\/\/[^/]*@/, '//***@');

function readUrl(value: string): string | undefined {
  const url = URL.parse(value);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username || url.password) return;
  return value.replace(/\/+$/, '');
}
