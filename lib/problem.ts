/** Something wrong in a file a person wrote. A check collects every problem and never stops at the first. */
export interface Problem {
  /** Path from the top of the content repo. */
  file: string;
  /** 1-based; 1 when the whole file is meant. */
  line: number;
  /** Stable name of the rule, e.g. `text-too-long`. */
  rule: string;
  severity: 'error' | 'warning';
  /** What stands there and why it is wrong. */
  message: string;
  /** What may stand there. */
  expected?: string;
}

/** One line a problem, as a compiler prints it: `file:line: message (expected)`. */
export function formatProblem(problem: Problem): string {
  const where = `${problem.file}:${String(problem.line)}`;
  const expected = problem.expected === undefined ? '' : ` Expected: ${problem.expected}.`;
  return `${where}: ${problem.severity}: ${problem.message}.${expected} [${problem.rule}]`;
}
