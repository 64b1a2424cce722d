import { absent, refused } from './answers.ts';
import { perPage } from './issues.ts';
import { labelEventShape, noteShape } from './objects.ts';
import type { Loaded } from './resources.ts';
import { list, narrow, object, text } from './shapes.ts';
import type { LabelEvent, Note, Thread } from './types.ts';

const discussionShape = object((field) => {
  const discussion = field('id', text);
  return field('notes', list(noteShape)).map((note) => ({ ...note, discussion }));
});

/** What is said on an issue or a merge request. */
export function createNotes(project: string, resources: Loaded) {
  return {
    /** Every note, system notes too, oldest first; `discussion` is where an answer to it belongs. */
    async notes({ on, iid }: Thread): Promise<(Note & { discussion: string })[]> {
      const { discussions } = await resources();
      const found = await absent(discussions[on].all(project, iid, { perPage }));
      const all = narrow('GET /discussions', list(discussionShape), found ?? []).flat();
      const each = new Map(all.map((note) => [note.id, note]));
      return [...each.values()].sort((a, b) => a.createdAt - b.createdAt || a.id - b.id);
    },
    async addNote({ on, iid }: Thread, body: string): Promise<Note> {
      const { notes } = await resources();
      return narrow('POST /notes', noteShape, await notes[on].create(project, iid, body));
    },
    async reply({ on, iid }: Thread, discussion: string, body: string): Promise<Note> {
      const { discussions } = await resources();
      const made = await discussions[on].addNote(project, iid, discussion, body);
      return narrow('POST /discussions/:id/notes', noteShape, made);
    },
    async editNote({ on, iid }: Thread, noteId: number, body: string): Promise<Note> {
      const { notes } = await resources();
      const changed = await notes[on].edit(project, iid, noteId, { body });
      return narrow('PUT /notes/:id', noteShape, changed);
    },
    /** Puts an emoji on a note; one that is there already is fine. */
    async award({ on, iid }: Thread, noteId: number, emoji: string): Promise<void> {
      const { emojis } = await resources();
      try {
        await emojis[on].award(project, iid, noteId, emoji);
      } catch (error) {
        if (!/already been taken/i.test(refused(error)?.message ?? '')) throw error;
      }
    },
    /** Who put which label there or took it off, oldest first; labels and people that are gone are left out. */
    async labelEvents({ on, iid }: Thread): Promise<LabelEvent[]> {
      const { labelEvents } = await resources();
      const found = await absent(labelEvents[on].all(project, iid, { perPage }));
      return narrow('GET /resource_label_events', list(labelEventShape), found ?? [])
        .filter((event) => event !== undefined)
        .sort((a, b) => a.at - b.at || a.id - b.id);
    },
  };
}
