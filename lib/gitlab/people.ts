import { absent } from './answers.ts';
import { projectShape, userShape } from './objects.ts';
import type { Send } from './request.ts';
import type { Loaded } from './resources.ts';
import { maybe, narrow, object, text, whole } from './shapes.ts';
import { written } from './written.ts';
import type { AccessLevel, Project, User } from './types.ts';

const memberShape = object((field) => ({
  level: field('access_level', whole),
  state: field('state', maybe(text)) ?? 'active',
  membership: field('membership_state', maybe(text)) ?? 'active',
  expires: field('expires_at', maybe(text)),
}));
const levels: readonly number[] = [5, 10, 15, 20, 30, 40, 50] satisfies AccessLevel[];

/** Who is who and who may what; and the project, which every program asks for first. */
export function createPeople(project: string, resources: Loaded, send: Send, now: () => number) {
  const encoded = encodeURIComponent(project);
  // These two are the first requests of every program: sent without waiting for the client library.
  const first = async (path: string) => {
    const answer = send({ method: 'GET', path });
    await Promise.race([answer, written]);
    await Promise.all([answer, resources()]);
    return (await answer).body;
  };
  const asUser = (call: string, answer: unknown) => {
    const user = narrow(call, userShape, answer);
    return { ...user, bot: user.bot ?? false };
  };
  return {
    /** Whose token this is. */
    me: async (): Promise<User & { bot: boolean }> => asUser('GET /user', await first('user')),
    /** The project of this desk. Throws GITLAB_REFUSED when it is missing or closed to us. */
    getProject: async (): Promise<Project> =>
      narrow('GET /projects/:id', projectShape, await first(`projects/${encoded}`)),
    async user(id: number): Promise<(User & { bot: boolean }) | undefined> {
      const { users } = await resources();
      const found = await absent(users.show(id));
      return found && asUser('GET /users/:id', found);
    },
    /** The role in this project, also one inherited from a group; 0 for who has none, is blocked or has expired. */
    async accessLevel(userId: number): Promise<AccessLevel> {
      const { members } = await resources();
      const found = await absent(members.show(project, userId, { includeInherited: true }));
      if (found === undefined) return 0;
      const member = narrow('GET /members/all/:id', memberShape, found);
      const active = member.state === 'active' && member.membership === 'active';
      const today = new Date(now()).toISOString().slice(0, 10);
      const valid = member.expires === undefined || member.expires > today;
      return active && valid && levels.includes(member.level) ? (member.level as AccessLevel) : 0;
    },
  };
}
