import calibration from './calibration.json' with { type: 'json' };
import type { Naming } from './lexical.ts';

/** What each thing observed adds to the log-odds that a trend is about a topic. */
export interface Odds {
  /** Of a trend about which nothing is known. */
  base: number;
  /** By keywords, and by meaning; the latter 0 when it was not compared. */
  letter: number;
  meaning: number;
}

/** Nearer than this says no more: half as near again as the topic's own keywords. */
const nearest = 1.5;

/**
 * What was observed, by name: what `calibration.json` has weights for. Naming is ln(1 + keywords found), half of it
 * for the keywords, half for the share of the posts that name one, so that more of either never makes a match less
 * likely. Nearness is absent when it was not compared.
 */
export function observed(
  { share, terms, keywords }: Naming,
  nearness: number | undefined,
): { naming: number; nearness?: number } {
  const told = share > 0 || terms > 0;
  const naming = told ? (Math.log(1 + keywords.length) * (1 + share)) / 2 : 0;
  return {
    naming,
    ...(nearness !== undefined && { nearness: Math.min(nearest, Math.max(0, nearness)) }),
  };
}

/**
 * Log-odds by logistic regression, fitted on judged posts (`calibration.json` names them and how far its chances were
 * off on each when fitted on the others); without meaning by weights of its own, because words then say all there is
 * to know.
 */
export function oddsOf(found: Naming, near: number | undefined): Odds {
  const { naming, nearness } = observed(found, near);
  const { words, both } = calibration;
  if (nearness === undefined)
    return { base: words.base, letter: words.naming * naming, meaning: 0 };
  return { base: both.base, letter: both.naming * naming, meaning: both.nearness * nearness };
}

/** Log-odds as a probability, 0 to 1. */
export const probability = (odds: number): number => 1 / (1 + Math.exp(-odds));
