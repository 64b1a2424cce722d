import { formatProblem, type Problem } from '../problem.ts';
import { digest } from './revision.ts';

/** An entry of GitLab's Code Quality report (docs.gitlab.com/ci/testing/code_quality, "report format"). */
interface Quality {
  description: string;
  check_name: string;
  fingerprint: string;
  severity: 'info' | 'minor' | 'major' | 'critical' | 'blocker';
  location: { path: string; lines: { begin: number } };
}

/** The problems as a Code Quality report. A fingerprint outlives lines that move: file, rule, words, which of them. */
export function codeQuality(problems: readonly Problem[]): string {
  const seen = new Map<string, number>();
  const entries = problems.map((problem): Quality => {
    const { file, line, rule, severity, message, expected } = problem;
    const key = digest([file, rule, message]);
    const nth = seen.get(key) ?? 0;
    seen.set(key, nth + 1);
    return {
      description: expected === undefined ? message : `${message}. Expected: ${expected}`,
      check_name: rule,
      fingerprint: nth === 0 ? key : digest([key, nth]),
      severity: severity === 'error' ? 'major' : 'minor',
      location: { path: file.replace(/^\.\//, ''), lines: { begin: line } },
    };
  });
  return `${JSON.stringify(entries, null, 2)}\n`;
}

/** The same as JUnit XML: a test a file, failed when it has an error. `files` are all that were looked at. */
export function junit(files: readonly string[], problems: readonly Problem[]): string {
  const all = [...new Set([...files, ...problems.map(({ file }) => file)])].sort();
  const failing = new Set(
    problems.filter(({ severity }) => severity === 'error').map(({ file }) => file),
  );
  const cases = all.map((file) => {
    const own = problems.filter((problem) => problem.file === file);
    const lines = own.map(formatProblem).join('\n');
    const attributes = `classname="check" name="${xml(file)}" file="${xml(file)}"`;
    if (own.length === 0) return `    <testcase ${attributes}/>`;
    const body = failing.has(file)
      ? `<failure message="${xml(own[0]?.message ?? '')}">${xml(lines)}</failure>`
      : `<system-out>${xml(lines)}</system-out>`;
    return `    <testcase ${attributes}>${body}</testcase>`;
  });
  const counts = `tests="${String(all.length)}" failures="${String(failing.size)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="SocialPulse" ${counts}>`,
    `  <testsuite name="profiles, prompts and posts" ${counts}>`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

/** Text as XML 1.0 allows it; characters it knows no way to write become �. */
function xml(text: string): string {
  const names: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    '\n': '&#10;',
  };
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"\n]/g, (char) => names[char] ?? char);
}
