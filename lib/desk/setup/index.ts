import { asPulseError } from '../../errors.ts';
import { type DeskDeps, openConnection, readCurrent } from './current.ts';
import { createPerformer } from './perform.ts';
import type { Current, Finding, Requirement } from './requirement.ts';
import { boardRequirements } from './requirements/board.ts';
import { branchRequirements } from './requirements/branches.ts';
import { eventRequirements, hookVariables } from './requirements/events.ts';
import { machineRequirements } from './requirements/machine.ts';
import { projectRequirements } from './requirements/project.ts';

export type { DeskDeps } from './current.ts';

/** In the order in which they are brought about: each may rely on those before it. */
export const requirements: readonly Requirement[] = [
  ...projectRequirements,
  ...boardRequirements,
  ...machineRequirements,
  ...branchRequirements,
  ...eventRequirements,
];

export interface Row {
  name: string;
  why: string;
  finding: Finding;
}

export interface Report {
  rows: readonly Row[];
  /** Whether nothing is missing or different; what is due soon or optional does not count. */
  ready: boolean;
}

/** Judges a project as it stands. Pure. */
export function judge(current: Current): Report {
  const rows = requirements.map(({ name, why, look }) => ({ name, why, finding: look(current) }));
  const needed = ['missing', 'different', 'by-hand'];
  return { rows, ready: rows.every(({ finding }) => !needed.includes(finding.state)) };
}

/** Says what the project still lacks to be a desk. Writes nothing. Throws DESK_FORBIDDEN. */
export async function checkDesk(deps: DeskDeps): Promise<Report> {
  return judge(await readCurrent(deps, openConnection(deps, deps.token)));
}

export interface Applied {
  before: Report;
  /** How it stands now. */
  after: Report;
  /** What GitLab would not do, by requirement; the others were brought about. */
  failures: readonly { name: string; why: string }[];
  /** Number of changes made. */
  changes: number;
}

/**
 * Makes the project a desk: decides everything first, then carries it out. Twice changes nothing the second time; cut
 * off, it goes on where it was. `onChange` is told each requirement before it is brought about. Throws DESK_FORBIDDEN.
 */
export async function applyDesk(
  deps: DeskDeps,
  onChange: (row: Row) => void = () => undefined,
): Promise<Applied> {
  const connection = openConnection(deps, deps.token);
  const before = judge(await readCurrent(deps, connection));
  const performer = createPerformer(deps, connection);
  const failures: { name: string; why: string }[] = [];
  let changes = 0;
  for (const row of before.rows) {
    if (!('actions' in row.finding) || row.finding.actions.length === 0) continue;
    onChange(row);
    try {
      for (const action of row.finding.actions) {
        await performer.perform(action);
        changes += 1;
      }
    } catch (error) {
      const { code, message, retryable } = asPulseError(error);
      // One thing that GitLab refuses does not keep the others from being set right.
      if (retryable || code === 'INTERNAL') throw error;
      failures.push({ name: row.name, why: message });
    }
  }
  const after = changes === 0 ? before : judge(await readCurrent(deps, performer.connection()));
  return { before, after, failures, changes };
}

/** Values a bot or a job of this desk needs, as they are stored on GitLab. Secrets: never to be shown. */
export async function readSecrets(deps: DeskDeps): Promise<Readonly<Record<string, string>>> {
  const found = await openConnection(deps, deps.token).settings.variables();
  const wanted = ['GITLAB_TOKEN', ...hookVariables];
  return Object.fromEntries(
    found.flatMap(({ key, value }) =>
      wanted.includes(key) && value !== undefined ? [[key, value]] : [],
    ),
  );
}
