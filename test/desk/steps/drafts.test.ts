import type { LLMock } from '@copilotkit/aimock';
import { readFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { draftPosts } from '../../../lib/desk/steps/drafts.ts';
import type { Match } from '../../../lib/match/match.ts';
import { serveModels } from '../../models/server.ts';
import { aMatch, createTestDesk, type TestDesk } from '../../scenarios/desk.ts';

let models: LLMock;
let desk: TestDesk;
let cacheDir: string;
beforeAll(async () => {
  models = await serveModels();
  const variants = [
    { angle: 'news', parts: ['Bitcoin news.'], overrides: [] },
    { angle: 'why', parts: ['Why it matters.'], overrides: [] },
    { angle: 'short', parts: ['It happened.'], overrides: [] },
  ];
  models.on({}, { toolCalls: [{ name: 'answer', arguments: JSON.stringify({ variants }) }] });
  cacheDir = await mkdtemp(join(tmpdir(), 'cache-'));
  desk = await createTestDesk({ ANTHROPIC_BASE_URL: models.url, ANTHROPIC_MODEL: 'm' });
  const file = (file_path: string, content: string) => ({ action: 'create', file_path, content });
  await desk
    .as('owner')
    .commit(
      'main',
      [
        file('content/knowledge/crypto/etf.md', '# Funds\n\nAn ETF holds bitcoin for its owners.'),
        file('content/knowledge/crypto/rye.md', 'Bread rises slowly.'),
      ],
      'What we know',
    );
});
afterAll(async () => {
  await models.stop();
  await desk.close();
  await rm(cacheDir, { recursive: true, force: true });
});

function match(name: string, terms: readonly string[], excerpt: string): Match {
  const made = aMatch(name, desk.clock.now());
  const [evidence] = made.trend.evidence;
  return { ...made, trend: { ...made.trend, terms, evidence: [{ ...evidence!, excerpt }] } };
}

const draft = async (matches: readonly Match[]) =>
  draftPosts(
    desk.app.desk,
    matches,
    (await desk.app.desk.profiles()).filter(({ name }) => name === 'crypto'),
    { cacheDir },
  );

it('drafts one post for a story that goes by two names, and one for each other story', async () => {
  const approved = match(
    'bitcoin etf',
    ['bitcoin etf', 'bitcoin'],
    'The regulator has approved the first bitcoin ETF, say people close to it.',
  );
  const renamed = match(
    'bitcoin',
    ['bitcoin', 'regulator'],
    'RT: the regulator has approved its first bitcoin ETF, people close to it say',
  );
  const theft = match(
    'bitcoin theft',
    ['bitcoin theft', 'bitcoin'],
    'Thieves took 4,000 bitcoin from an exchange in Seoul overnight.',
  );
  const first = await draft([approved, renamed]);
  expect(first).toMatchObject({ posts: [expect.stringMatching(/^bitcoin-etf-/)], same: 1 });
  // It goes on in the next run, under its own id and another, beside a story of its own.
  desk.clock.advance(3_600_000);
  const second = await draft([approved, renamed, theft]);
  expect(second).toMatchObject({ posts: [expect.stringMatching(/^bitcoin-theft-/)], same: 1 });
  expect((await readFile(join(cacheDir, 'embeddings.bin'))).length).toBeGreaterThan(1000);
});

it('shows which knowledge the model was given', async () => {
  const [id = ''] = (await desk.app.desk.records.ids()).filter((each) => each.includes('etf'));
  const record = await desk.record(id);
  expect(record.origin.knowledge).toEqual(['content/knowledge/crypto/etf.md']);
  expect(record.revisions[0]?.model).toBe('anthropic/m');
  const sent = JSON.stringify(models.getRequests()[0]?.body);
  expect(sent).toContain('An ETF holds bitcoin for its owners.');
  expect(sent).not.toContain('Bread rises slowly.');
  const { description } = await desk.as('owner').issue(record.issue!);
  expect(description).toContain('content/knowledge/crypto/etf.md');
});
