import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConfig, readSettings } from '../lib/config.ts';
import { formatDuration, parseDuration } from '../lib/duration.ts';
import { isError } from '../lib/errors.ts';
import { variables } from '../lib/variables.ts';

const enough = {
  GITLAB_URL: 'https://host/gitlab/',
  GITLAB_PROJECT: 'team/desk',
  GITLAB_TOKEN: 'glpat-verysecret',
};

function problemsOf(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (thrown) {
    if (isError(thrown, 'CONFIG_INVALID')) return thrown.message;
    throw thrown;
  }
  return '';
}

describe('readConfig', () => {
  it('needs nothing but where GitLab is', () => {
    const config = readConfig(enough);
    expect(config.gitlab.url).toBe('https://host/gitlab');
    expect(config.gitlab.project).toBe('team/desk');
    expect(config.gitlab.token.reveal()).toBe('glpat-verysecret');
    expect(config).toMatchObject({ claim: 60_000, settle: 5_000, server: { port: 8787 } });
    expect(config.server).not.toHaveProperty('mediaUrl');
    const mediaUrl = (more: Record<string, string>) =>
      readConfig({ ...enough, ...more }).server.mediaUrl;
    const PULSE_URL = 'https://bot.example/desk/';
    expect(mediaUrl({ PULSE_URL })).toBe('https://bot.example/desk/media');
    expect(mediaUrl({ PULSE_URL, PULSE_MEDIA_URL: 'https://cdn.example/m/' })).toBe(
      'https://cdn.example/m',
    );
    expect(config.window).toBeUndefined();
    expect(config.models).toEqual({ budget: 500_000 });
  });

  it('finds GitLab by what a pipeline says, the API address before the server', () => {
    const ci = {
      CI_API_V4_URL: 'http://127.0.0.1:4000/sub/api/v4',
      CI_SERVER_URL: 'https://gitlab.com',
      CI_PROJECT_PATH: 'a/b',
      CI_PROJECT_ID: '1217',
      GITLAB_TOKEN: 'token-token',
    };
    expect(readConfig(ci).gitlab).toMatchObject({
      url: 'http://127.0.0.1:4000/sub',
      project: 'a/b',
    });
    expect(readConfig({ ...ci, GITLAB_URL: 'https://x' }).gitlab.url).toBe('https://x');
    expect(readConfig({ ...ci, CI_API_V4_URL: '' }).gitlab.url).toBe('https://gitlab.com');
    expect(readConfig({ ...ci, CI_PROJECT_PATH: ' ' }).gitlab.project).toBe('1217');
  });

  it('names every problem at once and shows no secret', () => {
    const message = problemsOf({
      GITLAB_URL: 'gitlab.example.com',
      PULSE_WINDOW: '2 hours',
      PULSE_PORT: '70000',
      PULSE_HOOK_SIGNING_TOKEN: 'not-a-signing-token',
      LOG_LEVEL: 'loud',
      OPENAI_BASE_URL: 'ftp://host',
      MODEL_BUDGET: '-1',
    });
    expect(message.split('\n').slice(1)).toEqual([
      '- PULSE_HOOK_SIGNING_TOKEN is not usable; expected is whsec_ and base64',
      '- PULSE_WINDOW is "2 hours"; expected is a number and one of ms, s, m, h, d, e.g. 2h',
      '- OPENAI_BASE_URL is "ftp://host"; expected is an address such as https://host/path',
      '- PULSE_PORT is "70000"; expected is a whole number from 0 to 65535',
      '- MODEL_BUDGET is "-1"; expected is a whole number from 0 to 9007199254740991',
      '- LOG_LEVEL is "loud"; expected is one of debug, info, warn, error, silent',
      '- GITLAB_URL is "gitlab.example.com"; expected is an address such as https://host/path',
      '- GITLAB_PROJECT is not set; e.g. group/desk',
      "- GITLAB_TOKEN is not set; e.g. the machine account's",
    ]);
  });

  it('refuses a password inside an address without repeating it', () => {
    const message = problemsOf({ ...enough, GITLAB_URL: 'https://me:hunter2@host' });
    expect(message).toContain('GITLAB_URL');
    expect(message).not.toContain('hunter2');
  });

  it('reads models with a key, or with an address alone', () => {
    const { models } = readConfig({
      ...enough,
      OPENAI_BASE_URL: 'http://localhost:1234/v1/',
      ANTHROPIC_API_KEY: 'sk-ant-1',
      ANTHROPIC_MODEL: 'some-model',
      MODEL_BUDGET: '0',
    });
    expect(models.openai).toEqual({ url: 'http://localhost:1234/v1' });
    expect(models.anthropic?.key?.reveal()).toBe('sk-ant-1');
    expect(models.anthropic?.model).toBe('some-model');
    expect(models.budget).toBe(0);
  });

  it('chooses who makes embeddings, and hands the key of one address to no other', () => {
    const read = (more: object) => readConfig({ ...enough, ...more }).models.embeddings;
    const openai = { EMBEDDINGS: 'openai', OPENAI_API_KEY: 'sk-1', OPENAI_MODEL: 'for-texts' };
    expect(read({ OPENAI_API_KEY: 'sk-1', EMBEDDINGS_MODEL: 'm' })).toBeUndefined();
    expect(read({ ...openai, EMBEDDINGS: 'bundled' })).toBeUndefined();
    expect(read(openai)?.key?.reveal()).toBe('sk-1');
    expect(read(openai)?.model).toBeUndefined();
    const own = { EMBEDDINGS_API_KEY: 'sk-2', EMBEDDINGS_MODEL: 'e' };
    expect(read({ ...openai, ...own })).toMatchObject({ model: 'e' });
    expect(read({ ...openai, ...own })?.key?.reveal()).toBe('sk-2');
    expect(read({ ...openai, EMBEDDINGS_BASE_URL: 'http://localhost:1/v1' })).toEqual({
      url: 'http://localhost:1/v1',
    });
    expect(problemsOf({ ...enough, EMBEDDINGS: 'opnai' })).toContain('one of bundled, openai');
    expect(problemsOf({ ...enough, EMBEDDINGS: 'openai' })).toContain('EMBEDDINGS_API_KEY');
  });

  it('hands out the credentials a platform names, and no others', () => {
    const config = readConfig({ ...enough, BLUESKY_PASSWORD: 'pw-pw', BLUESKY_SERVICE: '' });
    expect(config.credentials(['BLUESKY_PASSWORD', 'BLUESKY_SERVICE'])).toEqual({
      BLUESKY_PASSWORD: 'pw-pw',
    });
  });

  it('shows no secret however it is printed, and knows all of them', () => {
    const secrets = {
      GITLAB_TOKEN: 'glpat-verysecret',
      PULSE_HOOK_SIGNING_TOKEN: 'whsec_c2VjcmV0',
      PULSE_HOOK_TOKEN: 'hook-token',
      OPENAI_API_KEY: 'sk-openai',
      EMBEDDINGS_API_KEY: 'sk-embeddings',
      ANTHROPIC_API_KEY: 'sk-ant-1',
      BLUESKY_PASSWORD: 'bluesky-password',
      CI_JOB_TOKEN: 'job-token-of-gitlab',
    };
    const config = readConfig({ ...enough, ...secrets });
    const shown = [
      JSON.stringify(config),
      inspect(config, { depth: 9, showHidden: true }),
      [config.gitlab.token.toString(), config.secrets.toString()].join(),
    ].join('\n');
    for (const value of Object.values(secrets)) expect(shown).not.toContain(value);
    expect([...config.secrets.reveal()].sort()).toEqual(Object.values(secrets).sort());
    for (const [name, variable] of Object.entries(variables))
      expect(config.secrets.reveal().includes(secrets[name as keyof typeof secrets])).toBe(
        'secret' in variable,
      );
  });
});

describe('readSettings', () => {
  it('needs no GitLab', () => {
    expect(readSettings({ PULSE_WINDOW: '30s', PULSE_PROFILE: 'crypto' })).toMatchObject({
      window: 30_000,
      profile: 'crypto',
      stateDir: 'state/live',
    });
  });
});

describe('durations', () => {
  it('come back as they were written', () => {
    fc.assert(
      fc.property(fc.nat({ max: 1e12 }), (ms) => {
        expect(parseDuration(formatDuration(ms))).toBe(ms);
      }),
    );
  });

  it('are a number and a unit and nothing else', () => {
    for (const text of ['', '5', 's', '1.5h', '-1s', '1 h', '1H', '1s '])
      expect(parseDuration(text)).toBeNaN();
    expect(formatDuration(90_000)).toBe('90s');
  });
});
