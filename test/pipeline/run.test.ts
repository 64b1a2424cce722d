import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { simpleGit } from 'simple-git';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { read } from '../house/source.ts';
import { createStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await createStage();
});
afterAll(() => stage.close());

/** The bundled posts as an archive of the last day; there they are kept as seconds before its end. */
async function writeArchive(path: string): Promise<string> {
  const posts = read('content/sample/posts.ndjson')
    .split('\n')
    .filter((line) => line.includes('"ago"'))
    .map((line) => JSON.parse(line) as { ago: number });
  const lines = posts.map(({ ago, ...post }) =>
    JSON.stringify({ ...post, t: Date.now() - 1000 * ago }),
  );
  await writeFile(path, `${lines.join('\n')}\n`);
  return path;
}

describe('a scheduled pipeline', () => {
  it('listens, drafts, and ends with a merge request that people can review', async () => {
    const { owner, token } = stage;
    const { text, passed } = await stage.pipeline({
      CI_PIPELINE_SOURCE: 'schedule',
      PULSE_INPUT: await writeArchive(join(stage.folder, 'archive.ndjson')),
    });
    expect(text).toMatch(/PASS\s+tick/);
    expect(passed).toBe(true);
    expect(text).not.toContain(token);

    const [mergeRequest] = await owner.mergeRequestsUpdatedSince(0);
    expect(mergeRequest).toMatchObject({ state: 'opened', draft: true, targetBranch: 'main' });
    expect(mergeRequest?.sourceBranch).toMatch(/^post\//);
    expect(mergeRequest?.labels).toContain('pulse::thinking');
    const paths = await owner.changedPaths(mergeRequest!.iid);
    expect(paths).toEqual([expect.stringMatching(/^content\/posts\/\d{4}\/\d\d\/.*\.md$/)]);
    const [card] = await owner.notes({ on: 'merge_request', iid: mergeRequest!.iid });
    expect(card?.author.username).toMatch(/_bot_/);
  });

  it('with PULSE_JOB runs that one job', async () => {
    const { text, passed } = await stage.pipeline({
      CI_PIPELINE_SOURCE: 'schedule',
      PULSE_JOB: 'sweep',
    });
    expect(text).toMatch(/PASS\s+sweep/);
    expect(text).not.toMatch(/PASS\s+tick/);
    expect(passed).toBe(true);
  });
});

describe('a pipeline of shards', () => {
  it('reads part by part and joins what was counted', async () => {
    const { text, passed } = await stage.pipeline({
      CI_PIPELINE_SOURCE: 'schedule',
      PULSE_JOB: 'shards',
    });
    expect(text.match(/PASS\s+ingest-shard/g)?.length).toBeGreaterThan(2);
    expect(text).toMatch(/PASS\s+trend-shards/);
    expect(text).not.toMatch(/PASS\s+tick/);
    expect(passed).toBe(true);
  });
});

describe('a pipeline of a merge request', () => {
  const mergeRequest = { CI_PIPELINE_SOURCE: 'merge_request_event' };

  it('checks the posts and nothing else', async () => {
    const { text, passed } = await stage.pipeline(mergeRequest);
    expect(text).toMatch(/PASS\s+check/);
    expect(text).not.toMatch(/PASS\s+(tick|sweep)/);
    expect(passed).toBe(true);
  });

  it('fails for a post that breaks a rule, with the line in both reports', async () => {
    await writeFile(join(stage.clone, 'profiles/broken.yaml'), 'name: Not A Name\n');
    await simpleGit(stage.clone).add('profiles/broken.yaml');
    const { text, passed } = await stage.pipeline(mergeRequest);
    expect(text).toMatch(/FAIL\s+check/);
    expect(passed).toBe(false);
    const report = async (name: string) => readFile(join(stage.clone, 'check', name), 'utf8');
    expect(JSON.parse(await report('codequality.json'))).toContainEqual(
      expect.objectContaining({
        location: { path: 'profiles/broken.yaml', lines: { begin: 1 } },
      }),
    );
    expect(await report('junit.xml')).toContain('profiles/broken.yaml');
  });
});
