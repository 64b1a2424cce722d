import type { AccessLevel, MergeRequest } from '../../gitlab/types.ts';
import { asked } from '../../review/asked.ts';
import type { CurrentDocument, Observation, On } from '../../review/observation.ts';
import type { Profile } from '../../store/profile.ts';
import type { Person, PostRecord } from '../../store/record.ts';
import type { Desk } from '../context.ts';
import { describeDocument, fileHash } from './document.ts';
import { findDocument } from './find.ts';

/** Reads from GitLab and git everything a decision on this post rests on. */
export async function observe(
  desk: Desk,
  record: PostRecord,
  profile: Profile,
): Promise<Observation> {
  const [issue, mergeRequest, branch, said] = await Promise.all([
    record.issue === undefined ? undefined : desk.gitlab.issue(record.issue),
    record.mergeRequest === undefined ? undefined : desk.gitlab.mergeRequest(record.mergeRequest),
    desk.gitlab.branch(record.branch),
    readThreads(desk, record),
  ]);
  const document = await readDocument(desk, record, profile, mergeRequest, branch !== undefined);
  const observation: Observation = {
    me: desk.me.id,
    ...(issue === undefined ? {} : { issue }),
    ...(mergeRequest === undefined ? {} : { mergeRequest }),
    ...said,
    branchExists: branch !== undefined,
    ...(document === undefined ? {} : { document }),
    levels: {},
  };
  return { ...observation, levels: await levelsOf(desk, record, observation) };
}

/** What was said, labelled and approved on the issue and the merge request. */
async function readThreads(
  desk: Desk,
  { issue, mergeRequest }: PostRecord,
): Promise<Pick<Observation, 'notes' | 'labels' | 'approvals'>> {
  const threads = [
    ...(issue === undefined ? [] : [{ on: 'issue' as On, iid: issue }]),
    ...(mergeRequest === undefined ? [] : [{ on: 'merge_request' as On, iid: mergeRequest }]),
  ];
  const [notes, labels, approvals] = await Promise.all([
    Promise.all(
      threads.map(async (thread) =>
        (await desk.gitlab.notes(thread)).map((note) => ({ ...note, on: thread.on })),
      ),
    ),
    Promise.all(
      threads.map(async (thread) =>
        (await desk.gitlab.labelEvents(thread)).map((event) => ({ ...event, on: thread.on })),
      ),
    ),
    mergeRequest === undefined ? [] : desk.gitlab.approvals(mergeRequest),
  ]);
  return { notes: notes.flat(), labels: labels.flat(), approvals };
}

async function readDocument(
  desk: Desk,
  record: PostRecord,
  profile: Profile,
  mergeRequest: MergeRequest | undefined,
  branchExists: boolean,
): Promise<CurrentDocument | undefined> {
  const merged = mergeRequest?.state === 'merged';
  if (!merged && !branchExists) return undefined;
  const ref = merged ? desk.project.defaultBranch : record.branch;
  const found = await findDocument(desk, record, ref);
  if (found === undefined) return undefined;
  const file = fileHash(found.text);
  const known =
    record.work?.revision?.file === file || record.revisions.some((old) => old.file === file);
  const by = known ? undefined : await lastWriter(desk, ref, record);
  const described = await describeDocument(desk, profile, found.path, found.text, ref);
  return {
    ...described,
    path: found.path,
    where: merged ? 'default' : 'branch',
    ...(by === undefined ? {} : { by }),
  };
}

/** Who pushed last to `ref`; a commit's author can be anybody's name, so it is not asked. */
async function lastWriter(
  desk: Desk,
  ref: string,
  record: PostRecord,
): Promise<Person | undefined> {
  const since = record.revisions.at(-1)?.at ?? 0;
  const pushes = await desk.gitlab.pushes(ref, since);
  const last = pushes.findLast(({ by }) => by.id !== desk.me.id);
  return last === undefined ? undefined : { id: last.by.id, username: last.by.username };
}

/** The roles of everybody who asked for something new, read from GitLab each time. */
async function levelsOf(
  desk: Desk,
  record: PostRecord,
  observation: Observation,
): Promise<Record<number, AccessLevel>> {
  const people = [...new Set(asked(record, observation).map(({ by }) => by.id))];
  const levels = await Promise.all(people.map((id) => desk.gitlab.accessLevel(id)));
  return Object.fromEntries(people.map((id, index) => [id, levels[index] ?? 0]));
}
