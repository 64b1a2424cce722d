import type { Case } from './cases.ts';
import { calibrationError, chanceOf, fitLogistic } from './logistic.ts';

/** Cases of one source. */
export interface Source {
  name: string;
  cases: readonly Case[];
  /** How much it counts as a whole. */
  weight: number;
}

const models = {
  both: ['naming', 'nearness'],
  words: ['naming'],
} as const;
type Model = keyof typeof models;

/** Fits both models on all sources; `errors` are those on each source by a fit on the others and, where
 * it has parts, on its other parts. */
export function fitChance(sources: readonly Source[]) {
  const fitted = (model: Model) => {
    const [base = 0, ...weights] = weightsOf(sources, model);
    return {
      base,
      ...Object.fromEntries(models[model].map((name, at) => [name, weights[at] ?? 0])),
    };
  };
  return {
    fittedOn: sources.map(({ name }) => name),
    errors: Object.fromEntries(
      sources.map((left) => [
        left.name,
        errorOn(
          left,
          sources.filter((each) => each !== left),
        ),
      ]),
    ),
    both: fitted('both'),
    words: fitted('words'),
  };
}

function weightsOf(sources: readonly Source[], model: Model): number[] {
  return fitLogistic(
    sources.flatMap(({ cases, weight }) =>
      cases.map((each) => ({
        values: valuesOf(each, model),
        happened: each.about,
        weight: weight / cases.length,
      })),
    ),
  );
}

function errorOn(left: Source, others: readonly Source[]): Record<Model, number> {
  const parts = [...new Set(left.cases.map(({ part }) => part))];
  const error = (model: Model) => {
    const told = parts.flatMap((part) => {
      const rest = left.cases.filter((each) => each.part !== part);
      const known = rest.length === 0 ? others : [...others, { ...left, cases: rest }];
      const weights = weightsOf(known, model);
      return left.cases
        .filter((each) => each.part === part)
        .map((each) => ({
          chance: chanceOf(weights, valuesOf(each, model)),
          happened: each.about,
        }));
    });
    return Number(calibrationError(told).toFixed(3));
  };
  return { both: error('both'), words: error('words') };
}

const valuesOf = ({ observed }: Case, model: Model) =>
  models[model].map((name) => observed[name] ?? 0);
