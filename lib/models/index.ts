import type { Secret } from '../secret.ts';
import { createAnthropic } from './anthropic.ts';
import type { Price, Usage } from './budget.ts';
import { createChain, type Ledger, withBudget } from './chain.ts';
import type { LanguageModel } from './model.ts';
import { createOpenAI } from './openai.ts';
import { createTemplates } from './templates/index.ts';

interface Provider {
  key?: Secret;
  url?: string;
  model?: string;
}

/** As `lib/config.ts` reads them; `budget` is in tokens a day. */
export interface ModelSettings {
  openai?: Provider;
  anthropic?: Provider;
  budget: number;
}

export interface ModelSurroundings {
  clock: { now(): number };
  fetch?: typeof globalThis.fetch;
  log?: { warn(details: object, message: string): void };
  /** Where the day's usage is kept; within the process when absent. */
  ledger?: Ledger;
  prices?: Readonly<Record<string, Price>>;
  /** How long one provider may take, ms. */
  timeout?: number;
}

/** The desk's language model: the providers that are set, in the order OpenAI, Anthropic, and the templates last. */
export function createModel(settings: ModelSettings, around: ModelSurroundings): LanguageModel {
  const { clock, fetch, log, prices, timeout, ledger = inMemory() } = around;
  const budget = {
    limit: { tokens: settings.budget },
    ledger,
    now: () => clock.now(),
    ...(prices && { prices }),
  };
  const reach = ({ key, ...rest }: Provider) => ({
    ...rest,
    ...(key && { key: key.reveal() }),
    ...(fetch && { fetch }),
    ...(timeout !== undefined && { timeout }),
  });
  const paid = [
    ...(settings.openai ? [createOpenAI(reach(settings.openai))] : []),
    ...(settings.anthropic ? [createAnthropic(reach(settings.anthropic))] : []),
  ].map((model) => withBudget(model, budget));
  return createChain([...paid, createTemplates()], ({ code, message, remedy }) =>
    log?.warn({ code, remedy }, message),
  );
}

function inMemory(): Ledger {
  let kept: Usage | undefined;
  return {
    read: () => Promise.resolve(kept),
    write: (usage) => {
      kept = usage;
      return Promise.resolve();
    },
  };
}
