/** What a desk knows beside a profile; without it every keyword is only itself and no topic did better than another. */
export interface Known {
  /**
   * All ways to write a keyword, itself first; see `lib/store/domain-words.ts`. Those with `#` or `$` count only as
   * such.
   */
  expand?: (keyword: string) => readonly string[];
  /** Log-odds of how past posts on a topic of this profile did, -1 to 1; see `prior.ts`. */
  prior?: (topic: string) => number;
}
