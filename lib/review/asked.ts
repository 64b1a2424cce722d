import type { Note } from '../gitlab/types.ts';
import type { Person, PostRecord } from '../store/record.ts';
import { isVerb, parseCommands, type Verb } from './commands.ts';
import type { Observation, On } from './observation.ts';

/** Something a person asked for, however they did it. */
export interface Asked {
  /** Taken once: `issue:note:7:1`, `merge_request:label:3`, `button:5:1760000000000`, `merge`. */
  key: string;
  by: Person;
  /** ms UTC. */
  at: number;
  via: 'command' | 'label' | 'button' | 'merge';
  on: On;
  what: Verb | 'ready' | 'withdraw' | 'unknown';
  argument: string;
  /** Id of the note or label event, to read it again. */
  ref?: number;
  discussion?: string;
  note?: number;
  /** The note was edited after it was written. */
  edited: boolean;
  /** The label was set while the issue or merge request was being created. */
  atCreation: boolean;
}

/** What a label means when a person adds it. */
const meanings: Readonly<Record<string, Asked['what']>> = {
  'pulse::approved': 'approve',
  'pulse::rejected': 'reject',
  'pulse::held': 'hold',
  'pulse::review': 'ready',
};

/** GitLab sets labels of a new issue within this of its creation. */
const creationMs = 2000;
/** GitLab's clocks for created and updated may differ by so much without an edit. */
const editMs = 1000;

/** Whether a note was edited after it was written: then it never approves, and no longer counts if it did. */
export function wasEdited({
  createdAt,
  updatedAt,
}: Pick<Note, 'createdAt' | 'updatedAt'>): boolean {
  return updatedAt - createdAt > editMs;
}

/**
 * Everything people asked for that the record has not taken yet, oldest first. The machine's own notes, labels,
 * approvals and merges are left out: it never asks anything of itself.
 */
export function asked(record: PostRecord, observation: Observation): readonly Asked[] {
  const taken = new Set(record.requests.map((request) => request.key));
  return [
    ...fromNotes(observation),
    ...fromLabels(observation),
    ...fromButtons(record, observation),
    ...fromMerge(record, observation),
  ]
    .filter((ask) => ask.by.id !== observation.me && !taken.has(ask.key))
    .sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
}

function fromNotes({ notes }: Observation): Asked[] {
  return notes
    .filter((note) => !note.system)
    .flatMap((note) =>
      parseCommands(note.body).map((command) => ({
        key: `${note.on}:note:${note.id}:${command.line}`,
        by: { id: note.author.id, username: note.author.username },
        at: note.createdAt,
        via: 'command' as const,
        on: note.on,
        what: isVerb(command.verb) ? command.verb : ('unknown' as const),
        argument: isVerb(command.verb) ? command.argument : command.verb,
        ref: note.id,
        discussion: note.discussion,
        note: note.id,
        edited: wasEdited(note),
        atCreation: false,
      })),
    );
}

function fromLabels({ labels, issue, mergeRequest }: Observation): Asked[] {
  return labels.flatMap((event) => {
    const withdrawn = event.action === 'remove' && event.label === 'pulse::approved';
    const what = withdrawn
      ? 'withdraw'
      : event.action === 'add'
        ? meanings[event.label]
        : undefined;
    if (what === undefined) return [];
    const holder = event.on === 'issue' ? issue : mergeRequest;
    const atCreation =
      holder?.author.id === event.by.id && event.at - holder.createdAt <= creationMs;
    return {
      key: `${event.on}:label:${event.id}`,
      by: { id: event.by.id, username: event.by.username },
      at: event.at,
      via: 'label' as const,
      on: event.on,
      what,
      argument: '',
      ref: event.id,
      edited: false,
      atCreation,
    };
  });
}

function fromButtons(record: PostRecord, { approvals, notes }: Observation): Asked[] {
  return approvals.map(({ user, at }) => {
    // GitLab before 17.10 does not date approvals; its system note does.
    const dated = notes.findLast(
      (note) =>
        note.system &&
        note.author.id === user.id &&
        note.body.startsWith('approved this merge request'),
    );
    const when = at ?? dated?.createdAt;
    return {
      key: `button:${user.id}:${when ?? `r${record.revisions.length}`}`,
      by: { id: user.id, username: user.username },
      at: when ?? record.updated,
      via: 'button' as const,
      on: 'merge_request' as const,
      what: 'approve' as const,
      argument: '',
      edited: false,
      atCreation: false,
    };
  });
}

function fromMerge(record: PostRecord, { mergeRequest }: Observation): Asked[] {
  if (mergeRequest?.state !== 'merged' || record.mergedAs !== undefined) return [];
  const by = mergeRequest.mergedBy;
  if (by === undefined) return [];
  return [
    {
      key: 'merge',
      by: { id: by.id, username: by.username },
      at: mergeRequest.mergedAt ?? mergeRequest.updatedAt,
      via: 'merge',
      on: 'merge_request',
      what: 'approve',
      argument: '',
      edited: false,
      atCreation: false,
    },
  ];
}
