import type { Hono } from 'hono';
import { example } from './fixture.ts';
import { ok, refuse } from './server.ts';
import type { State } from './state.ts';

const hour = 3_600_000;

/** What begins a post and tells how it stands; an upload takes its pieces in order. */
export function takePosts(app: Hono, state: State): void {
  app.post('/v2/post/publish/video/init/', async (context) => {
    const { post_info: info, source_info: source } = await context.req.json<{
      post_info: { title?: string; privacy_level: string; disable_comment?: boolean };
      source_info: { video_size: number; chunk_size: number; total_chunk_count: number };
    }>();
    const { video_size: size, chunk_size: chunk, total_chunk_count: count } = source;
    const fits = size < 5_000_000 ? chunk === size : chunk >= 5_000_000 && chunk <= 64_000_000;
    if (!fits || count !== Math.floor(size / chunk))
      return refuse(context, 400, 'invalid_param', 'The chunk size or count is invalid');
    if (!state.options.includes(info.privacy_level))
      return refuse(context, 403, 'privacy_level_option_mismatch');
    if (state.commentDisabled && info.disable_comment !== true)
      return refuse(context, 400, 'invalid_param', 'disable_comment');
    const { title: text = '', privacy_level: privacy } = info;
    const { publishId } = state.begin('v_pub_file', { text, privacy, size, chunk, count });
    const { data } = example('video_init').answer;
    const host = context.req.header('host') ?? '';
    const address = `http://${host}/video/?upload_id=${encodeURIComponent(publishId)}&upload_token=Xza123`;
    return ok(context, { ...data, publish_id: publishId, upload_url: address });
  });
  app.post('/v2/post/publish/content/init/', async (context) => {
    const { post_info: info, source_info: source } = await context.req.json<{
      post_info: { description?: string; privacy_level: string };
      source_info: { photo_images: string[] };
    }>();
    if (source.photo_images.some((address) => !address.startsWith('https://media.example/')))
      return refuse(context, 403, 'url_ownership_unverified');
    const { description: text = '', privacy_level: privacy } = info;
    const post = state.begin('p_pub_url', { text, privacy });
    state.complete(post);
    const { data } = example('photo_init').answer;
    return ok(context, { ...data, publish_id: post.publishId });
  });
  app.put('/video/', async (context) => {
    const post = state.posts.get(context.req.query('upload_id') ?? '');
    if (!post || context.req.query('upload_token') !== 'Xza123') return context.text('', 404);
    if (state.now() - post.at > hour) return context.text('', 403);
    if (context.req.header('authorization') !== undefined)
      return context.text('there is no reason to show a token here', 400);
    const range = context.req.header('content-range') ?? '';
    const [, first = '', last = '', size] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(range) ?? [];
    const { byteLength } = await context.req.arrayBuffer();
    const [from, to] = [Number(first), Number(last) + 1];
    const told = { 'content-range': `bytes 0-${String(post.got - 1)}/${String(post.size)}` };
    const isLast = from === (post.count - 1) * post.chunk;
    const right = isLast ? post.size : from + post.chunk;
    if (Number(size) !== post.size || byteLength !== to - from || to !== right)
      return context.text('', 400);
    if (from !== post.got) return context.body(null, 416, post.got > 0 ? told : {});
    post.got = to;
    if (to < post.size)
      return context.body(null, 206, { 'content-range': `bytes 0-${last}/${String(post.size)}` });
    state.complete(post);
    return context.body(null, 201, { 'content-range': `bytes 0-${last}/${String(post.size)}` });
  });
  app.post('/v2/post/publish/status/fetch/', async (context) => {
    const { publish_id: id = '' } = await context.req.json<{ publish_id?: string }>();
    const post = state.posts.get(id);
    if (!post) return refuse(context, 400, 'invalid_publish_id');
    const isWhole = post.got === post.size;
    const { data } = example('status_failed').answer;
    const { fail_reason: _, ...rest } = data;
    const known = { ...rest, uploaded_bytes: post.got, publicaly_available_post_id: [] };
    if (isWhole && post.working > 0) {
      post.working -= 1;
      const status = post.size > 0 ? 'PROCESSING_UPLOAD' : 'PROCESSING_DOWNLOAD';
      return ok(context, { ...known, status });
    }
    if (!isWhole) return ok(context, { ...known, status: 'PROCESSING_UPLOAD' });
    if (post.failReason !== undefined)
      return ok(context, { ...known, status: 'FAILED', fail_reason: post.failReason });
    const isPublic = post.privacy === 'PUBLIC_TO_EVERYONE';
    const ids = isPublic ? [`bigint:${post.id}`] : [];
    return ok(context, { ...known, status: 'PUBLISH_COMPLETE', publicaly_available_post_id: ids });
  });
}
