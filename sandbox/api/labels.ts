import { createLabel, findLabel } from '../acts/labels.ts';
import type { Board, Label } from '../model.ts';
import { flag, must, required, text, whole } from '../params.ts';
import { boardEntity, labelEntity, listEntity } from '../present/project.ts';
import { bad, conflict, invalid, notFound } from '../refusal.ts';
import type { ProjectCall, Router } from './call.ts';
import { page } from './paging.ts';

function labelOf(call: ProjectCall, key: string): Label {
  const found = /^\d+$/.test(key) ? call.project.labels[Number(key)] : undefined;
  const label = found ?? findLabel(call.project, key);
  if (!label) throw notFound('Label');
  return label;
}

const named: Readonly<Record<string, string>> = {
  red: '#FF0000',
  green: '#008000',
  blue: '#0000FF',
};

function colorOf(call: ProjectCall): string | undefined {
  const color = text(call.params, 'color');
  if (color === undefined) return undefined;
  const found = named[color] ?? color;
  if (!/^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(found))
    throw bad({ color: ['must be a valid color code'] });
  return found;
}

export function labelRoutes(router: Router): void {
  const show = (call: ProjectCall, label: Label) =>
    labelEntity(call.project, label, flag(call.params, 'with_counts') ?? false);

  router.project('GET', '/labels', 'read_label', (call) => {
    const search = text(call.params, 'search')?.toLowerCase();
    const found = Object.values(call.project.labels)
      .filter((label) => search === undefined || label.name.toLowerCase().includes(search))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    return page(found, (label) => show(call, label));
  });
  router.project('POST', '/labels', 'admin_label', (call) => {
    const { world, project, params } = call;
    required(params, 'name');
    const name = must(params, 'name').trim();
    if (name === '' || name.includes(',')) throw bad({ title: ['is invalid'] });
    if (findLabel(project, name)) throw conflict('Label already exists');
    const color = colorOf(call);
    const label = createLabel(world, project, {
      name,
      ...(color !== undefined && { color }),
      description: text(params, 'description') ?? null,
      priority: whole(params, 'priority') ?? null,
    });
    world.changed();
    return show(call, label);
  });
  router.project('GET', '/labels/:name', 'read_label', (call) =>
    show(call, labelOf(call, call.part('name'))),
  );
  const update = (call: ProjectCall, key: string) => {
    const { params, world } = call;
    const label = labelOf(call, key);
    const name = text(params, 'new_name');
    const color = colorOf(call);
    const other = name === undefined ? undefined : findLabel(call.project, name);
    if (other && other !== label) throw bad({ title: ['has already been taken'] });
    label.name = name ?? label.name;
    label.color = color ?? label.color;
    label.description = text(params, 'description') ?? label.description;
    if (params.priority !== undefined) label.priority = whole(params, 'priority') ?? null;
    world.changed();
    return show(call, label);
  };
  const remove = (call: ProjectCall, key: string) => {
    const { project, world } = call;
    const { id } = labelOf(call, key);
    project.labels = Object.fromEntries(
      Object.entries(project.labels).filter(([each]) => Number(each) !== id),
    );
    for (const thread of [
      ...Object.values(project.issues),
      ...Object.values(project.mergeRequests),
    ])
      thread.labelIds = thread.labelIds.filter((each) => each !== id);
    for (const board of Object.values(project.boards))
      board.lists = board.lists.filter((list) => list.labelId !== id);
    world.changed();
    return undefined;
  };
  router.project('PUT', '/labels/:name', 'admin_label', (call) => update(call, call.part('name')));
  router.project('DELETE', '/labels/:name', 'admin_label', (call) =>
    remove(call, call.part('name')),
  );
  const key = (call: ProjectCall) => text(call.params, 'label_id') ?? must(call.params, 'name');
  router.project('PUT', '/labels', 'admin_label', (call) => update(call, key(call)));
  router.project('DELETE', '/labels', 'admin_label', (call) => remove(call, key(call)));
}

/** Issue boards: lists over labels. */
export function boardRoutes(router: Router): void {
  const boardOf = (call: ProjectCall): Board => {
    const board = call.project.boards[call.number('board_id')];
    if (!board) throw notFound('Board');
    return board;
  };
  const show = ({ world, project }: ProjectCall, board: Board) =>
    boardEntity(world, project, board);
  const lists = '/boards/:board_id/lists';
  const listOf = (call: ProjectCall) => {
    const list = boardOf(call).lists.find((each) => each.id === call.number('list_id'));
    if (!list) throw notFound();
    return list;
  };
  const renumber = (board: Board) => board.lists.forEach((list, at) => (list.position = at));

  router.project('GET', '/boards', 'read_board', (call) =>
    page(Object.values(call.project.boards), (board) => show(call, board)),
  );
  router.project('POST', '/boards', 'admin_board', (call) => {
    const { world, project } = call;
    const name = must(call.params, 'name');
    const board: Board = { id: world.next('board'), name, lists: [] };
    project.boards[board.id] = board;
    world.changed();
    return show(call, board);
  });
  router.project('GET', '/boards/:board_id', 'read_board', (call) => show(call, boardOf(call)));
  router.project('PUT', '/boards/:board_id', 'admin_board', (call) => {
    const board = boardOf(call);
    board.name = text(call.params, 'name') ?? board.name;
    call.world.changed();
    return show(call, board);
  });
  router.project('DELETE', '/boards/:board_id', 'admin_board', (call) => {
    const { id } = boardOf(call);
    const { project, world } = call;
    project.boards = Object.fromEntries(
      Object.entries(project.boards).filter(([key]) => Number(key) !== id),
    );
    world.changed();
    return undefined;
  });
  router.project('GET', lists, 'read_board', (call) =>
    page(boardOf(call).lists, (list) => listEntity(call.project, list)),
  );
  router.project('POST', lists, 'admin_board', (call) => {
    const { world, project, params } = call;
    const board = boardOf(call);
    const labelId = whole(params, 'label_id');
    if (labelId === undefined) throw invalid('label_id is missing');
    if (!project.labels[labelId]) throw bad({ error: 'Label not found!' });
    if (board.lists.some((list) => list.labelId === labelId))
      throw bad({ label: ['has already been taken'] });
    const list = { id: world.next('board list'), labelId, position: board.lists.length };
    board.lists.push(list);
    world.changed();
    return listEntity(project, list);
  });
  router.project('GET', `${lists}/:list_id`, 'read_board', (call) =>
    listEntity(call.project, listOf(call)),
  );
  router.project('PUT', `${lists}/:list_id`, 'admin_board', (call) => {
    const [board, list] = [boardOf(call), listOf(call)];
    const position = whole(call.params, 'position') ?? list.position;
    board.lists = board.lists.filter((each) => each !== list);
    board.lists.splice(position, 0, list);
    renumber(board);
    call.world.changed();
    return listEntity(call.project, list);
  });
  router.project('DELETE', `${lists}/:list_id`, 'admin_board', (call) => {
    const [board, list] = [boardOf(call), listOf(call)];
    board.lists = board.lists.filter((each) => each !== list);
    renumber(board);
    call.world.changed();
    return undefined;
  });
}
