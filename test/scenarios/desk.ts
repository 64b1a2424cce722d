import { createApp, type App } from '../../lib/app.ts';
import type { Clock } from '../../lib/clock.ts';
import { systemClock } from '../../lib/clock.ts';
import { type Config, readConfig } from '../../lib/config.ts';
import { applyDesk, readSecrets } from '../../lib/desk/setup/index.ts';
import { proposePost } from '../../lib/desk/propose.ts';
import type { Match } from '../../lib/match/match.ts';
import type { PostRecord } from '../../lib/store/record.ts';
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';
import { person, type PersonAt, type Role } from './people.ts';
import { starterDesk } from './starter.ts';

/** A clock that runs as usual and can be put forward. */
export interface TestClock extends Clock {
  advance(ms: number): void;
}

export function testClock(): TestClock {
  let ahead = 0;
  return {
    ...systemClock,
    now: () => systemClock.now() + ahead,
    advance: (ms) => (ahead += ms),
  };
}

export interface TestDesk {
  sandbox: Sandbox;
  clock: TestClock;
  app: App;
  /** Tokens of its webhook. */
  hooks: Config['hooks'];
  /** Another process on the same desk. */
  another(): Promise<App>;
  as(role: Role): PersonAt;
  /** The post with this id, as its record says. */
  record(id: string): Promise<PostRecord>;
  /** A post drafted from a trend, opened on GitLab, in its think window. */
  drafted(name?: string): Promise<PostRecord & { mergeRequest: number; issue: number }>;
  /** The same after its window, so that people are asked. */
  inReview(name?: string): Promise<PostRecord & { mergeRequest: number; issue: number }>;
  /** What stands in the outbox, by file name. */
  outbox(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/**
 * A desk on a sandbox in this process, set up by the product's own command. `env` is set for every program; `deliver`
 * takes the webhooks.
 */
export async function createTestDesk(
  env: Record<string, string> = {},
  deliver?: (request: Request) => Promise<Response>,
): Promise<TestDesk> {
  const clock = testClock();
  const seed = await starterDesk();
  const sandbox = await createSandbox({ clock, seed, ...(deliver && { deliver }) });
  // The state branch is begun with git, which needs an address; all else stays in this process.
  await sandbox.listen(0);
  const fetch: typeof globalThis.fetch = (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    const ours = address.startsWith(sandbox.url);
    return ours
      ? sandbox.fetch(input instanceof Request ? input : address, init)
      : globalThis.fetch(input, init);
  };
  const where = { url: sandbox.url, project: sandbox.project.path, fetch, clock };
  const deps = {
    ...where,
    token: sandbox.users.owner.token,
    ...(deliver && { hookUrl: 'http://127.0.0.1:9/hooks' }),
  };
  await applyDesk(deps);
  const config = readConfig({
    GITLAB_URL: sandbox.url,
    GITLAB_PROJECT: sandbox.project.path,
    ...(await readSecrets(deps)),
    PULSE_SETTLE: '0s',
    LOG_LEVEL: 'silent',
    ...env,
  });
  const another = () => createApp(config, { fetch, clock });
  const app = await another();
  const record = async (id: string) => {
    const found = await app.desk.records.load(id);
    if (found === undefined) throw new Error(`there is no record of ${id}`);
    return found;
  };
  const drafted = async (name = 'bitcoin etf') => {
    const [profile] = (await app.desk.profiles()).filter((each) => each.name === 'crypto');
    if (profile === undefined) throw new Error('there is no profile crypto');
    const id = (await proposePost(app.desk, aMatch(name, clock.now()), profile)) ?? '';
    await app.reconcile({ post: id });
    return opened(await record(id));
  };
  return {
    sandbox,
    clock,
    app,
    hooks: config.hooks,
    another,
    as: (role) => person(sandbox, role),
    record,
    drafted,
    async inReview(name) {
      const { id, closes } = await drafted(name);
      clock.advance(closes - clock.now() + 1);
      await app.reconcile({ post: id });
      return opened(await record(id));
    },
    outbox: () => app.desk.files.list('outbox'),
    close: () => sandbox.close(),
  };
}

function opened(record: PostRecord): PostRecord & { mergeRequest: number; issue: number } {
  const { mergeRequest, issue } = record;
  if (mergeRequest === undefined || issue === undefined) throw new Error('it was not opened');
  return { ...record, mergeRequest, issue };
}

/** A trend about bitcoin, made up. */
export function aMatch(name: string, now: number): Match {
  return {
    profile: 'crypto',
    score: 0.9,
    reasons: [{ kind: 'topic', text: `the topic "bitcoin" names "${name}"`, weight: 0.9 }],
    trend: {
      id: `${name.replaceAll(' ', '-')}@2026-11-21`,
      name,
      terms: [name],
      score: 12,
      posts: 40,
      expected: 2,
      firstAt: now - 3_600_000,
      lastAt: now,
      networks: ['sample'],
      evidence: [
        {
          signal: 'sample:1',
          network: 'sample',
          excerpt: `The regulator has approved the first ${name}, say people close to it.`,
          at: now - 60_000,
          url: 'https://news.example/etf',
          author: 'newsdesk',
        },
      ],
    },
  };
}
