export const token = 'act.tokenOfTheStandInOfTikTok';
export const username = 'the.desk';

/** A post that was begun, whatever has become of it. */
export interface Post {
  publishId: string;
  /** Id of the post once it is out, longer than a number can be. */
  id: string;
  text: string;
  privacy: string;
  at: number;
  size: number;
  chunk: number;
  count: number;
  /** Bytes that have come. */
  got: number;
  /** How often it is still at work when asked. */
  working: number;
  failReason?: string;
  out: boolean;
}

/** Everything on the stand-in. */
export function createState() {
  const posts = new Map<string, Post>();
  let counter = 0;
  let ahead = 0;
  return {
    posts,
    now: () => Date.now() + ahead,
    pass: (ms: number) => void (ahead += ms),
    /** What becomes of the next posts. */
    working: 0,
    failReason: undefined as string | undefined,
    options: ['PUBLIC_TO_EVERYONE', 'MUTUAL_FOLLOW_FRIENDS', 'SELF_ONLY'],
    commentDisabled: false,
    /** Seconds of a video. */
    longest: 300,
    /** Whether the app may list videos. */
    lists: true,
    begin(kind: 'v_pub_file' | 'p_pub_url', post: Partial<Post>): Post {
      counter += 1;
      const whole: Post = {
        publishId: `${kind}~v2-1.${String(counter)}`,
        id: `75${String(counter).padStart(17, '0')}`,
        text: '',
        privacy: 'SELF_ONLY',
        at: Date.now() + ahead,
        size: 0,
        chunk: 0,
        count: 0,
        got: 0,
        working: this.working,
        ...(this.failReason !== undefined && { failReason: this.failReason }),
        out: false,
        ...post,
      };
      posts.set(whole.publishId, whole);
      return whole;
    },
    /** All of it has come: it is out, unless TikTok finds something wrong with it. */
    complete(post: Post) {
      post.out = post.failReason === undefined;
    },
  };
}
export type State = ReturnType<typeof createState>;
