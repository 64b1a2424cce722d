import { indicatorNetwork } from '../../ingest/indicators/signal.ts';
import { languageOf, loadLanguages } from '../../ingest/language.ts';
import type { Evidence, Trend } from '../../trend/trend.ts';

/**
 * Trends with the language of each piece of evidence, as its source says or its text shows, and the one that most of those share
 * whose language is known. What is measured and not said has none.
 */
export async function withLanguages(trends: readonly Trend[]): Promise<readonly Trend[]> {
  if (trends.length === 0) return trends;
  const detect = await loadLanguages();
  return trends.map((trend) => {
    const evidence = trend.evidence.map((each): Evidence => {
      if (each.network === indicatorNetwork) return each;
      const language = languageOf({ ...each, text: each.excerpt }, detect);
      return language === undefined ? each : { ...each, language };
    });
    const language = mostly(evidence.flatMap((each) => each.language ?? []));
    return { ...trend, evidence, ...(language !== undefined && { language }) };
  });
}

/** What more than half of them are. */
const mostly = (all: readonly string[]): string | undefined =>
  all.find((one) => 2 * all.filter((other) => other === one).length > all.length);
