/** When a publisher is struck: at its n-th outward call or write, before it, once the other side acted, or after. */
export interface Blow {
  at: number;
  /** Counts only requests whose path ends so. */
  of?: string;
  phase: 'before' | 'acted' | 'after';
  /** KILL ends the process; STOP halts it until somebody sends CONT. */
  signal: 'KILL' | 'STOP';
}

/** What a publisher is told to do, as JSON in the variable PUBLISHER. */
export interface Orders {
  /** The bare repository. */
  remote: string;
  /** Its clone of it. */
  clone: string;
  /** Id of the post to publish. */
  post: string;
  parts: { text: string; alt?: string }[];
  credentials: Record<string, string>;
  holder: string;
  /** Length of a claim, ms. */
  claim: number;
  grace: number;
  /** File that gets one line for each call. */
  calls: string;
  blow?: Blow;
}
