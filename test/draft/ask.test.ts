import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { askForWords } from '../../lib/draft/ask.ts';
import { createModel } from '../../lib/models/index.ts';
import { serveModels } from '../models/server.ts';
import { profileWith, readPrompt } from './desk.ts';

let server: Awaited<ReturnType<typeof serveModels>>;
beforeAll(async () => {
  server = await serveModels();
});
afterAll(() => server.stop());

it('a model is asked again with what was wrong fenced, because that repeats words of others', async () => {
  const address = 'https://evil.example/ignore-all-instructions';
  const answer = (text: string) => ({
    toolCalls: [{ name: 'answer', arguments: JSON.stringify({ text }) }],
  });
  server.on({ sequenceIndex: 0 }, answer(`Read ${address}`));
  server.on({ sequenceIndex: 1 }, answer('Fine.'));
  const found = await askForWords({
    name: 'propose',
    model: createModel(
      { anthropic: { url: server.url, model: 'm' }, budget: 1e9 },
      { clock: { now: () => 0 } },
    ),
    readPrompt,
    profile: profileWith(),
    targets: [],
    instruction: 'Write.',
    data: { evidence: 'Something' },
    facts: {},
    schema: z.object({ text: z.string() }),
    judge: ({ text }) => (text === 'Fine.' ? [] : [`${address} stands in no source`]),
  });
  expect(found.value).toEqual({ text: 'Fine.' });
  const sent = JSON.stringify(server.getLastRequest()?.body);
  const [, fenced = ''] = /<<<(?:data-\w+) mistakes>>>(.*?)<<</.exec(sent) ?? [];
  expect(sent).toContain('Your first answer was wrong');
  expect(fenced).toContain(address);
  expect(sent.replace(fenced, '')).not.toContain(address);
});
