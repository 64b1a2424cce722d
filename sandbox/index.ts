import { recover } from './acts/recover.ts';
import { createApp } from './app.ts';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { systemClock } from '../lib/clock.ts';
import type { Clock } from '../lib/clock.ts';
import type { Env } from './api/call.ts';
import { createScheduler } from './ci/pipelines.ts';
import { createRunner } from './ci/run.ts';
import { findGit } from './git/program.ts';
import { createOutbound } from './hooks/queue.ts';
import { createMirror, readMirror } from './mirror.ts';
import { pathOf } from './model.ts';
import type { Project, State } from './model.ts';
import { levelOf } from './permissions.ts';
import { createServer } from './serve.ts';
import type { Person } from './pages/index.ts';
import { plant, roleNames } from './seed.ts';
import type { Role } from './seed.ts';
import { addToken, createWorld } from './world.ts';
import type { World } from './world.ts';

export interface SandboxOptions {
  /** Where the state is mirrored to; without it nothing outlives the sandbox. */
  folder?: string;
  /** What the project starts from: a folder of files, a clone or a bare repository. */
  seed?: string;
  clock?: Clock;
  /** Takes webhooks in place of the network. */
  deliver?: (request: Request) => Promise<Response>;
  /** Sub-path of the address, e.g. `/gitlab`. No pages are served there. */
  basePath?: string;
  /** Waits before a failed webhook is sent again, ms. */
  hookRetries?: readonly number[];
  /** Refuse merges that do not name the commit. */
  requireSha?: boolean;
  /** Start pipelines for pushes and merge requests, not only for schedules. */
  pipelines?: boolean;
}

export interface SeenRequest {
  method: string;
  path: string;
  user: string;
  status: number;
}

export interface Sandbox {
  /** Answers in process: REST, pages, git. */
  fetch: (input: Request | string, init?: RequestInit) => Promise<Response>;
  app: Hono<Env>;
  users: Record<Role, Person>;
  project: { id: number; path: string };
  /** Base address; another one once it listens. */
  readonly url: string;
  listen: (port?: number) => Promise<{ url: string; close: () => Promise<void> }>;
  /** Resolves when all hooks are delivered and all work has ended; pipelines are not waited for. */
  idle: () => Promise<void>;
  /** Resolves when no pipeline runs. */
  pipelinesDone: () => Promise<void>;
  /** The latest requests, oldest first. */
  requests: SeenRequest[];
  /** The project's bare repository. */
  git: string;
  close: () => Promise<void>;
}

const empty = (): State => ({
  version: 1,
  last: {},
  users: {},
  tokens: {},
  projects: {},
  todos: [],
  seeded: {},
});

/**
 * A GitLab on loopback. Throws FILE_INVALID when `folder` holds a damaged state, INTERNAL when there is no git.
 */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { folder, clock = systemClock, basePath = '' } = options;
  const git = findGit();
  const known = folder === undefined ? undefined : await readMirror(folder);
  const top = folder ?? (await mkdtemp(join(tmpdir(), 'sandbox-')));
  const repositories = join(top, 'repositories');
  await mkdir(repositories, { recursive: true });
  const state = known ?? empty();
  const hooks = createOutbound({
    clock,
    send: options.deliver ?? ((request) => globalThis.fetch(request)),
    retries: options.hookRetries ?? [1000, 5000],
    instance: () => world.url,
    changed: () => world.changed(),
  });
  const world = createWorld({
    clock,
    state,
    git,
    folder: repositories,
    hooks,
    rules: { requireSha: options.requireSha ?? false, pipelines: options.pipelines ?? false },
  });
  world.url += basePath;
  const mirror = folder === undefined ? undefined : createMirror(folder, state);
  if (mirror) world.changed = () => mirror.changed();
  if (known) await recover(world);
  const project = known ? mainProject(state) : await plant(world, options.seed);
  const runner = createRunner(world, join(top, 'runner'));
  world.startPipeline = (of, id) => runner.start(of, id);
  const scheduler = createScheduler(world, 5000);
  await mirror?.flush();

  const users = peopleOf(world, project);
  const requests: SeenRequest[] = [];
  const app = createApp(world, { basePath, users, project, requests });
  const server = createServer(app, world, basePath, () => scheduler.start());
  let closed: Promise<void> | undefined;
  const close = async () => {
    scheduler.stop();
    await server.close();
    await runner.close();
    await world.settled();
    await hooks.close();
    await world.close();
    await mirror?.flush();
    if (folder === undefined) await rm(top, { recursive: true, force: true });
  };
  return {
    app,
    users,
    project: { id: project.id, path: pathOf(project) },
    git: world.repo(project).folder,
    requests,
    get url() {
      return world.url;
    },
    fetch: async (input, init) => {
      const request = input instanceof Request ? input : new Request(input, init);
      return app.fetch(request);
    },
    listen: server.listen,
    async idle() {
      await world.settled();
      await hooks.idle();
      await world.settled();
    },
    pipelinesDone: () => runner.idle(),
    close: () => (closed ??= close()),
  };
}

function mainProject(state: State): Project {
  const [first] = Object.values(state.projects);
  if (!first) throw new Error('the mirrored state holds no project');
  return first;
}

function peopleOf(world: World, project: Project): Record<Role, Person> {
  const entries = roleNames.map((role) => {
    const user = world.state.users[world.state.seeded[role] ?? 0];
    if (!user) throw new Error(`there is no ${role}`);
    const own = Object.values(world.state.tokens).find(
      (token) => token.userId === user.id && token.name === `sandbox ${role}` && !token.revoked,
    );
    const { value } =
      own ?? addToken(world, { name: `sandbox ${role}`, userId: user.id, scopes: ['api'] });
    const level = levelOf(project, user, world.clock.now());
    const { id, username, name } = user;
    return [role, { id, username, name, token: value, level }];
  });
  return Object.fromEntries(entries) as Record<Role, Person>;
}
