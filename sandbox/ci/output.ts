import type { Job } from '../model-pipelines.ts';

/** What `gitlab-ci-local --list-json` says of a job. */
export interface ListedJob {
  name: string;
  stage: string;
  when: string;
  allow_failure: boolean | object;
}

const colours = /\x1b\[[\d;]*[A-Za-z]/g;

/** The jobs that would run. Throws what it was given when that is no list. */
export function parseList(out: string): ListedJob[] {
  const start = out.indexOf('[');
  if (start < 0) throw new Error(out.trim());
  const listed = JSON.parse(out.slice(start)) as ListedJob[];
  return listed.filter((job) => job.when !== 'never');
}

/** Puts one line that gitlab-ci-local prints where it belongs: into the trace and status of its job. */
export function readLine(jobs: readonly Job[], line: string, now: number): void {
  const plain = line.replaceAll(colours, '').trimEnd();
  const job = jobs
    .filter(({ name }) => plain.startsWith(`${name} `))
    .sort((a, b) => b.name.length - a.name.length)[0];
  if (job === undefined) return;
  const rest = plain.slice(job.name.length).trimStart();
  if (rest.startsWith('starting ')) {
    job.status = 'running';
    job.startedAt = now;
    return;
  }
  const ended = /^finished in .*?(?:(FAIL|WARN) +(\d+))?\s*$/.exec(rest);
  if (!ended) {
    job.trace += `${rest.replace(/^> ?/, '')}\n`;
    return;
  }
  job.finishedAt = now;
  job.status = ended[1] === undefined ? 'success' : 'failed';
  if (ended[1] === undefined) return;
  job.failureReason = 'script_failure';
  job.trace += `ERROR: Job failed: exit code ${ended[2] ?? '1'}\n`;
}
