import { unless } from '../api.ts';
import type { Api } from '../api.ts';
import * as rest from '../rest.ts';
import type { Award, Discussion, LabelEvent, Note, User } from '../rest.ts';

/** An issue or a merge request, as GitLab's addresses name it. */
export interface Subject {
  kind: 'issues' | 'merge_requests';
  iid: number;
}

export const subjectPath = ({ kind, iid }: Subject): string => `${kind}/${String(iid)}`;

/** Labels one person added and took away at one time. */
export interface LabelChange {
  by: User | null;
  at: string;
  added: readonly string[];
  removed: readonly string[];
}

export type Entry =
  | { kind: 'notes'; at: string; notes: readonly Note[] }
  | { kind: 'system'; at: string; note: Note }
  | { kind: 'labels'; at: string; change: LabelChange };

/** Everything that was said and done on an issue or merge request. */
export interface Timeline {
  /** The comment that shows the post, when it has one. */
  card: Note | undefined;
  /** Oldest first. */
  entries: readonly Entry[];
  awards: ReadonlyMap<number, readonly Award[]>;
}

/** The machine's mark in the one comment it edits in place. */
export const cardMark = '<!-- pulse:card ';

/** Label events within the same two seconds by the same person are one act. Pure. */
export function labelChanges(events: readonly LabelEvent[]): readonly LabelChange[] {
  const changes: (LabelChange & { added: string[]; removed: string[] })[] = [];
  for (const event of events.toSorted((a, b) => a.id - b.id)) {
    const name = event.label?.name ?? 'a deleted label';
    const last = changes.at(-1);
    const same =
      last?.by?.id === event.user?.id &&
      Math.abs(Date.parse(event.created_at) - Date.parse(last?.at ?? '')) < 2000;
    const change =
      last !== undefined && same
        ? last
        : { by: event.user, at: event.created_at, added: [], removed: [] };
    if (change !== last) changes.push(change);
    (event.action === 'add' ? change.added : change.removed).push(name);
  }
  return changes;
}

/** What was said and done in one line of time. Pure. */
export function entriesOf(
  discussions: readonly Discussion[],
  events: readonly LabelEvent[],
): Entry[] {
  const said = discussions.flatMap(({ notes }): Entry[] => {
    const [first] = notes;
    if (first === undefined || first.body.includes(cardMark)) return [];
    if (first.system) return [{ kind: 'system', at: first.created_at, note: first }];
    return [{ kind: 'notes', at: first.created_at, notes }];
  });
  const labelled = labelChanges(events).map((change): Entry => ({
    kind: 'labels',
    at: change.at,
    change,
  }));
  return [...said, ...labelled].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

async function awardsOf(api: Api, path: string, notes: readonly Note[]) {
  const pairs = await Promise.all(
    notes.map(async ({ id }) => {
      const awards = api.list(`${path}/notes/${String(id)}/award_emoji`, rest.award, 100);
      return [id, await unless([401, 403, 404], awards, [])] as const;
    }),
  );
  return new Map(pairs.filter(([, awards]) => awards.length > 0));
}

/** Reads the whole conversation. */
export async function readTimeline(api: Api, subject: Subject): Promise<Timeline> {
  const path = subjectPath(subject);
  const [discussions, events] = await Promise.all([
    api.list(`${path}/discussions`, rest.discussion, 500),
    api.list(`${path}/resource_label_events`, rest.labelEvent, 500),
  ]);
  const notes = discussions.flatMap((discussion) => discussion.notes);
  const spoken = notes.filter(({ system }) => !system);
  return {
    card: spoken.find(({ body }) => body.includes(cardMark)),
    entries: entriesOf(discussions, events),
    awards: await awardsOf(api, path, spoken),
  };
}
