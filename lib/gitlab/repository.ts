import type { Clock } from '../clock.ts';
import { fail } from '../errors.ts';
import { absent, refused } from './answers.ts';
import { perPage } from './issues.ts';
import type { Loaded } from './resources.ts';
import { list, maybe, narrow, object, text, time } from './shapes.ts';

/** What a commit does to one file. `lastCommit`: refuse when the file has changed since. */
export type CommitAction = (
  | { action: 'create' | 'update'; path: string; content: string; encoding?: 'text' | 'base64' }
  | { action: 'delete'; path: string }
) & { lastCommit?: string };

const fileShape = object((field) => ({
  content: Buffer.from(field('content', text), 'base64'),
  lastCommit: field('last_commit_id', text),
}));
const entryShape = object((field) => ({
  path: field('path', text),
  blob: field('id', text),
  type: field('type', text),
}));
const commitShape = object((field) => ({
  id: field('id', text),
  message: field('message', text),
  authorName: field('author_name', text),
  authorEmail: field('author_email', text),
  at: field('committed_date', time),
}));
const compareShape = object((field) => ({
  paths: field(
    'diffs',
    list(object((inner) => [inner('old_path', text), inner('new_path', text)])),
  ),
  timedOut:
    field(
      'compare_timeout',
      maybe((value) => value === true),
    ) ?? false,
}));
const idShape = object((field) => field('id', text));

/** The branch moved between GitLab's reading it and its writing: nothing was written. */
const moved = /reference does not point to expected object|could not update|is at .* but expected/i;
const conflict = /already exists|doesn't exist|does not exist|has changed since you started/i;
const tries = 8;

export function createRepository(project: string, resources: Loaded, clock: Clock) {
  const file = async (path: string, ref: string) => {
    const { files } = await resources();
    const found = await absent(files.show(project, path, ref));
    return found && narrow('GET /repository/files', fileShape, found);
  };
  const commit = async (
    branch: string,
    actions: readonly CommitAction[],
    message: string,
    startBranch?: string,
  ) => {
    const { commits } = await resources();
    const made = await commits.create(
      project,
      branch,
      message,
      actions.map(({ path, lastCommit, ...action }) => ({
        ...action,
        filePath: path,
        ...(lastCommit !== undefined && { lastCommitId: lastCommit }),
      })),
      startBranch === undefined ? {} : { startBranch },
    );
    return { commit: narrow('POST /repository/commits', idShape, made) };
  };
  return {
    async readFile(path: string, ref: string) {
      const found = await file(path, ref);
      return found && { content: found.content.toString('utf8'), lastCommit: found.lastCommit };
    },
    async readBytes(path: string, ref: string): Promise<Uint8Array | undefined> {
      return (await file(path, ref))?.content;
    },
    /** Everything below `folder` ('' for the top), sorted; empty when there is no such folder. `blob` is git's id of it. */
    async tree(folder: string, ref: string) {
      const { repositories } = await resources();
      const found = await absent(
        repositories.allRepositoryTrees(project, {
          ...(folder !== '' && { path: folder }),
          ref,
          recursive: true,
          perPage,
          pagination: 'keyset',
        }),
      );
      const entries = narrow('GET /repository/tree', list(entryShape), found ?? []);
      return entries.sort((a, b) => (a.path < b.path ? -1 : 1));
    },
    /** Newest first; those that touched `path`, and no more than `limit` (100 at most). */
    async commits(ref: string, path?: string, limit = perPage) {
      const { commits } = await resources();
      const found = await absent(
        commits.all(project, {
          refName: ref,
          perPage: Math.min(limit, perPage),
          page: 1,
          ...(path !== undefined && { path }),
        }),
      );
      return narrow('GET /repository/commits', list(commitShape), found ?? []);
    },
    /**
     * One commit of several files, all or nothing. Throws STORE_CONFLICT when a file is there that should be created,
     * is missing, or has changed since `lastCommit`; GITLAB_BUSY with status 400 when the branch keeps moving. Nothing
     * was written then. A new branch begins at `startBranch`.
     */
    async commitFiles(
      branch: string,
      actions: readonly CommitAction[],
      message: string,
      { startBranch }: { startBranch?: string } = {},
    ): Promise<{ commit: string }> {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await commit(branch, actions, message, startBranch);
        } catch (error) {
          const said = refused(error);
          const why = said?.message ?? '';
          if (said?.status !== 400) throw error;
          if (moved.test(why)) {
            if (attempt === tries)
              throw fail('GITLAB_BUSY', { call: `a commit to ${branch}`, status: 400 }, error);
            const [chance = 0] = clock.random(1);
            await clock.sleep((chance / 255) * 25 * 2 ** attempt);
            continue;
          }
          const path = actions.map((action) => action.path).join(', ');
          throw conflict.test(why) ? fail('STORE_CONFLICT', { path, why }, error) : error;
        }
      }
    },
    /** Old and new paths of what differs between the point where `to` left `from` and `to`, sorted. */
    async compare(from: string, to: string): Promise<{ paths: string[] }> {
      const { repositories } = await resources();
      const call = 'GET /repository/compare';
      const found = narrow(call, compareShape, await repositories.compare(project, from, to));
      if (found.timedOut)
        throw fail('GITLAB_UNEXPECTED', { call, problems: 'a comparison it did not finish' });
      return { paths: [...new Set(found.paths.flat())].sort() };
    },
  };
}
