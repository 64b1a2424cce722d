import { fail, isError, type PulseError } from '../errors.ts';
import { exhausted, type Limit, type Price, spend, type Usage } from './budget.ts';
import type { LanguageModel } from './model.ts';

/** Where the day's usage is kept. */
export interface Ledger {
  read(): Promise<Usage | undefined>;
  write(usage: Usage): Promise<void>;
}

export interface Budget {
  limit: Limit;
  ledger: Ledger;
  now: () => number;
  /** By `provider/model`; what is not named costs nothing. */
  prices?: Readonly<Record<string, Price>>;
}

/**
 * Asks one model after the other until one answers, the provider that the request names first. `tell` hears of each that did not. Throws what the last one threw.
 */
export function createChain(
  models: readonly LanguageModel[],
  tell: (failure: PulseError) => void = () => undefined,
): LanguageModel {
  return {
    name: models.map(({ name }) => name).join(', '),
    async complete(request) {
      let last = fail('MODEL_FAILED', { provider: 'no provider', why: 'none is set' });
      for (const model of inOrder(models, request.model)) {
        try {
          return await model.complete(request);
        } catch (error) {
          if (!isError(error, 'MODEL_FAILED') && !isError(error, 'BUDGET_SPENT')) throw error;
          tell(error);
          last = error;
        }
      }
      throw last;
    },
  };
}

/** The templates, which need nothing, stay last whatever is wanted. */
function inOrder(models: readonly LanguageModel[], wanted = ''): readonly LanguageModel[] {
  return models.toSorted(
    (a, b) => Number(wanted.startsWith(`${b.name}/`)) - Number(wanted.startsWith(`${a.name}/`)),
  );
}

/** The same model within a daily budget: throws BUDGET_SPENT once it is used up. Answers of no use are counted too. */
export function withBudget(model: LanguageModel, budget: Budget): LanguageModel {
  const { limit, ledger, now, prices = {} } = budget;
  // Answers that come at the same time are booked one after the other.
  let booked: Promise<unknown> = Promise.resolve();
  const book = (tokens: { input: number; output: number }, name: string) => {
    const next = booked.then(async () =>
      ledger.write(spend(await ledger.read(), now(), tokens, prices[name])),
    );
    booked = next.catch(() => undefined);
    return next;
  };
  return {
    name: model.name,
    async complete(request) {
      const spent = exhausted(await ledger.read(), now(), limit);
      if (spent) throw fail('BUDGET_SPENT', spent);
      try {
        const completion = await model.complete(request);
        await book(completion.tokens, completion.model);
        return completion;
      } catch (error) {
        const { tokens, provider } = isError(error, 'MODEL_FAILED') ? detailsOf(error) : {};
        if (tokens) await book(tokens, provider ?? model.name);
        throw error;
      }
    },
  };
}

const detailsOf = ({ details }: PulseError) =>
  details as { provider: string; tokens?: { input: number; output: number } };
