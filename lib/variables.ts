/** A setting taken from the environment. An empty variable counts as one that is not set. */
export interface Variable {
  /** What it does, one sentence; stands in docs/configuration.md. */
  what: string;
  /** What holds when it is not set. */
  unset: string;
  /** Its value is shown nowhere. */
  secret?: true;
}

/** Every variable the product reads, beside the credentials that the platforms name themselves. */
export const variables = {
  GITLAB_URL: {
    what: 'Address of GitLab, with its sub-path if it has one.',
    unset: '`CI_API_V4_URL` without `/api/v4`, else `CI_SERVER_URL`',
  },
  GITLAB_PROJECT: {
    what: 'Path or number of the desk project.',
    unset: '`CI_PROJECT_PATH`, else `CI_PROJECT_ID`',
  },
  GITLAB_TOKEN: {
    what: 'Token of the machine account, with the scope `api`.',
    unset: 'required; `npm run desk -- --apply` creates and stores one',
    secret: true,
  },
  CI_API_V4_URL: { what: 'Set by GitLab in pipelines.', unset: '-' },
  CI_SERVER_URL: { what: 'Set by GitLab in pipelines.', unset: '-' },
  CI_PROJECT_PATH: { what: 'Set by GitLab in pipelines.', unset: '-' },
  CI_PROJECT_ID: { what: 'Set by GitLab in pipelines.', unset: '-' },
  PULSE_HOOK_SIGNING_TOKEN: {
    what: 'Signing token of the webhook, `whsec_` and base64 (GitLab 19.0 and later).',
    unset: 'the bot needs this or `PULSE_HOOK_TOKEN`',
    secret: true,
  },
  PULSE_HOOK_TOKEN: {
    what: 'Secret token of the webhook, for a GitLab that cannot sign.',
    unset: 'the bot needs this or `PULSE_HOOK_SIGNING_TOKEN`',
    secret: true,
  },
  PULSE_URL: {
    what: 'Address at which GitLab reaches the bot, for `npm run desk`; webhooks go to `/hooks` there.',
    unset: 'no webhook is set up',
  },
  PULSE_MEDIA_URL: {
    what: 'Address at which networks that fetch files themselves (Instagram, Threads) reach `/media` of the bot, from everywhere.',
    unset: '`PULSE_URL` and `/media`; without either, files cannot go to such networks',
  },
  PULSE_HOST: { what: 'Address the bot listens on.', unset: '127.0.0.1' },
  PULSE_PORT: { what: 'Port the bot listens on; 0 takes any that is free.', unset: '8787' },
  PULSE_PROFILE: { what: 'The one profile to work for.', unset: 'every profile' },
  PULSE_WINDOW: {
    what: 'Length of the think window, e.g. `30s` or `2h`; wins over the profile.',
    unset: '`window` of the profile, 2h',
  },
  PULSE_CLAIM: {
    what: 'How long a claim to publish lasts; its holder gives up its own request then.',
    unset: '60s',
  },
  PULSE_SETTLE: {
    what: 'An approval given this soon after a new revision is asked for again.',
    unset: '5s',
  },
  OPENAI_API_KEY: { what: 'Key for OpenAI.', unset: 'OpenAI is not asked', secret: true },
  OPENAI_BASE_URL: {
    what: "Another address that speaks OpenAI's API; a key may then be unnecessary.",
    unset: "OpenAI's own",
  },
  OPENAI_MODEL: { what: 'Model to ask there.', unset: "the provider's default" },
  ANTHROPIC_API_KEY: { what: 'Key for Anthropic.', unset: 'Anthropic is not asked', secret: true },
  ANTHROPIC_BASE_URL: {
    what: "Another address that speaks Anthropic's API.",
    unset: "Anthropic's own",
  },
  ANTHROPIC_MODEL: { what: 'Model to ask there.', unset: "the provider's default" },
  EMBEDDINGS: {
    what: "Who turns texts into vectors for matching by meaning: `bundled` or `openai`, which is anything that speaks OpenAI's API; when it fails, the bundled one stands in and the log says so.",
    unset: '`bundled`',
  },
  EMBEDDINGS_API_KEY: {
    what: 'Key for `EMBEDDINGS=openai`.',
    unset: '`OPENAI_API_KEY`, unless `EMBEDDINGS_BASE_URL` is set',
    secret: true,
  },
  EMBEDDINGS_BASE_URL: {
    what: 'Address to ask for embeddings; a key may then be unnecessary.',
    unset: '`OPENAI_BASE_URL`',
  },
  EMBEDDINGS_MODEL: { what: 'Model to ask for embeddings.', unset: 'text-embedding-3-small' },
  MODEL_BUDGET: {
    what: 'Tokens, read and written, that models may use in a day (UTC); 0 for none.',
    unset: '500000',
  },
  NETWORK_BUDGET: {
    what: 'US dollars a day (UTC) that one account may cost at a network that charges for calls (X).',
    unset: '5',
  },
  LOG_LEVEL: {
    what: '`debug`, `info`, `warn`, `error` or `silent`; `debug` shows stack traces.',
    unset: 'info',
  },
  STATE_DIR: { what: 'Where jobs mount the state branch.', unset: 'state/live' },
  CACHE_DIR: { what: 'Rolling window of raw posts and sketches.', unset: '.pulse' },
} as const satisfies Record<string, Variable>;

export type VariableName = keyof typeof variables;

/** Whether the value of a variable we may not even know is a secret, judged by its name, e.g. `CI_JOB_TOKEN`. */
export const namesSecret = (name: string) =>
  /(^|_)(TOKEN|PASSWORD|PASSPHRASE|SECRET|KEY|CREDENTIALS?|WEBHOOK)($|_)/.test(name);
