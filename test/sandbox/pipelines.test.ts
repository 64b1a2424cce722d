/* eslint-disable @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access -- answers are looked at field by field */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';
import { parseList, readLine } from '../../sandbox/ci/output.ts';
import { nextRun } from '../../sandbox/ci/pipelines.ts';
import type { Job } from '../../sandbox/model-pipelines.ts';
import { program } from '../shared.ts';
import { as, type Answer } from './caller.ts';

const file = `
greet:
  stage: test
  rules: [{ if: '$CI_PIPELINE_SOURCE == "schedule"' }]
  script:
    - echo "source $CI_PIPELINE_SOURCE, api $CI_API_V4_URL, extra $EXTRA"
    - echo "secret $SECRET_TOKEN"
    - node -e "fetch(process.env.CI_API_V4_URL + '/projects/' + process.env.CI_PROJECT_ID, {headers:{'JOB-TOKEN':process.env.CI_JOB_TOKEN}}).then(async r => console.log(r.status, (await r.json()).path))"
    - git fetch --quiet origin main && git log --format=%s -1 FETCH_HEAD
    - node -p "require.resolve('hono').includes('node_modules')"
wrong:
  stage: test
  allow_failure: true
  script: [exit 3]
`;

describe('pipelines', () => {
  let sandbox: Sandbox;
  let call: (method: string, path: string, body?: object) => Promise<Answer>;
  beforeAll(async () => {
    sandbox = await createSandbox();
    await sandbox.listen();
    call = as(sandbox, 'maintainer');
    await call('POST', ':/repository/commits', {
      branch: 'main',
      commit_message: 'Pipelines [skip ci]',
      actions: [{ action: 'create', file_path: '.gitlab-ci.yml', content: file }],
    });
  });
  afterAll(() => sandbox.close());

  it('of a schedule really run their jobs, with their variables and without their secrets in the trace', async () => {
    program('rsync');
    await call('POST', ':/variables', {
      key: 'SECRET_TOKEN',
      value: 'hush-hush-hush',
      masked: true,
      protected: true,
    });
    const { body: schedule } = await call('POST', ':/pipeline_schedules', {
      description: 'd',
      ref: 'main',
      cron: '0 3 * * *',
      cron_timezone: 'Europe/Berlin',
    });
    const at = `:/pipeline_schedules/${String(schedule.id)}`;
    await call('POST', `${at}/variables`, { key: 'EXTRA', value: 'given' });
    expect((await call('POST', `${at}/play`)).status).toBe(201);
    await sandbox.pipelinesDone();
    const [pipeline] = (await call('GET', ':/pipelines')).body;
    const { body: jobs } = await call('GET', `:/pipelines/${String(pipeline.id)}/jobs`);
    const states = Object.fromEntries(
      jobs.map((job: { name: string; status: string }) => [job.name, job.status]),
    );
    const greet = jobs.find((job: { name: string }) => job.name === 'greet') as { id: number };
    const trace = (await call('GET', `:/jobs/${String(greet.id)}/trace`)).body as string;
    expect([states, pipeline.status, trace]).toEqual([
      { greet: 'success', wrong: 'failed' },
      'success',
      expect.any(String),
    ]);
    expect(trace).toContain(`source schedule, api ${sandbox.url}/api/v4, extra given`);
    expect(trace).toContain('secret [MASKED]');
    expect(trace).toContain('200 desk');
    expect(trace).toContain('Pipelines [skip ci]');
    expect(trace).toContain('true');
    expect((await call('GET', at)).body.last_pipeline.id).toBe(pipeline.id);
  });

  it('need a file and a ref that exist', async () => {
    const none = await call('POST', ':/pipeline', { ref: 'nowhere' });
    expect([none.status, none.body]).toEqual([400, { message: { base: ['Reference not found'] } }]);
  });

  it('say what the machine lacks when it cannot run them', async () => {
    await call('POST', ':/repository/commits', {
      branch: 'broken',
      start_branch: 'main',
      commit_message: 'm',
      actions: [{ action: 'update', file_path: '.gitlab-ci.yml', content: 'a: [unclosed' }],
    });
    const { body: pipeline } = await call('POST', ':/pipeline', { ref: 'broken' });
    await sandbox.pipelinesDone();
    const { body } = await call('GET', `:/pipelines/${String(pipeline.id)}`);
    expect(body.status).toBe('failed');
    const [job] = (await call('GET', `:/pipelines/${String(pipeline.id)}/jobs`)).body;
    expect((await call('GET', `:/jobs/${String(job.id)}/trace`)).body).not.toBe('');
  });
});

describe('what gitlab-ci-local prints', () => {
  const job = (name: string): Job => ({
    id: 1,
    pipelineId: 1,
    name,
    stage: 'test',
    status: 'pending',
    allowFailure: false,
    trace: '',
    createdAt: 0,
  });

  it('goes to the job it belongs to', () => {
    const [one, two] = [job('one'), job('one more')];
    const lines = [
      'parsing and downloads finished in 300 ms.',
      'one      starting shell (a)',
      'one more starting shell (a)',
      'one      $ echo hi',
      'one      > hi',
      '\u001b[94mone more\u001b[39m > there',
      'one      finished in 510 ms',
      'one more finished in 1.2 s  FAIL 4 ',
    ];
    for (const line of lines) readLine([one, two], line, 7);
    expect([one.status, one.trace, one.finishedAt]).toEqual(['success', '$ echo hi\nhi\n', 7]);
    expect([two.status, two.trace]).toEqual(['failed', 'there\nERROR: Job failed: exit code 4\n']);
  });

  it('lists the jobs that run', () => {
    const listed = [
      { name: 'a', stage: 's', when: 'on_success', allow_failure: false },
      { name: 'b', stage: 's', when: 'never', allow_failure: false },
    ];
    expect(parseList(`warning\n${JSON.stringify(listed)}`).map((each) => each.name)).toEqual(['a']);
    expect(() => parseList('it is broken')).toThrow('it is broken');
  });
});

describe('a cron', () => {
  it('is read in its zone, also when the clocks change', () => {
    const at = (text: string) => Date.parse(text);
    expect(nextRun('30 3 * * *', 'Europe/Berlin', at('2026-03-28T12:00:00Z'))).toBe(
      at('2026-03-29T01:30:00Z'),
    );
    expect(nextRun('0 9 * * 1', 'UTC', at('2026-11-21T10:00:00Z'))).toBe(
      at('2026-11-23T09:00:00Z'),
    );
    expect(() => nextRun('often', 'UTC', 0)).toThrow();
    expect(() => nextRun('0 9 * * 1', 'Nowhere/Never', 0)).toThrow();
  });
});
