import { recorded } from './fixture.ts';
import { type Comment, type State, us, type Video } from './state.ts';

const time = (at: number) => new Date(at).toISOString();

/** A video as the API shows it: what was recorded, with this one's words. */
export function videoShown({ id, channelId, at, snippet, status }: Video) {
  const whole = recorded('videos__insert_response');
  const { tags: _, ...rest } = whole.snippet;
  const known = { ...rest, tags: snippet.tags ?? [], ...snippet };
  const channelTitle = channelId === us ? 'The Desk' : 'Others';
  return {
    ...whole,
    id,
    snippet: { ...known, channelId, channelTitle, publishedAt: time(at) },
    status: { uploadStatus: 'uploaded', ...status },
    statistics: {
      viewCount: '9007199254740',
      likeCount: '7',
      favoriteCount: '0',
      commentCount: '2',
    },
  };
}

export function commentShown({ id, videoId, parentId, author, text, at }: Comment) {
  return {
    kind: 'youtube#comment',
    id,
    snippet: {
      channelId: us,
      videoId,
      ...(parentId !== undefined && { parentId }),
      textDisplay: text,
      ...(author === us && { textOriginal: text }),
      authorDisplayName: `@${author}`,
      authorChannelId: { value: author },
      canRate: true,
      viewerRating: 'none',
      likeCount: 1,
      publishedAt: time(at),
      updatedAt: time(at),
    },
  };
}

/** A thread as the API shows it: what was recorded, with this one's words. */
export function threadShown(comment: Comment, state: State) {
  const whole = recorded('comment_threads__insert_response');
  const replies = [...state.comments.values()].filter(({ parentId }) => parentId === comment.id);
  const { id, videoId } = comment;
  const topLevelComment = commentShown(comment);
  return {
    ...whole,
    id,
    snippet: { ...whole.snippet, videoId, topLevelComment, totalReplyCount: replies.length },
  };
}
