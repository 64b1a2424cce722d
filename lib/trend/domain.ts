import type { DomainWords } from '../store/domain-words.ts';
import type { Trend } from './trend.ts';

/**
 * Trends as somebody of the field sees them, in their order: those that only say what is said there every day are left
 * out. What is known by several names is one trend already (`DetectorOptions.canonical`).
 */
export const withDomain = (
  trends: readonly Trend[],
  { isStop }: Pick<DomainWords, 'isStop'>,
): Trend[] => trends.filter(({ name, terms }) => ![name, ...terms].every((term) => isStop(term)));
