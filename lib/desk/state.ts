import type { Observation } from '../review/observation.ts';
import type { Profile } from '../store/profile.ts';
import type { PostRecord } from '../store/record.ts';

/** Everything a decision rests on. Pure data. */
export interface State {
  record: PostRecord;
  observation: Observation;
  profile: Profile;
  now: number;
  /** How long after a new revision an approval still means the former one, ms. */
  settle: number;
}

/** One step of a decision: the record as it should be, or the same object when there is nothing to do. */
export type Rule = (state: State) => PostRecord;

/** Applies rules in order, each to what the one before left. */
export function applyRules(rules: readonly Rule[], state: State): PostRecord {
  return rules.reduce((record, rule) => rule({ ...state, record }), state.record);
}
