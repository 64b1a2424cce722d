import { replyMark } from '../../review/card.ts';
import type { PostRecord, Reply } from '../../store/record.ts';
import { changeLeased, released } from '../change.ts';
import type { Desk } from '../context.ts';
import { threadOf } from '../thread.ts';
import type { Performer } from './performer.ts';

/** Posts what is still to be said, each once: a note that carries its mark is the answer, whoever posted it. */
export const reply: Performer = async (desk, record, { observation }) => {
  const posted = new Map<string, number>();
  for (const entry of record.replies) {
    if (entry.note !== undefined) continue;
    const mark = replyMark(entry.key);
    const found = observation.notes.find(
      ({ author, body }) => author.id === desk.me.id && body.includes(mark),
    );
    posted.set(entry.key, found?.id ?? (await post(desk, record, entry, mark)));
  }
  await changeLeased(desk, record.id, record.work.nonce, (latest) => ({
    ...released(latest),
    replies: latest.replies.map((entry) => {
      const note = posted.get(entry.key);
      return note === undefined ? entry : { ...entry, note };
    }),
  }));
};

async function post(desk: Desk, record: PostRecord, entry: Reply, mark: string): Promise<number> {
  const thread = threadOf(record, entry.on);
  const body = `${entry.body}\n\n${mark}`;
  const note =
    entry.discussion === undefined
      ? await desk.gitlab.addNote(thread, body)
      : await desk.gitlab.reply(thread, entry.discussion, body);
  return note.id;
}
