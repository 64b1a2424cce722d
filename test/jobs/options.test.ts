import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

const env = {
  ...process.env,
  GITLAB_URL: 'http://127.0.0.1:9',
  GITLAB_PROJECT: 'team/desk',
  GITLAB_TOKEN: 'a-token',
  NODE_OPTIONS: '',
};

// Before anything is asked of GitLab.
it.each([
  [['listen', '--for', '14'], '--for is "14". Give a number and one of s, m, h, e.g. 14m.'],
  [['listen', '--fr', '14m'], "Unknown option '--fr'. Give --input FILE, --listen 30s, --for"],
  [['ingest', '--shard', '5/4'], '--shard is "5/4". Give a part and how many there are, e.g. 2/4.'],
  [['tick', '--listen'], "Option '--listen <value>' argument missing. Give --input FILE"],
  [['trend', 'archive.ndjson'], "Unexpected argument 'archive.ndjson'. Give --input FILE"],
])('jobs %j say what is wrong', ([job = '', ...options], message) => {
  const ran = spawnSync(process.execPath, [`jobs/${job}.ts`, ...options], {
    env,
    encoding: 'utf8',
  });
  expect(ran.status).toBe(1);
  expect(ran.stderr).toContain(message);
  expect(ran.stderr).toMatch(/^OPTION_INVALID: /);
});
