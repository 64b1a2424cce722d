import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { CiStatus, Job, Pipeline } from '../model-pipelines.ts';
import type { Project } from '../model.ts';
import type { World } from '../world.ts';
import { parseList, readLine } from './output.ts';
import type { ListedJob } from './output.ts';
import { tellPipeline } from './tell.ts';
import { findProgram, prepare } from './workspace.ts';
import type { Workspace } from './workspace.ts';

/** Longest trace kept, characters. */
const longest = 500_000;

/** Runs pipelines, one after the other, with gitlab-ci-local in fresh clones below `top`. */
export function createRunner(world: World, top: string) {
  let before: Promise<void> = Promise.resolve();
  const children = new Set<ChildProcess>();
  let closed = false;

  /** Starts a program with the folder of this Node first among those where programs are looked for. */
  function begin(
    command: readonly string[],
    cwd?: string,
  ): ChildProcess & { stdout: Readable; stderr: Readable } {
    const first = dirname(process.execPath);
    const child = spawn('sh', ['-c', 'PATH="$0:$PATH" exec "$@"', first, ...command], {
      ...(cwd !== undefined && { cwd }),
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that its jobs end with it.
      detached: true,
    });
    children.add(child);
    child.on('close', () => children.delete(child));
    return child;
  }

  const ended = (child: ChildProcess): Promise<number> =>
    new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => resolve(code ?? 1));
    });

  async function missing(): Promise<string[]> {
    const rsync = (await ended(begin(['sh', '-c', 'command -v rsync']))) === 0;
    return [...(rsync ? [] : ['rsync']), ...(findProgram() ? [] : ['gitlab-ci-local'])];
  }

  function addJob(project: Project, pipeline: Pipeline, listed: ListedJob): Job {
    const job: Job = {
      id: world.next('job'),
      pipelineId: pipeline.id,
      name: listed.name,
      stage: listed.stage,
      status: listed.when === 'manual' ? 'manual' : 'pending',
      allowFailure: listed.allow_failure !== false,
      trace: '',
      createdAt: world.clock.now(),
    };
    project.jobs[job.id] = job;
    return job;
  }

  function finish(project: Project, pipeline: Pipeline, status: CiStatus): void {
    const now = world.clock.now();
    pipeline.status = status;
    pipeline.finishedAt = now;
    pipeline.updatedAt = now;
    world.changed();
    tellPipeline(world, project, pipeline);
  }

  /** A pipeline that could not even begin: one job says why. */
  function refuse(project: Project, pipeline: Pipeline, why: string): void {
    const job = addJob(project, pipeline, {
      name: 'runner',
      stage: '.pre',
      when: '',
      allow_failure: false,
    });
    job.status = 'failed';
    job.failureReason = 'runner_system_failure';
    job.trace = `${why}\n`;
    finish(project, pipeline, 'failed');
  }

  function forget(project: Project, { id }: Pipeline): void {
    project.pipelines = Object.fromEntries(
      Object.entries(project.pipelines).filter(([key]) => Number(key) !== id),
    );
    for (const mr of Object.values(project.mergeRequests))
      if (mr.headPipeline === id) mr.headPipeline = undefined;
    world.changed();
  }

  const program = (space: Workspace, more: readonly string[]) => [
    process.execPath,
    findProgram() ?? '',
    ...more,
    ...space.arguments,
    '--no-color',
  ];

  async function list(space: Workspace): Promise<ListedJob[]> {
    const child = begin(program(space, ['--list-json']), space.folder);
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    if ((await ended(child)) !== 0) throw new Error(err.trim() || out.trim());
    return parseList(out);
  }

  async function execute(project: Project, pipeline: Pipeline, space: Workspace): Promise<void> {
    const listed = await list(space);
    if (listed.length === 0) {
      // GitLab makes no pipeline at all where nothing would run.
      if (pipeline.source === 'push' || pipeline.source === 'merge_request_event') {
        forget(project, pipeline);
        return;
      }
      pipeline.yamlErrors = 'The resulting pipeline would have been empty.';
      refuse(project, pipeline, pipeline.yamlErrors);
      return;
    }
    const jobs = listed.map((each) => addJob(project, pipeline, each));
    pipeline.status = 'running';
    pipeline.startedAt = world.clock.now();
    world.changed();
    tellPipeline(world, project, pipeline);
    const flags = ['--force-shell-executor', '--shell-isolation'];
    const child = begin(program(space, flags), space.folder);
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on('line', (line) => {
        readLine(jobs, hide(project, space, line), world.clock.now());
        world.changed();
      });
    const code = await ended(child);
    for (const job of jobs) {
      job.trace = job.trace.slice(-longest);
      // What never started was skipped; what never ended was cut off.
      if (job.status === 'pending') job.status = 'skipped';
      if (job.status === 'running') job.status = 'failed';
    }
    const failed = jobs.some((job) => job.status === 'failed' && !job.allowFailure);
    finish(project, pipeline, failed || code !== 0 ? 'failed' : 'success');
  }

  async function run(project: Project, pipeline: Pipeline): Promise<void> {
    const absent = await missing();
    if (absent.length > 0) {
      refuse(project, pipeline, `This machine lacks ${absent.join(' and ')}, which run the jobs.`);
      return;
    }
    const space = await prepare(world, project, pipeline, top);
    try {
      await execute(project, pipeline, space);
    } finally {
      space.token.revoked = true;
      await rm(space.folder, { recursive: true, force: true, maxRetries: 3 });
      await rm(`${space.folder}.variables.yml`, { force: true });
    }
  }

  return {
    start(project: Project, id: number): void {
      const pipeline = project.pipelines[id];
      if (!pipeline) return;
      pipeline.status = 'pending';
      before = before.then(async () => {
        if (closed) {
          finish(project, pipeline, 'canceled');
          return;
        }
        try {
          await run(project, pipeline);
        } catch (error) {
          refuse(project, pipeline, error instanceof Error ? error.message : String(error));
        }
      });
    },
    /** Resolves when no pipeline runs. */
    async idle(): Promise<void> {
      for (let last; last !== before;) await (last = before);
    },
    /** Ends what runs. */
    async close(): Promise<void> {
      closed = true;
      for (const { pid } of children) {
        try {
          if (pid !== undefined) process.kill(-pid, 'SIGTERM');
        } catch {
          // it has ended meanwhile
        }
      }
      await before;
    },
  };
}

/** Masked values never stand in a trace. */
function hide(project: Project, space: Workspace, line: string): string {
  const secrets = project.variables.filter((each) => each.masked).map((each) => each.value);
  return [space.token.value, ...secrets].reduce(
    (text, each) => text.replaceAll(each, '[MASKED]'),
    line,
  );
}
