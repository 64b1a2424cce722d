import type { Profile } from '../store/profile.ts';
import type { PostRecord, Revision } from '../store/record.ts';
import type { Asked } from './asked.ts';
import type { Observation } from './observation.ts';

/** Access levels of the roles a profile can name. */
export const levels = { reporter: 20, developer: 30, maintainer: 40, owner: 50 } as const;

/** Commands that decide on publication; all others need only `command_role`. */
const deciding = new Set<Asked['what']>(['approve', 'schedule', 'now', 'retry', 'skip']);

export type Judgement =
  | { obey: true; revision: Revision | undefined }
  /** `answer` is what they are told; strangers are told nothing. */
  | { obey: false; answer: string | undefined };

const refuse = (answer?: string): Judgement => ({ obey: false, answer });

/** Whether who asked may: by role, never by who they say they are. */
function mayAsk(ask: Asked, { approval }: Profile, observation: Observation): Judgement {
  const level = observation.levels[ask.by.id] ?? 0;
  if (level === 0) return refuse();
  const needed = deciding.has(ask.what) ? approval.role : approval.command_role;
  if (level < levels[needed]) {
    return refuse(`@${ask.by.username}, this needs the role ${needed} or above in this project.`);
  }
  return { obey: true, revision: undefined };
}

/** The revision the card showed at `at`. */
export function cardedAt(record: PostRecord, at: number): Revision | undefined {
  return record.revisions.findLast(
    (revision) => revision.cardedAt !== undefined && revision.cardedAt <= at,
  );
}

/** The revision an approval means: the one named, the one merged, or the one the card showed when it was given. */
function meant(ask: Asked, record: PostRecord, settle: number): Revision | string {
  const last = record.revisions.at(-1);
  if (ask.via === 'merge') return last ?? 'There is nothing to approve yet.';
  const exact = /^r(\d+)$/i.exec(ask.argument);
  if (exact !== null) {
    const n = Number(exact[1]);
    return record.revisions.find((revision) => revision.n === n) ?? `There is no r${n}.`;
  }
  if (ask.argument !== '') {
    return `I do not know the revision "${ask.argument}": write \`/pulse approve\` or, exactly, \`/pulse approve r${last?.n ?? 1}\`.`;
  }
  const shown = cardedAt(record, ask.at);
  if (shown?.cardedAt === undefined)
    return 'The card had not shown this post yet. Please approve again.';
  // Nobody reads in so short a time: they meant what stood there before.
  if (ask.at - shown.cardedAt < settle && shown.n > 1) {
    return `r${shown.n} had only just appeared when you approved. If you mean it, approve again or write \`/pulse approve r${shown.n}\`.`;
  }
  return shown;
}

/** People who edited since the last approval. */
function editors(record: PostRecord): Set<number> {
  const since = record.approvals.at(-1)?.at ?? 0;
  return new Set(
    record.revisions.flatMap(({ by, at }) => (by !== 'machine' && at >= since ? [by.id] : [])),
  );
}

/**
 * Whether a request may be obeyed, and if it approves, which revision. Pure: everything it needs was read before.
 * `settle` is how long after a new revision an approval still means the former one, ms.
 */
export function judge(
  ask: Asked,
  record: PostRecord,
  profile: Profile,
  observation: Observation,
  settle: number,
): Judgement {
  const may = mayAsk(ask, profile, observation);
  if (!may.obey || ask.what !== 'approve') return may;
  if (ask.edited) return refuse('An edited comment never approves. Please write a new one.');
  if (ask.atCreation) return refuse('A label set while creating never approves. Set it again.');
  const revision = meant(ask, record, settle);
  if (typeof revision === 'string') return refuse(revision);
  const current = record.revisions.at(-1);
  if (revision.hash !== current?.hash) {
    return refuse(
      `You approved r${revision.n}, but the post has changed since: it is r${current?.n ?? 0} now. If that is right, approve again.`,
    );
  }
  const writers = editors(record);
  if (!profile.approval.authors && (writers.has(ask.by.id) || writers.has(0))) {
    return refuse(
      writers.has(ask.by.id)
        ? 'You edited this post since its last approval, and this profile asks for a second pair of eyes.'
        : 'GitLab does not say who edited this post, so nobody can approve it alone. Ask the machine for a revision, or edit it in GitLab.',
    );
  }
  const problems = observation.document?.problems ?? ['The document cannot be found.'];
  if (problems.length > 0) {
    return refuse(`It cannot go out as it stands:\n\n${problems.map((p) => `- ${p}`).join('\n')}`);
  }
  return { obey: true, revision: current };
}
