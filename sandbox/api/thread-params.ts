import type { Change } from '../acts/change.ts';
import { takeCommands } from '../acts/text.ts';
import type { Command } from '../acts/text.ts';
import { flag, oneOf, text, wholes, words } from '../params.ts';
import type { Params } from '../params.ts';
import type { ProjectCall } from './call.ts';

/** Ids of people, sent as a list or as one; `0` and nothing stand for nobody. */
export function idsOf(params: Params, many: string, one: string): number[] | undefined {
  const list = wholes(params, many) ?? wholes(params, one);
  return list?.filter((id) => id > 0);
}

/** What a PUT of an issue or merge request asks for. Quick actions in the description are taken out. */
export function changeOf(call: ProjectCall): { change: Change; commands: Command[] } {
  const { params, world } = call;
  const written = text(params, 'description');
  const { text: description, commands } = takeCommands(written ?? '');
  const known = (ids: number[] | undefined) => ids?.filter((id) => world.state.users[id]);
  const labels = {
    set: words(params, 'labels'),
    add: words(params, 'add_labels'),
    remove: words(params, 'remove_labels'),
  };
  return {
    commands,
    change: {
      title: text(params, 'title'),
      description: written === undefined ? undefined : description,
      ...(Object.values(labels).some((list) => list !== undefined) && { labels }),
      // More than one is a Premium feature.
      assignees: known(idsOf(params, 'assignee_ids', 'assignee_id'))?.slice(0, 1),
      state: oneOf(params, 'state_event', ['close', 'reopen'] as const),
      locked: flag(params, 'discussion_locked'),
      confidential: flag(params, 'confidential'),
      dueDate: text(params, 'due_date'),
    },
  };
}
