import type { Hono } from 'hono';
import { refuse } from './refuse.ts';
import { pageOf } from './server.ts';
import { commentShown, threadShown } from './shown.ts';
import { type Comment, type State, us } from './state.ts';

/** Comments below videos and below comments; nothing keeps one from being made twice. */
export function discuss(app: Hono, state: State): void {
  const path = '/youtube/v3';
  const newest = (of: (comment: Comment) => boolean) =>
    [...state.comments.values()].filter(of).toSorted((a, b) => b.at - a.at);

  app.get(`${path}/commentThreads`, (context) => {
    const { videoId, allThreadsRelatedToChannelId: channel } = context.req.query();
    if (videoId !== undefined && !state.videos.has(videoId))
      return refuse(context, 404, 'videoNotFound', 'The video cannot be found.');
    if (videoId === undefined && channel !== us)
      return refuse(context, 400, 'invalidParameter', 'of which video?');
    const found = newest(
      (each) => each.parentId === undefined && (videoId ?? each.videoId) === each.videoId,
    );
    return pageOf(
      context,
      'commentThread',
      found.map((each) => threadShown(each, state)),
    );
  });
  app.post(`${path}/commentThreads`, async (context) => {
    const { snippet } = await context.req.json<{
      snippet?: { videoId?: string; topLevelComment?: { snippet?: { textOriginal?: string } } };
    }>();
    const text = snippet?.topLevelComment?.snippet?.textOriginal ?? '';
    const video = state.videos.get(snippet?.videoId ?? '');
    if (!video) return refuse(context, 404, 'videoNotFound', 'The video cannot be found.');
    if (video.status.privacyStatus === 'private')
      return refuse(context, 403, 'commentsDisabled', 'Comments are disabled');
    if (text === '' || text.length > 10_000)
      return refuse(context, 400, 'commentTextRequired', 'The text is empty or too long');
    const comment = state.addComment({ videoId: video.id, author: us, text });
    return context.json(threadShown(comment, state));
  });
  app.get(`${path}/comments`, (context) => {
    const parent = context.req.query('parentId');
    const found = newest(({ parentId }) => parentId === parent);
    return pageOf(context, 'comment', found.map(commentShown));
  });
  app.post(`${path}/comments`, async (context) => {
    const { snippet } = await context.req.json<{
      snippet?: { parentId?: string; textOriginal?: string };
    }>();
    const parent = state.comments.get(snippet?.parentId ?? '');
    const text = snippet?.textOriginal ?? '';
    if (!parent || text === '')
      return refuse(context, 404, 'parentCommentNotFound', 'The comment cannot be found.');
    const { videoId, id: parentId } = parent;
    return context.json(commentShown(state.addComment({ videoId, parentId, author: us, text })));
  });
  app.put(`${path}/comments`, async (context) => {
    const { id = '', snippet } = await context.req.json<{
      id?: string;
      snippet?: { textOriginal?: string };
    }>();
    const comment = state.comments.get(id);
    if (!comment || !snippet?.textOriginal)
      return refuse(context, 404, 'commentNotFound', 'The comment cannot be found.');
    comment.text = snippet.textOriginal;
    return context.json(commentShown(comment));
  });
  app.delete(`${path}/comments`, (context) =>
    state.comments.delete(context.req.query('id') ?? '')
      ? context.body(null, 204)
      : refuse(context, 404, 'commentNotFound', 'The comment cannot be found.'),
  );
}
