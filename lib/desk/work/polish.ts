import { polishDraft } from '../../draft/refine.ts';
import type { PostRecord } from '../../store/record.ts';
import { asPulseError } from '../../errors.ts';
import { changeLeased, released } from '../change.ts';
import type { Desk } from '../context.ts';
import { polishKey } from '../rules/time.ts';
import type { State } from '../state.ts';
import type { Performer } from './performer.ts';
import { commitRewrite, currentDocument, touchedVariants, withRevision } from './rewrite.ts';

/** The last improvement before people are asked: only of variants no person has touched. Never keeps a post waiting. */
export const polish: Performer = async (desk, record, state) => {
  const committed = await improve(desk, record, state).catch((error: unknown) => {
    const { code, message } = asPulseError(error);
    desk.log.warn({ post: record.id, code }, `not polished: ${message}`);
    return false;
  });
  await changeLeased(desk, record.id, record.work.nonce, (latest): PostRecord => {
    const kept = released(committed ? withRevision(latest) : latest);
    const by = { id: desk.me.id, username: desk.me.username };
    const entry = {
      key: polishKey,
      by,
      at: desk.clock.now(),
      text: 'polish',
      status: 'done' as const,
    };
    return { ...kept, requests: [...kept.requests, entry] };
  });
};

async function improve(
  desk: Desk,
  record: Parameters<Performer>[1],
  { profile, observation }: State,
): Promise<boolean> {
  const found = await currentDocument(desk, record);
  if (found === undefined) return false;
  const touched = touchedVariants(record, observation.document?.variants ?? {});
  const polished = await polishDraft({
    document: found.document,
    text: found.text,
    path: found.path,
    keep: touched,
    profile,
    evidence: record.origin.evidence,
    model: await desk.model(),
    readPrompt: desk.readDefault,
  });
  if (polished.text === found.text) return false;
  const n = await commitRewrite(desk, record, profile, found, { ...polished, why: 'last polish' });
  return n !== undefined;
}
