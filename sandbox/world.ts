import { join } from 'node:path';
import type { Clock } from '../lib/clock.ts';
import type { Git } from './git/program.ts';
import { createRepo } from './git/repo.ts';
import type { Repo } from './git/repo.ts';
import type { Outbound } from './hooks/queue.ts';
import type { Project, State, Token, User } from './model.ts';
import { pathOf } from './model.ts';
import { notFound } from './refusal.ts';

export interface Rules {
  /** Whether merging needs `sha`, as on some GitLabs. */
  requireSha: boolean;
  /** Whether pushes and merge requests start pipelines. */
  pipelines: boolean;
}

/** Everything the server knows, and what it works with. */
export interface World {
  readonly clock: Clock;
  readonly state: State;
  readonly git: Git;
  readonly rules: Rules;
  readonly hooks: Outbound;
  /** Where the repositories lie. */
  readonly folder: string;
  /** Address, with the sub-path if there is one. */
  url: string;
  /** Tells the mirror that something changed. */
  changed: () => void;
  /** Starts the jobs of a pipeline; told by the wiring. */
  startPipeline: (project: Project, id: number) => void;
  /** Work that goes on after the answer. */
  background: (work: Promise<unknown>) => void;
  repo(project: Project): Repo;
  next(kind: string): number;
  random(bytes: number): string;
  close(): Promise<void>;
  /** Resolves when no work goes on any more. */
  settled(): Promise<void>;
}

interface Parts {
  clock: Clock;
  state: State;
  git: Git;
  folder: string;
  hooks: Outbound;
  rules: Rules;
}

export function createWorld(parts: Parts): World {
  const repos = new Map<number, Repo>();
  const running = new Set<Promise<unknown>>();
  const { state, clock, folder, git } = parts;
  return {
    ...parts,
    url: 'http://gitlab.sandbox',
    changed: () => undefined,
    startPipeline: () => undefined,
    background(work) {
      const done = work
        .catch((error: unknown) => {
          const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
          process.stderr.write(`sandbox: work in the background failed: ${why}\n`);
        })
        .finally(() => running.delete(done));
      running.add(done);
    },
    repo(project) {
      const known = repos.get(project.id);
      if (known) return known;
      const made = createRepo(git, join(folder, `${String(project.id)}.git`));
      repos.set(project.id, made);
      return made;
    },
    next(kind) {
      const number = (state.last[kind] ?? 0) + 1;
      state.last[kind] = number;
      return number;
    },
    random: (bytes) => Buffer.from(clock.random(bytes)).toString('hex'),
    async settled() {
      while (running.size > 0) await Promise.all(running);
    },
    async close() {
      while (running.size > 0) await Promise.all(running);
      await Promise.all([...repos.values()].map((repo) => repo.close()));
    },
  };
}

export const webUrl = (world: World, project: Project) => `${world.url}/${pathOf(project)}`;

export function userOf(world: World, id: number): User {
  const found = world.state.users[id];
  if (found === undefined) throw new Error(`there is no user ${String(id)}`);
  return found;
}

/** By number or path; undefined when there is none. */
export function findProject(world: World, key: string): Project | undefined {
  if (/^\d+$/.test(key)) return world.state.projects[Number(key)];
  const wanted = key.toLowerCase();
  return Object.values(world.state.projects).find((each) => pathOf(each).toLowerCase() === wanted);
}

export function projectOf(world: World, id: number): Project {
  const found = world.state.projects[id];
  if (found === undefined) throw notFound('Project');
  return found;
}

export const findUser = (world: World, username: string): User | undefined => {
  const wanted = username.toLowerCase();
  return Object.values(world.state.users).find((each) => each.username.toLowerCase() === wanted);
};

export function addToken(
  world: World,
  wanted: Pick<Token, 'name' | 'userId' | 'scopes'> & Partial<Token>,
): Token {
  const token: Token = {
    id: world.next('token'),
    value: `glpat-${Buffer.from(world.clock.random(15)).toString('base64url')}`,
    description: '',
    createdAt: world.clock.now(),
    revoked: false,
    ...wanted,
  };
  world.state.tokens[token.id] = token;
  return token;
}

export const iso = (ms: number): string => new Date(ms).toISOString();
export const isoOrNull = (ms: number | undefined | null): string | null =>
  ms === undefined || ms === null ? null : iso(ms);
export const day = (ms: number): string => iso(ms).slice(0, 10);
