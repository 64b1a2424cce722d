import { absent, refused } from './answers.ts';
import { ruleShape } from './branches.ts';
import { connect, type GitLabOptions } from './connect.ts';
import { perPage } from './issues.ts';
import type { Call } from './request.ts';
import {
  boardShape,
  hookShape,
  labelShape,
  type ProjectSettings,
  projectSettingsShape,
  scheduleShape,
  tokenShape,
} from './settings-objects.ts';
import { list, narrow, type Shape } from './shapes.ts';
import { createVariables } from './variables.ts';

export type Settings = ReturnType<typeof createSettings>;

/** What makes a project a desk, to be read and set by a maintainer. Errors as of `createGitLab`. */
export function createSettings(options: GitLabOptions) {
  const { project, send, resources } = connect(options);
  const base = `projects/${encodeURIComponent(project)}`;
  const write = async <T>(
    method: Call['method'],
    path: string,
    body: unknown,
    shape: Shape<T>,
  ): Promise<T> => {
    const answer = await send({ method, path: `${base}${path}`, body });
    return narrow(`${method} ${path}`, shape, answer.body);
  };
  const ignored: Shape<undefined> = () => undefined;

  return {
    async projectSettings(): Promise<ProjectSettings> {
      const answer = await send({ method: 'GET', path: base });
      return narrow('GET /projects/:id', projectSettingsShape, answer.body);
    },
    async updateProject(change: Partial<ProjectSettings>): Promise<void> {
      const { projects } = await resources();
      await projects.edit(project, change as Parameters<typeof projects.edit>[1]);
    },

    async labels() {
      const { labels } = await resources();
      return narrow('GET /labels', list(labelShape), await labels.all(project, { perPage }));
    },
    createLabel: (label: { name: string; color: string; description: string }) =>
      write('POST', '/labels', label, labelShape),

    async boards() {
      const { boards } = await resources();
      return narrow('GET /boards', list(boardShape), await boards.all(project, { perPage }));
    },
    createBoard: (name: string) => write('POST', '/boards', { name }, boardShape),
    addBoardList: (board: number, label: number) =>
      write('POST', `/boards/${String(board)}/lists`, { label_id: label }, ignored),

    async protectedBranches() {
      const { protectedBranches } = await resources();
      const found = await protectedBranches.all(project, { perPage });
      return narrow('GET /protected_branches', list(ruleShape), found);
    },
    /**
     * Protects a branch: nobody rewrites it, and maintainers push to it, or in Premium the account `pushUser` alone.
     */
    async protectBranch(name: string, access: { merge: 0 | 40; pushUser?: number }) {
      const protect = (push: object) => {
        const rule = { name, allow_force_push: false, merge_access_level: access.merge, ...push };
        return write('POST', '/protected_branches', rule, ruleShape);
      };
      const maintainers = { push_access_level: 40 };
      if (access.pushUser === undefined) return protect(maintainers);
      try {
        return await protect({ allowed_to_push: [{ user_id: access.pushUser }] });
      } catch (error) {
        if (![400, 403, 422].includes(refused(error)?.status ?? 0)) throw error;
        return protect(maintainers);
      }
    },
    async unprotectBranch(name: string): Promise<void> {
      const { protectedBranches } = await resources();
      await absent(protectedBranches.remove(project, name));
    },

    async hooks() {
      const { hooks } = await resources();
      return narrow('GET /hooks', list(hookShape), await hooks.all(project, { perPage }));
    },
    /** Fields by GitLab's names. Tokens are never in an answer. */
    createHook: (hook: Record<string, unknown>) => write('POST', '/hooks', hook, hookShape),
    editHook: (id: number, hook: Record<string, unknown>) =>
      write('PUT', `/hooks/${String(id)}`, hook, hookShape),

    async schedules() {
      const { schedules } = await resources();
      const found = await schedules.all(project, { perPage });
      return narrow('GET /pipeline_schedules', list(scheduleShape), found);
    },
    createSchedule: (schedule: { description: string; ref: string; cron: string }) =>
      write('POST', '/pipeline_schedules', { ...schedule, active: true }, scheduleShape),
    /** From now on its pipelines run as us. */
    ownSchedule: (id: number) =>
      write('POST', `/pipeline_schedules/${String(id)}/take_ownership`, undefined, ignored),

    ...createVariables(project, resources, send),

    /** Project access tokens that are in force. */
    async tokens() {
      const { tokens } = await resources();
      const found = narrow(
        'GET /access_tokens',
        list(tokenShape),
        (await tokens.all(project)) as unknown,
      );
      return found.filter(({ active }) => active);
    },
    createToken: (token: {
      name: string;
      scopes: readonly string[];
      access_level: number;
      expires_at: string;
    }) => write('POST', '/access_tokens', token, tokenShape),
    /** A new value for the same account; the old one is no longer valid. */
    rotateToken: (id: number, expires: string) =>
      write('POST', `/access_tokens/${String(id)}/rotate`, { expires_at: expires }, tokenShape),

    /** The token that is used here. */
    async ownToken() {
      const answer = await send({ method: 'GET', path: 'personal_access_tokens/self' });
      return narrow('GET /personal_access_tokens/self', tokenShape, answer.body);
    },
  };
}
