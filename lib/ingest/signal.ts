/** One post by someone on a network, normalised. Data, never instruction. */
export interface Signal {
  /** `<network>:<id there>`, or `<network>:<hash>` where the network gives none. Unique. */
  id: string;
  /** Folder name of the platform it came from, or `archive`, `sample`. */
  network: string;
  /** As the author wrote it, NFC, no markup. */
  text: string;
  /** When it was posted, ms UTC, on the source's own clock. */
  at: number;
  /** Handle or stable id; absent where the source does not say. */
  author?: string;
  url?: string;
  /** Hashtags, lower case, without `#`. */
  tags: readonly string[];
  /** BCP 47, where the source says. */
  language?: string;
  /** Sub-community, e.g. a subreddit or a feed's title. */
  channel?: string;
  /** Says what an earlier post said: a repost, a copied text, a syndicated headline. Set by `ingest`. */
  copy?: true;
  /** Numbers at the time of reading, where known. */
  counts?: Readonly<
    Partial<Record<'likes' | 'reposts' | 'replies' | 'quotes' | 'views' | 'followers', number>>
  >;
}
