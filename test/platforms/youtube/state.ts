import { randomBytes } from 'node:crypto';

export const us = 'UC_desk_desk_desk_desk_d';
export const uploadsList = us.replace(/^UC/, 'UU');
export const token = 'ya29.tokenOfTheStandInOfYouTube';

export interface Video {
  id: string;
  channelId: string;
  at: number;
  snippet: Record<string, unknown>;
  status: Record<string, unknown>;
  bytes: number;
  sha?: string;
}
export interface Comment {
  id: string;
  videoId: string;
  parentId?: string;
  author: string;
  text: string;
  at: number;
}
export interface Upload {
  id: string;
  size: number;
  type: string;
  resource: { snippet: Record<string, unknown>; status: Record<string, unknown> };
  got: Buffer;
  video?: string;
  at: number;
}

/** Everything on the stand-in. */
export function createState() {
  const videos = new Map<string, Video>();
  const comments = new Map<string, Comment>();
  let ahead = 0;
  return {
    videos,
    comments,
    uploads: new Map<string, Upload>(),
    /** Bytes of a piece that it takes at most; what is more it forgets, as the real one may. */
    takes: Infinity,
    now: () => Date.now() + ahead,
    pass: (ms: number) => void (ahead += ms),
    addVideo(video: Omit<Video, 'id' | 'at'> & { at?: number }): Video {
      const id = randomBytes(8).toString('base64url').slice(0, 11);
      const whole = { at: Date.now() + ahead, ...video, id };
      videos.set(id, whole);
      return whole;
    },
    addComment(comment: Omit<Comment, 'id' | 'at'> & { at?: number }): Comment {
      const id = `Ug${randomBytes(18).toString('base64url')}AaABAg`;
      const whole = { at: Date.now() + ahead, ...comment, id };
      comments.set(id, whole);
      return whole;
    },
  };
}
export type State = ReturnType<typeof createState>;
