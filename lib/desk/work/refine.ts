import { setUse } from '../../draft/edit.ts';
import { refineDraft } from '../../draft/refine.ts';
import { say } from '../../review/answers.ts';
import type { PostRecord, Request, Work } from '../../store/record.ts';
import { neutral } from '../../gitlab/neutral.ts';
import { changeLeased, released } from '../change.ts';
import type { Desk } from '../context.ts';
import type { State } from '../state.ts';
import type { Performer } from './performer.ts';
import { commitRewrite, currentDocument, withRevision, type Rewrite } from './rewrite.ts';

/** Carries out `/pulse refine` or `/pulse use`: the one time when words of a person may be changed, because one asked. */
export const refine: Performer = async (desk, record, state) => {
  const request = record.requests.find(({ key }) => key === record.work.key);
  if (request === undefined) {
    await changeLeased(desk, record.id, record.work.nonce, released);
    return;
  }
  // An interrupted attempt has committed its words already; the rules have taken them in.
  const done = record.revisions.find((revision) => revision.request === request.key);
  const outcome = done === undefined ? await attempt(desk, record, state, request) : { n: done.n };
  await changeLeased(desk, record.id, record.work.nonce, (latest) => {
    const kept = released(outcome.n === undefined ? latest : withRevision(latest));
    const settled = {
      ...kept,
      requests: kept.requests.map((entry) =>
        entry.key === request.key
          ? { ...entry, status: outcome.n === undefined ? ('refused' as const) : ('done' as const) }
          : entry,
      ),
    };
    return answerTo(settled, request, state, outcome);
  });
};

interface Outcome {
  n?: number;
  text?: string;
}

async function attempt(
  desk: Desk,
  record: PostRecord & { work: Work },
  { profile }: State,
  request: Request,
): Promise<Outcome> {
  const found = await currentDocument(desk, record);
  if (found === undefined) {
    return {
      text: 'The file cannot be read as a post. Correct it first; the check says which line.',
    };
  }
  const rewritten = await write(desk, record, found, request, profile);
  if (rewritten.text === found.text) return { text: rewritten.note };
  const n = await commitRewrite(desk, record, profile, found, {
    ...rewritten,
    why: `/pulse ${request.text} by @${request.by.username}`,
    request: request.key,
  });
  return n === undefined
    ? { text: 'Somebody edited the file at the same moment, so I left it alone. Please ask again.' }
    : { n, text: rewritten.note };
}

type Found = NonNullable<Awaited<ReturnType<typeof currentDocument>>>;

async function write(
  desk: Desk,
  record: PostRecord,
  found: Found,
  request: Request,
  profile: State['profile'],
): Promise<Omit<Rewrite, 'why'> & { note: string }> {
  const [verb, ...rest] = request.text.split(' ');
  const argument = rest.join(' ');
  if (verb === 'use') {
    const name = argument.toLowerCase();
    const known = found.document.variants.map((variant) => variant.name);
    if (!known.includes(name)) {
      return {
        text: found.text,
        note: `There is no variant "${argument}". There are: ${known.join(', ')}.`,
      };
    }
    return { text: setUse(found.text, name), note: `Variant ${name} goes out.` };
  }
  return refineDraft({
    document: found.document,
    text: found.text,
    path: found.path,
    instruction: argument,
    profile,
    evidence: record.origin.evidence,
    model: await desk.model(),
    readPrompt: desk.readDefault,
  });
}

function answerTo(
  record: PostRecord,
  request: Request,
  { observation }: State,
  { n, text }: Outcome,
): PostRecord {
  const [, , noteId] = request.key.split(':');
  const note = observation.notes.find(({ id }) => String(id) === noteId);
  const head = n === undefined ? '' : `r${n} is on the card. `;
  return say(record, {
    key: request.key,
    on: request.key.startsWith('issue') ? 'issue' : 'merge_request',
    ...(note === undefined ? {} : { discussion: note.discussion }),
    body: `${head}${neutral(text ?? '')}`.trim(),
  });
}
