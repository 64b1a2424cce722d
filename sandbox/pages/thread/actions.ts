import { fail } from '../../../lib/errors.ts';
import * as rest from '../rest.ts';
import type { Visit } from '../visit.ts';
import { subjectPath } from './timeline.ts';
import type { Subject } from './timeline.ts';

/** A submitted form, text fields only. */
export type Form = Readonly<Record<string, string>>;

/** What a form asks for. */
interface Action {
  /** Which form it belongs to: where a refusal is shown. */
  at: string;
  /** Completes "X may not ..." and "Could not ...". */
  what: string;
  /** Anchor of what it made, when there is one. */
  run(visit: Visit, subject: Subject, form: Form): Promise<string | undefined>;
}

const say = async ({ api }: Visit, subject: Subject, body: string) => {
  const made = await api.write('POST', `${subjectPath(subject)}/notes`, { body });
  const note = rest.note.safeParse(made);
  return note.success ? `note_${String(note.data.id)}` : undefined;
};

const put = async ({ api }: Visit, subject: Subject, change: object) => {
  await api.write('PUT', subjectPath(subject), change);
  return undefined;
};

const post = async ({ api }: Visit, subject: Subject, verb: string, body: object = {}) => {
  await api.write('POST', `${subjectPath(subject)}/${verb}`, body);
  return undefined;
};

/** GitLab's own marks of a draft. */
const draftMark = /^\s*(\[draft\]|\(draft\)|draft:)\s*/i;

async function setStatus(visit: Visit, subject: Subject, wanted: string) {
  const { labels } = await visit.api.get(subjectPath(subject), rest.issue);
  const scope = wanted.slice(0, wanted.lastIndexOf('::') + 2);
  const others = labels.filter((label) => label.startsWith(scope) && label !== wanted);
  return put(visit, subject, { add_labels: wanted, remove_labels: others.join(',') });
}

async function retitle(visit: Visit, subject: Subject, draft: boolean) {
  const { title } = await visit.api.get(subjectPath(subject), rest.mergeRequest);
  let bare = title;
  while (draftMark.test(bare)) bare = bare.replace(draftMark, '');
  return put(visit, subject, { title: draft ? `Draft: ${bare}` : bare });
}

async function edit({ api }: Visit, form: Form) {
  const path = form.path ?? '';
  const words = (form.message ?? '').trim();
  await api.write('POST', 'repository/commits', {
    branch: form.branch,
    commit_message: words === '' ? `Update ${path}` : words,
    actions: [
      {
        action: 'update',
        file_path: path,
        content: (form.content ?? '').replaceAll('\r\n', '\n'),
        last_commit_id: form.last_commit_id,
      },
    ],
  });
  return undefined;
}

async function merge({ api }: Visit, subject: Subject, sha: string | undefined) {
  await api.write('PUT', `${subjectPath(subject)}/merge`, sha ? { sha } : {});
  return undefined;
}

const named = (form: Form) => form.value ?? '';
const sha = (form: Form) => (form.sha ? { sha: form.sha } : {});

const actions: Readonly<Record<string, Action>> = {
  comment: {
    at: 'comment',
    what: 'comment here',
    run: (visit, subject, form) => say(visit, subject, form.body ?? ''),
  },
  command: {
    at: 'command',
    what: 'give this command',
    run: (visit, subject, form) => say(visit, subject, named(form)),
  },
  status: {
    at: 'labels',
    what: 'set this label',
    run: (visit, subject, form) => setStatus(visit, subject, named(form)),
  },
  label: {
    at: 'labels',
    what: 'set this label',
    run: (visit, subject, form) => put(visit, subject, { add_labels: named(form) }),
  },
  unlabel: {
    at: 'labels',
    what: 'take this label away',
    run: (visit, subject, form) => put(visit, subject, { remove_labels: named(form) }),
  },
  approve: {
    at: 'decide',
    what: 'approve this',
    run: (visit, subject, form) => post(visit, subject, 'approve', sha(form)),
  },
  unapprove: {
    at: 'decide',
    what: 'take the approval back',
    run: (visit, subject) => post(visit, subject, 'unapprove'),
  },
  ready: {
    at: 'decide',
    what: 'mark this ready',
    run: (visit, subject) => retitle(visit, subject, false),
  },
  draft: {
    at: 'decide',
    what: 'mark this as a draft',
    run: (visit, subject) => retitle(visit, subject, true),
  },
  merge: {
    at: 'decide',
    what: 'merge this',
    run: (visit, subject, form) => merge(visit, subject, form.sha),
  },
  close: {
    at: 'decide',
    what: 'close this',
    run: (visit, subject) => put(visit, subject, { state_event: 'close' }),
  },
  reopen: {
    at: 'decide',
    what: 'reopen this',
    run: (visit, subject) => put(visit, subject, { state_event: 'reopen' }),
  },
  edit: {
    at: 'edit',
    what: 'save the file',
    run: (visit, _subject, form) => edit(visit, form),
  },
};

/** The action a form asks for. @throws PulseError for a form that no page has. */
export function actionOf(form: Form): Action {
  const name = form.do ?? '';
  const found = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (found === undefined) throw fail('INTERNAL', { why: 'a form asked for nothing we know' });
  return found;
}

/** Address of a file on a branch below the project's API. */
export const filePath = (path: string, ref: string): string =>
  `repository/files/${encodeURIComponent(path)}?ref=${encodeURIComponent(ref)}`;

export const branchPath = (name: string): string =>
  `repository/branches/${encodeURIComponent(name)}`;
