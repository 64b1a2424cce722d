import { createApi } from './api.ts';
import type { Api } from './api.ts';
import type { Links } from './links.ts';

/** Somebody one may act as. */
export interface Person {
  id: number;
  username: string;
  name: string;
  token: string;
  /** GitLab's access level: 10 guest, 20 reporter, 30 developer, 40 maintainer, 50 owner. */
  level: number;
}

export interface PagesOptions {
  /** GitLab's REST API, reached in process. */
  api: (request: Request) => Promise<Response>;
  /** Who one may act as, by role. */
  users: Readonly<Record<string, Person>>;
  project: { id: number; path: string };
  /** Milliseconds since the epoch. */
  now?: () => number;
}

/** Something that went wrong, and the form it belongs to. */
export interface Trouble {
  at: string;
  title: string;
  text: string;
  /** What somebody had typed, so that it is not lost. */
  typed?: string;
}

/** One request for a page: who asks, with whose rights, at what time. */
export interface Visit {
  api: Api;
  me: Person;
  role: string;
  people: readonly { role: string; person: Person }[];
  projectPath: string;
  links: Links;
  now: number;
  /** Address of the page. */
  path: string;
  trouble?: Trouble;
}

/** Roles in the order the switcher shows them; those not named here come last, strangers never. */
const order = ['owner', 'maintainer', 'developer', 'reviewer', 'reporter', 'guest'];
const hidden = ['stranger'];
const usual = 'reviewer';

/** Who one may act as, in order. */
export function peopleOf(users: PagesOptions['users']): Visit['people'] {
  const rank = (role: string) => order.indexOf(role) >>> 0;
  return Object.entries(users)
    .filter(([role]) => !hidden.includes(role))
    .map(([role, person]) => ({ role, person }))
    .toSorted((a, b) => rank(a.role) - rank(b.role));
}

/** The visit of whoever the cookie names, the reviewer when it names nobody. */
export function createVisit(
  options: PagesOptions,
  links: Links,
  request: { cookie: string | undefined; path: string },
): Visit {
  const people = peopleOf(options.users);
  const found =
    people.find(({ person }) => person.username === request.cookie) ??
    people.find(({ role }) => role === usual) ??
    people[0];
  if (found === undefined) throw new Error('the pages need somebody to act as');
  return {
    api: createApi(options.api, found.person.token, options.project.id),
    me: found.person,
    role: found.role,
    people,
    projectPath: options.project.path,
    links,
    now: (options.now ?? Date.now)(),
    path: request.path,
  };
}
