import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { read, top } from '../house/source.ts';
import { shared } from '../shared.ts';

interface Job {
  extends?: string;
  rules?: { if: string; when?: string }[];
  resource_group?: string;
  cache?: unknown;
  interruptible?: boolean;
  script?: string[];
  parallel?: { matrix: { PULSE_SOURCES: string[] }[] };
  artifacts?: { paths: string[] };
  allow_failure?: boolean;
  needs?: string[];
}
type Pipeline = Record<string, Job> & { workflow: { rules: { if: string; when?: string }[] } };

const pipeline = parse(read('.gitlab-ci.yml'), { merge: true }) as Pipeline;
const keywords = ['stages', 'workflow', 'default', 'variables'];
const jobs = Object.entries(pipeline).filter(
  ([name]) => !keywords.includes(name) && !name.startsWith('.'),
);
const scheduled = [
  'tick',
  'ingest',
  'trend',
  'match',
  'draft',
  'refine',
  'publish',
  'sweep',
  'accounts',
];
const sharded = ['ingest-shard', 'trend-shards'];

describe('.gitlab-ci.yml', () => {
  it("fits GitLab's own schema", () => {
    const schema = JSON.parse(readFileSync(shared('gitlab/ci.schema.json'), 'utf8')) as object;
    const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
    const valid = ajv.compile(schema);
    expect([valid(pipeline), valid.errors]).toEqual([true, null]);
    expect(valid({ ...pipeline, check: { script: 7 } })).toBe(false);
  });

  it('starts nothing for the state branch, before anything else is asked', () => {
    const [first] = pipeline.workflow.rules;
    expect(first).toEqual({
      if: expect.stringContaining('"pulse-state"') as string,
      when: 'never',
    });
  });

  it('has a job for each program of the desk', () => {
    const programs = readdirSync(join(top, 'jobs'))
      .filter(
        (name) =>
          name.endsWith('.ts') && !['auth.ts', 'desk.ts', 'run.ts', 'thrifty.ts'].includes(name),
      )
      .map((name) => name.replace('.ts', ''));
    const names = jobs.map(([name]) => name).filter((name) => !sharded.includes(name));
    expect(names.sort()).toEqual(['check', 'listen', ...scheduled].sort());
    expect(programs.sort()).toEqual(names);
  });

  it('reads with as many runners as there are parts, each with a cache of its own, and joins them', () => {
    const { resource_group: group, parallel, artifacts, allow_failure } = pipeline['ingest-shard']!;
    expect(group).toContain('$PULSE_SOURCES');
    expect(parallel?.matrix[0]?.PULSE_SOURCES.length).toBeGreaterThan(2);
    expect(artifacts?.paths).toEqual(['.pulse-shards/']);
    // A network that is down takes no other with it.
    expect(allow_failure).toBe(true);
    expect(pipeline['trend-shards']?.needs).toEqual(['ingest-shard']);
    for (const name of sharded)
      expect(pipeline[name]?.rules).toEqual([{ if: '$PULSE_JOB == "shards"' }]);
  });

  it.each(scheduled)(
    'lets no other scheduled job run beside %s, and cuts it off for none',
    (name) => {
      expect(pipeline[name]?.extends).toBe('.desk');
      expect(pipeline['.desk']).toMatchObject({ resource_group: 'pulse', interruptible: false });
    },
  );

  it('listens beside the other jobs, into a cache of its own that they may read', () => {
    expect(pipeline.listen).toMatchObject({ extends: '.desk', resource_group: 'pulse-listen' });
    const written = (name: string) =>
      (pipeline[name]?.cache as { key: unknown; policy?: string }[])
        .filter(({ policy }) => policy !== 'pull')
        .map(({ key }) => key)
        .filter((key) => typeof key === 'string');
    expect(written('.desk')).toEqual(['pulse-window']);
    expect(written('listen')).toEqual(['pulse-listen']);
  });

  it('lets a maintainer put each job on a cron of its own', () => {
    for (const name of [...scheduled, 'listen']) {
      const rules = pipeline[name]?.rules?.map((rule) => rule.if).join(' ');
      expect(rules).toContain(`$PULSE_JOB == "${name}"`);
    }
  });

  it('shows the check in the merge request', () => {
    expect(pipeline.check).toMatchObject({
      artifacts: { when: 'always', reports: { junit: 'check/junit.xml' } },
      rules: [{ if: '$CI_PIPELINE_SOURCE == "merge_request_event"' }],
    });
  });
});
