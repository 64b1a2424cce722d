import type { IssueEvent, MergeRequestEvent, NoteEvent, PushEvent } from 'gitlab-event-types';
import { fail } from '../errors.ts';
import type { Thread } from './types.ts';

interface About {
  /** Id of the project it comes from. */
  project: number;
  /** Id of who did it. */
  user: number;
}

/** What a webhook names; a hint where to look and no more, since it may be late, doubled or out of order. */
export type HookEvent =
  | (About & { kind: 'note' | 'emoji'; thread: Thread; note: number | undefined; action: string })
  | (About & { kind: 'issue'; iid: number; action: string })
  | (About & { kind: 'merge_request'; iid: number; action: string; sourceBranch: string })
  /** `after` is absent when the branch was deleted. */
  | (About & { kind: 'push'; branch: string; after: string | undefined })
  /** Of a merge request; others are `other`. */
  | (About & { kind: 'pipeline'; iid: number; status: string })
  | { kind: 'other'; name: string };

/** The fields that are read, each of which may be missing: the types are the documentation's, the body is anybody's. */
type Loose<T> = T extends object ? { [K in keyof T]?: Loose<T[K]> | null } : T;
type Body = Loose<Omit<NoteEvent, 'object_kind'>> &
  Loose<Pick<PushEvent, 'ref' | 'after' | 'user_id'>> & {
    object_kind?: unknown;
    object_attributes?: Loose<
      Pick<IssueEvent['object_attributes'], 'iid' | 'action'> &
        Pick<MergeRequestEvent['object_attributes'], 'source_branch'>
    > | null;
  };

const nobody = /^0+$/;

/**
 * Reads a webhook's body (JSON). What we have no use for is `other`, with the name that GitLab gave it.
 * Throws GITLAB_UNEXPECTED when it is no JSON object.
 */
export function readEvent(headers: Pick<Headers, 'get'>, body: Uint8Array | string): HookEvent {
  const event = parse(body);
  const other: HookEvent = { kind: 'other', name: headers.get('x-gitlab-event') ?? 'unknown' };
  const { object_kind: kind, object_attributes: about } = event;
  const project = event.project_id ?? event.project?.id;
  const user = event.user?.id ?? event.user_id;
  if (!isId(project) || !isId(user)) return other;
  const action = typeof about?.action === 'string' ? about.action : '';
  const iid = about?.iid;
  if ((kind === 'issue' || kind === 'work_item') && isId(iid))
    return { kind: 'issue', project, user, iid, action };
  if (kind === 'merge_request' && isId(iid)) {
    const { source_branch: sourceBranch } = about ?? {};
    if (typeof sourceBranch !== 'string') return other;
    return { kind, project, user, iid, action, sourceBranch };
  }
  if (kind === 'note' || kind === 'emoji') {
    const thread = threadOf(event);
    if (thread === undefined) return other;
    const note = kind === 'note' ? about?.id : (event as { note?: { id?: unknown } }).note?.id;
    return { kind, project, user, thread, note: isId(note) ? note : undefined, action };
  }
  if (kind === 'pipeline') {
    const status = (about as { status?: unknown } | null | undefined)?.status;
    const thread = threadOf(event);
    if (thread?.on !== 'merge_request' || typeof status !== 'string') return other;
    return { kind, project, user, iid: thread.iid, status };
  }
  if (kind === 'push' && typeof event.ref === 'string' && event.ref.startsWith('refs/heads/')) {
    const { after } = event;
    const gone = typeof after !== 'string' || nobody.test(after);
    const branch = event.ref.slice('refs/heads/'.length);
    return { kind, project, user, branch, after: gone ? undefined : after };
  }
  return other;
}

function threadOf({ merge_request: mergeRequest, issue }: Body): Thread | undefined {
  const mrIid = (mergeRequest as { iid?: unknown } | null | undefined)?.iid;
  if (isId(mrIid)) return { on: 'merge_request', iid: mrIid };
  const iid = (issue as { iid?: unknown } | null | undefined)?.iid;
  return isId(iid) ? { on: 'issue', iid } : undefined;
}

const isId = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0;

function parse(body: Uint8Array | string): Body {
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw fail('GITLAB_UNEXPECTED', { call: 'a webhook', problems: 'no JSON' }, error);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw fail('GITLAB_UNEXPECTED', { call: 'a webhook', problems: 'no JSON object' });
  return parsed;
}
