import { documentId, parseDocument } from '../draft/parse.ts';
import { isError } from '../errors.ts';
import type { MergeRequest } from '../gitlab/types.ts';
import { formatProblem } from '../problem.ts';
import { replyMark } from '../review/card.ts';
import { neutral } from '../gitlab/neutral.ts';
import { newRecord } from '../store/record.ts';
import type { Desk } from './context.ts';
import { mayHoldPost } from './read/find.ts';

/**
 * Takes in a post that a person wrote by hand in a merge request of this project, and gives its id. One from a fork
 * never is: its author could change it after we looked. Nothing happens to merge requests that hold no post.
 */
export async function adopt(desk: Desk, mergeRequest: MergeRequest): Promise<string | undefined> {
  if (mergeRequest.state !== 'opened') return known(desk, mergeRequest);
  const paths = (await desk.gitlab.changedPaths(mergeRequest.iid)).filter(mayHoldPost);
  if (paths.length === 0) return undefined;
  if (mergeRequest.sourceProject !== mergeRequest.targetProject) {
    await explain(
      desk,
      mergeRequest,
      'fork',
      'A post from a fork is never published. Push the branch to this project and open the merge request from there.',
    );
    return undefined;
  }
  if (paths.length > 1) {
    await explain(
      desk,
      mergeRequest,
      'several',
      'One merge request holds one post. Please open one for each.',
    );
    return undefined;
  }
  const [path = ''] = paths;
  const file = await desk.gitlab.readFile(path, mergeRequest.sourceBranch);
  if (file === undefined) return undefined;
  const { document, problems } = parseDocument(file.content, path);
  if (document === undefined) {
    const list = problems.map((problem) => `- ${neutral(formatProblem(problem))}`).join('\n');
    await explain(
      desk,
      mergeRequest,
      mergeRequest.sha,
      `This file cannot be read as a post yet:\n\n${list}`,
    );
    return undefined;
  }
  const profile = (await desk.profiles()).find(({ name }) => name === document.profile);
  const existing = await desk.records.load(document.id);
  if (existing !== undefined) {
    if (existing.mergeRequest === mergeRequest.iid) return existing.id;
    await explain(
      desk,
      mergeRequest,
      'duplicate',
      `A post with the id \`${neutral(document.id)}\` exists already. Give yours another.`,
    );
    return undefined;
  }
  if (profile === undefined) {
    await explain(
      desk,
      mergeRequest,
      'profile',
      `There is no profile "${neutral(document.profile)}" on the default branch.`,
    );
    return undefined;
  }
  const now = desk.clock.now();
  const record = newRecord(
    {
      id: document.id,
      profile: profile.name,
      path,
      branch: mergeRequest.sourceBranch,
      mergeRequest: mergeRequest.iid,
      closes: now + (desk.settings.window ?? profile.window),
      origin: { reasons: [], evidence: [] },
    },
    now,
  );
  try {
    await desk.records.save(record);
  } catch (error) {
    // Another bot was quicker.
    if (!isError(error, 'STORE_CONFLICT')) throw error;
  }
  return document.id;
}

/** The post of a merge request that is no longer open, whatever its branch is called. */
async function known(desk: Desk, mergeRequest: MergeRequest): Promise<string | undefined> {
  const paths = (await desk.gitlab.changedPaths(mergeRequest.iid)).filter(mayHoldPost);
  for (const path of paths) {
    const file =
      (await desk.gitlab.readFile(path, mergeRequest.sourceBranch)) ??
      (await desk.gitlab.readFile(path, desk.project.defaultBranch));
    const id = file === undefined ? undefined : documentId(file.content);
    const record = id === undefined ? undefined : await desk.records.load(id);
    if (record?.mergeRequest === mergeRequest.iid) return record.id;
  }
  return undefined;
}

/** Says once why a merge request is not taken in. */
async function explain(
  desk: Desk,
  { iid }: MergeRequest,
  key: string,
  body: string,
): Promise<void> {
  const thread = { on: 'merge_request' as const, iid };
  const mark = replyMark(`adopt:${key}`);
  try {
    const path = `claims/explain-${iid}-${key}.json`;
    await desk.files.commit([{ action: 'create', path, content: '{}\n' }], `Explain !${iid}`);
  } catch (error) {
    if (isError(error, 'STORE_CONFLICT')) return;
    throw error;
  }
  await desk.gitlab.addNote(thread, `${body}\n\n${mark}`);
}
