import type { LLMock } from '@copilotkit/aimock';
import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { revisionReply } from '../../lib/draft/replies.ts';
import { exhausted, spend, type Usage, usageOn } from '../../lib/models/budget.ts';
import { createModel, type ModelSurroundings } from '../../lib/models/index.ts';
import { secret } from '../../lib/secret.ts';
import { serveModels } from './server.ts';

const day = Date.UTC(2026, 10, 21, 12);
const reply = { parts: ['By a model.'], overrides: [], note: '' };
const request = {
  prompt: 'polish',
  system: 's',
  instruction: 'i',
  data: {},
  facts: { parts: ['By hand.'], overrides: [] },
  schema: revisionReply,
};

let server: LLMock;
beforeAll(async () => {
  server = await serveModels();
});
afterAll(() => server.stop());
beforeEach(() => {
  server.reset().clearChaos();
});

function build(more: Partial<ModelSurroundings> = {}, budget = 100_000) {
  const told: string[] = [];
  const key = secret('sk-very-secret');
  const model = createModel(
    {
      openai: { key, url: `${server.url}/v1`, model: 'one' },
      anthropic: { key, url: server.url, model: 'two' },
      budget,
    },
    {
      clock: { now: () => day },
      log: { warn: (_details, message) => told.push(message) },
      timeout: 500,
      ...more,
    },
  );
  return { model, told };
}

describe('the chain of models', () => {
  it('asks the first and nobody else when it answers', async () => {
    server.on({}, { content: JSON.stringify(reply) });
    const { model, told } = build();
    expect(await model.complete(request)).toMatchObject({ value: reply, model: 'openai/one' });
    expect(told).toEqual([]);
    expect(server.getRequests()).toHaveLength(1);
  });

  it('asks the provider first that the prompt names', async () => {
    server.on({}, { content: JSON.stringify(reply) });
    const { model } = build();
    const wanted = { ...request, model: 'anthropic/three' };
    expect((await model.complete(wanted)).model).toBe('anthropic/three');
  });

  it.each([401, 429, 500, 529])('gives way to the next when the first says %i', async (status) => {
    server.on({ model: 'one' }, { error: { message: 'no' }, status });
    server.on({ model: 'two' }, { content: JSON.stringify(reply) });
    const { model, told } = build();
    expect((await model.complete(request)).model).toBe('anthropic/two');
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(String(status));
  });

  it.each([
    ['they send nonsense', () => server.on({}, { content: 'no' })],
    ['they are too slow', () => server.on({}, { content: 'no' }).setChaos({ latencyMs: 3000 })],
    ['they hang up', () => server.on({}, { content: 'no' }).setChaos({ disconnectRate: 1 })],
  ])('ends with the templates when %s', async (_what, prepare) => {
    prepare();
    const { model, told } = build();
    const completion = await model.complete(request);
    expect(completion).toMatchObject({ model: 'templates', value: { parts: ['By hand.'] } });
    expect(told).toHaveLength(2);
  });

  it('needs no provider at all', async () => {
    const model = createModel({ budget: 0 }, { clock: { now: () => day } });
    expect((await model.complete(request)).model).toBe('templates');
  });

  it('asks nobody who costs once the day is used up, and again the next day', async () => {
    server.on(
      {},
      { content: JSON.stringify(reply), usage: { prompt_tokens: 60, completion_tokens: 40 } },
    );
    let now = day;
    let kept: Usage | undefined;
    const ledger = {
      read: () => Promise.resolve(kept),
      write: (usage: Usage) => Promise.resolve(void (kept = usage)),
    };
    const { model, told } = build({ ledger, clock: { now: () => now } }, 150);
    const models = [];
    for (let asked = 0; asked < 3; asked += 1) models.push((await model.complete(request)).model);
    expect(models).toEqual(['openai/one', 'openai/one', 'templates']);
    expect(told[0]).toContain('budget is spent (200 tokens of 150)');
    expect(kept).toEqual({ day: '2026-11-21', input: 120, output: 80, money: 0 });
    now += 86_400_000;
    expect((await model.complete(request)).model).toBe('openai/one');
    expect(kept).toMatchObject({ day: '2026-11-22', input: 60 });
  });

  it('counts answers of no use, and answers that come at once', async () => {
    server.on(
      {},
      {
        content: 'no',
        usage: { prompt_tokens: 7, completion_tokens: 3, input_tokens: 7, output_tokens: 3 },
      },
    );
    let kept: Usage | undefined;
    const ledger = {
      read: () => Promise.resolve(kept),
      write: (usage: Usage) => Promise.resolve(void (kept = usage)),
    };
    const { model } = build({ ledger });
    await Promise.all(Array.from({ length: 5 }, () => model.complete(request)));
    const { input = 0, output = 0 } = kept ?? {};
    // Two providers, five questions.
    expect([input, output]).toEqual([70, 30]);
  });
});

describe('the budget', () => {
  const tokens = fc.record({ input: fc.nat(10_000), output: fc.nat(10_000) });
  const time = fc.integer({ min: 0, max: 3_000_000_000_000 });

  it('adds up within a day and begins anew on the next', () => {
    fc.assert(
      fc.property(fc.array(tokens), time, (spent, now) => {
        const usage = spent.reduce<Usage | undefined>(
          (sum, each) => spend(sum, now, each),
          undefined,
        );
        const total = spent.reduce((sum, { input, output }) => sum + input + output, 0);
        const { input, output } = usageOn(usage, now);
        expect(input + output).toBe(total);
        expect(exhausted(usage, now, { tokens: total + 1 })).toBeUndefined();
        expect(exhausted(usage, now, { tokens: total })).toBeDefined();
        expect(exhausted(usage, now + 86_400_000, { tokens: 1 })).toBeUndefined();
      }),
    );
  });

  it('counts money by the price of a million tokens', () => {
    const usage = spend(
      undefined,
      day,
      { input: 500_000, output: 100_000 },
      { input: 2, output: 10 },
    );
    expect(usage.money).toBeCloseTo(2);
    expect(exhausted(usage, day, { tokens: 1e9, money: 2.5 })).toBeUndefined();
    expect(exhausted(usage, day, { tokens: 1e9, money: 2 })).toEqual({
      spent: '$2.00',
      limit: '$2.00',
    });
  });
});
