import type { Report, Row } from './index.ts';
import type { Finding } from './requirement.ts';

const marks: Record<Finding['state'], string> = {
  fine: '✓',
  optional: '○',
  due: '!',
  missing: '✗',
  different: '✗',
  'by-hand': '✗',
};
const margin = '      ';

/** The report for a terminal: what is fine, missing or different, what would change, and why it matters. */
export function formatReport({ rows, ready }: Report, width = 100): string {
  const lines = rows.flatMap((row) => [
    `  ${marks[row.finding.state]}   ${row.name}: ${outcome(row.finding)}`,
    ...wrap(row.why, width - margin.length).map((line) => margin + line),
    '',
  ]);
  return [...lines, summary(rows, ready)].join('\n');
}

/** What is and what is to be, on one line. */
export function outcome(finding: Finding): string {
  switch (finding.state) {
    case 'fine':
      return finding.is;
    case 'missing':
      return `missing → ${finding.becomes}`;
    case 'by-hand':
      return `${finding.is} → by hand: ${finding.becomes}`;
    case 'different':
    case 'due':
    case 'optional':
      return `${finding.is} → ${finding.becomes}`;
  }
}

function summary(rows: readonly Row[], ready: boolean): string {
  const count = (...states: Finding['state'][]) =>
    rows.filter(({ finding }) => states.includes(finding.state)).length;
  const byHand = count('by-hand');
  const due = count('due');
  const hints = [
    ...(byHand > 0 ? [`${String(byHand)} only by hand`] : []),
    ...(due > 0 ? [`${String(due)} due soon`] : []),
  ];
  const hint = hints.length === 0 ? '' : ` (${hints.join(', ')})`;
  if (ready) return `This project is a desk${hint}.`;
  const lacking = count('missing', 'different', 'by-hand');
  return `${String(lacking)} of ${String(rows.length)} to be set right${hint}: npm run desk -- --apply`;
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
