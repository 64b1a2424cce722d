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
  /** Addresses the post links to, as far as the source tells more than the text does. */
  links?: readonly string[];
  /** What kind of post it may be; hints for those who count and draft, never a reason to lose it. Set by `ingest`. */
  marks?: readonly Mark[];
  /** Says what an earlier post said: a repost, a copied text, a syndicated headline. Set by `ingest`. */
  copy?: true;
  /** Who the source names beside the author, e.g. the writer of an article where the author is the feed's host. */
  byline?: string;
  /** Numbers at the time of reading, where known. */
  counts?: Readonly<Partial<Record<Count, number>>>;
}

/** What networks count, under one name for all of them. */
export type Count = OfPost | OfAuthor | OfPlace;

/**
 * `score`: likes less dislikes, may be below 0. `visits`: of the author's profile from there. `gilded`: awards of one kind.
 * `duplicates`: other posts of the same link. `votes`, `voters`: of its poll. `stars`: paid to post it.
 */
type OfPost =
  | 'likes'
  | 'dislikes'
  | 'score'
  | 'reposts'
  | 'replies'
  | 'quotes'
  | 'bookmarks'
  | 'views'
  | 'clicks'
  | 'visits'
  | 'awards'
  | 'gilded'
  | 'crossposts'
  | 'duplicates'
  | 'reports'
  | 'votes'
  | 'voters'
  | 'stars';

/**
 * Of the account: who follows it, whom it follows, lists that hold it, what it posted, liked, and posted with media;
 * boosts it gave the chat.
 */
type OfAuthor = 'followers' | 'following' | 'listed' | 'posts' | 'liked' | 'media' | 'boosts';

/** Of where it stands: the community's members, and all comments of the thread that a comment belongs to. */
type OfPlace = 'members' | 'thread';

/**
 * `spam`: reads like an advertisement nobody asked for. `automated`: posted by a program, e.g. a price ticker. `instruction`: addresses a
 * language model or carries a command; it is data all the same and can never act.
 */
export type Mark = 'spam' | 'automated' | 'instruction';
