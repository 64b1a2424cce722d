/** What one evaluation found. */
export interface Report {
  /** By the name people know them by, e.g. `recall@5`; those of ours first. */
  metrics: Readonly<Record<string, number>>;
  /** Printed before the metrics: other methods beside ours, groups, what was wrong. */
  lines?: readonly string[];
}

/** One thing that can be measured: which arguments it takes, and how. */
export interface Kind {
  /** One sentence for the list of kinds. */
  what: string;
  /** Flags that must be given, then those that may; each takes one value. */
  needs: readonly string[];
  may?: readonly string[];
  evaluate(given: Readonly<Record<string, string>>): Promise<Report>;
}
