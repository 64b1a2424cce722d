/** Length of a text as the network counts it. */
export interface Measure {
  length: number;
  limit: number;
  /** What is counted, for people: `graphemes`, `characters`. */
  unit: string;
  fits: boolean;
}

/** What images and videos a network takes with one part. What cannot be made to fit is named in the check. */
export interface MediaRules {
  /** Files with one part, at most. */
  count: number;
  /** Media types of images; an image of another type is converted to the first. Empty for none. */
  types: readonly string[];
  /** Bytes of an image, at most. */
  bytes: number;
  altRequired: boolean;
  /** Characters of an alt text, at most; absent where there is no limit, 0 where there is no alt text. */
  altLength?: number;
  /** Length of the text of a part with files, as `measure` counts it; absent where it is that of any part. */
  caption?: number;
  /** Pixels of an image: longest sides, at most; larger ones are made smaller. */
  size?: { width: number; height: number };
  /** Width by height of an image; another shape is cropped around its focal point. */
  ratio?: { min: number; max: number };
  video?: VideoRules;
  /** A GIF that moves stands alone in its part, and may have so many bytes; it is an image like others when absent. */
  animated?: { bytes: number };
  /** Whether images and videos may be in one part; they may not when absent. */
  mixed?: true;
  /** A post without media is refused. */
  required?: true;
  /** The network fetches files from an address, `Media.url`; all, or images alone. */
  byUrl?: true | 'images';
}

export interface VideoRules {
  count: number;
  types: readonly string[];
  bytes: number;
  /** Seconds. */
  length: { min: number; max: number };
  ratio?: { min: number; max: number };
  /** `avc`, `hevc`, `vp9`, `av1` ...; any when absent. */
  codecs?: readonly string[];
}

/** What a live instance says of itself where it differs from the network's defaults; read by `Connection.rules`. */
export interface Rules {
  /** Characters of a post. */
  characters?: number;
  /** What every link counts. */
  url?: number;
  media?: Partial<MediaRules>;
  poll?: Partial<PollRules>;
}

/** A poll goes with text alone, on every network. */
export interface PollRules {
  /** Number of options. */
  options: { min: number; max: number };
  /** Characters of an option. */
  length: number;
  /** ms. */
  duration: { min: number; max: number };
  /** Everybody may choose one option only. */
  single?: true;
}
