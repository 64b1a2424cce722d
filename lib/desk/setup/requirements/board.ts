import { boardLabels, boardName, deskLabels } from '../names.ts';
import { different, fine, missing, type Requirement } from '../requirement.ts';

export const boardRequirements: readonly Requirement[] = [
  {
    name: 'labels',
    why: 'They show where a post stands; setting `pulse::approved` or `pulse::rejected` decides.',
    look({ labels }) {
      const lacking = deskLabels.map(({ name }) => name).filter((name) => !labels.includes(name));
      if (lacking.length === 0) return fine(`${String(deskLabels.length)} labels`);
      const actions = lacking.map((name) => ({ do: 'create-label' as const, name }));
      return lacking.length === deskLabels.length
        ? missing(`${String(lacking.length)} labels`, ...actions)
        : different(`without ${lacking.join(', ')}`, 'all of them', ...actions);
    },
  },
  {
    name: 'board',
    why: 'The desk at a glance: one column for each state in which somebody may have to do something.',
    look({ boards }) {
      const lacks = (board: (typeof boards)[number]) =>
        boardLabels.filter((name) => !board.labels.includes(name));
      const whole = boards.find((board) => lacks(board).length === 0);
      if (whole !== undefined) return fine(whole.name);
      const own = boards.find(({ name }) => name === boardName);
      const columns = `board “${boardName}” with ${String(boardLabels.length)} columns`;
      if (own === undefined) {
        return missing(
          columns,
          { do: 'create-board', name: boardName },
          { do: 'add-board-lists', board: boardName, labels: boardLabels },
        );
      }
      const labels = lacks(own);
      return different(`without ${labels.join(', ')}`, columns, {
        do: 'add-board-lists',
        board: boardName,
        labels,
      });
    },
  },
];
