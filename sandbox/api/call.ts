import type { Context, Hono } from 'hono';
import { actorOf } from '../acts/notes.ts';
import type { Actor } from '../acts/notes.ts';
import type { Project, Token, User } from '../model.ts';
import { readParams } from '../params.ts';
import type { Params } from '../params.ts';
import { levelOf, may } from '../permissions.ts';
import type { Ability } from '../permissions.ts';
import { forbidden, invalid, narrowScope, notFound, Refusal, unauthorized } from '../refusal.ts';
import { findProject } from '../world.ts';
import type { World } from '../world.ts';
import { identify } from './identify.ts';
import { Page, sendPage } from './paging.ts';

export interface Env {
  Variables: { username: string };
}
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One request of somebody. */
export interface Call {
  world: World;
  c: Context<Env>;
  params: Params;
  user: User;
  token: Token;
  /** A part of the path, decoded. */
  part(name: string): string;
  /** A part of the path that is a number. */
  number(name: string): number;
}
/** One that is about a project. */
export interface ProjectCall extends Call {
  project: Project;
  level: number;
  actor: Actor;
  may(ability: Ability): boolean;
  need(ability: Ability): void;
}

/** An answer with another status than the usual one. */
export class Answer {
  readonly status: number;
  readonly body: unknown;
  constructor(status: number, body?: unknown) {
    this.status = status;
    this.body = body;
  }
}

type Result = unknown;
type Handler<C> = (call: C) => Result;

function respond(call: Call, method: Method, result: Result): Response {
  const { c } = call;
  if (result instanceof Response) return result;
  if (result instanceof Page) return sendPage(call, result);
  if (result instanceof Answer) {
    if (result.body === undefined) return c.body(null, result.status as 204);
    return c.json(result.body as object, result.status as 200);
  }
  if (result === undefined) return c.body(null, 204);
  return c.json(result as object, method === 'POST' ? 201 : 200);
}

/** What a token may do at all, before roles are asked. */
function checkScope(token: Token, method: Method): void {
  const { scopes } = token;
  if (scopes.includes('api')) return;
  if (method === 'GET' && scopes.includes('read_api')) return;
  throw narrowScope();
}

/** Routes below `/api/v4`; handlers return JSON, a Page, an Answer, a Response, or nothing for 204. */
export function createRouter(world: World, app: Hono<Env>) {
  const on = (method: Method, path: string, run: (call: Call) => Promise<Result>) =>
    app.on(method, `/api/v4${path}`, async (c) => {
      const known = identify(world, c.req.raw);
      if (known) c.set('username', known.user.username);
      if (known && path !== '/personal_access_tokens/self') checkScope(known.token, method);
      const params = await readParams(c.req.raw);
      const part = (name: string) => c.req.param(name) ?? '';
      const call: Call = {
        world,
        c,
        params,
        get user(): User {
          if (!known) throw unauthorized();
          return known.user;
        },
        get token(): Token {
          if (!known) throw unauthorized();
          return known.token;
        },
        part,
        number(name) {
          const value = part(name);
          if (!/^\d{1,15}$/.test(value)) throw invalid(`${name} is invalid`);
          return Number(value);
        },
      };
      anonymous.set(call, known === undefined);
      return respond(call, method, await run(call));
    });

  return {
    /** For whoever has signed in. */
    signedIn(method: Method, path: string, run: Handler<Call>): void {
      on(method, path, async (call) => {
        if (anonymous.get(call)) throw unauthorized();
        return await run(call);
      });
    },
    /** About the project `:id`, for who has `ability` there. Who may not even see it is told that there is none. */
    project(method: Method, path: string, ability: Ability, run: Handler<ProjectCall>): void {
      on(method, `/projects/:id${path}`, async (call) => {
        const project = findProject(world, call.part('id'));
        const user = anonymous.get(call) ? undefined : call.user;
        if (project === undefined) throw notFound('Project');
        const bound = user === undefined ? undefined : call.token.projectId;
        const level =
          bound !== undefined && bound !== project.id
            ? 0
            : levelOf(project, user, world.clock.now());
        const allowed = (wanted: Ability) => may(project, user, level, wanted);
        if (!allowed('read_project')) throw notFound('Project');
        const need = (wanted: Ability) => {
          if (!allowed(wanted)) throw user === undefined ? unauthorized() : forbidden();
        };
        need(ability);
        if (user === undefined && method !== 'GET') throw unauthorized();
        const actor =
          user === undefined ? undefined : { ...actorOf(world, project, user.id), level };
        return await run(
          Object.defineProperties(call, {
            project: { value: project },
            level: { value: level },
            may: { value: allowed },
            need: { value: need },
            actor: {
              get: () => {
                if (actor === undefined) throw unauthorized();
                return actor;
              },
            },
          }) as ProjectCall,
        );
      });
    },
  };
}
export type Router = ReturnType<typeof createRouter>;

/** Whether a call came without a token. */
const anonymous = new WeakMap<Call, boolean>();

/** Id of who asks; 0 for nobody. */
export const askerOf = (call: Call) => (anonymous.get(call) ? 0 : call.user.id);

export function answerRefusal(error: unknown, c: Context): Response {
  if (error instanceof Refusal)
    return c.json(error.body as object, error.status as 400, error.headers);
  const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`sandbox: ${c.req.method} ${c.req.path} failed: ${why}\n`);
  return c.json({ message: '500 Internal Server Error' }, 500);
}
