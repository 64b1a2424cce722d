import { createHash } from 'node:crypto';
import type { Hono } from 'hono';
import { refuse } from './refuse.ts';
import { type State, us } from './state.ts';
import { videoShown } from './shown.ts';

const week = 7 * 86_400_000;

/** Uploads that can be gone on with for a week, as "Resumable Uploads" describes. */
export function takeUploads(app: Hono, state: State): void {
  const path = '/upload/youtube/v3/videos';
  app.post(path, async (context) => {
    const size = Number(context.req.header('x-upload-content-length'));
    const type = context.req.header('x-upload-content-type') ?? '';
    if (
      context.req.query('uploadType') !== 'resumable' ||
      !(size > 0) ||
      !type.startsWith('video/')
    )
      return refuse(context, 400, 'mediaBodyRequired', 'The request does not say what comes');
    const resource = await context.req.json<{
      snippet: Record<string, unknown>;
      status: Record<string, unknown>;
    }>();
    const { title = '', description = '', tags = [] } = resource.snippet;
    const [heading, words] = [String(title), String(description)];
    if (heading === '' || heading.length > 100 || /[<>]/.test(heading))
      return refuse(context, 400, 'invalidTitle', 'The title is invalid');
    if (Buffer.byteLength(words) > 5000 || /[<>]/.test(words))
      return refuse(context, 400, 'invalidDescription', 'The description is invalid');
    if ((tags as string[]).join().length > 500)
      return refuse(context, 400, 'invalidTags', 'The tags are invalid');
    const { publishAt, privacyStatus } = resource.status;
    if (publishAt !== undefined && privacyStatus !== 'private')
      return refuse(context, 400, 'invalidPublishAt', 'It can be planned only if it is private');
    const id = `AB${String(state.uploads.size + 1)}`;
    const got = Buffer.alloc(0);
    state.uploads.set(id, { id, size, type, resource, got, at: state.now() });
    const session = `http://${context.req.header('host') ?? ''}${path}?uploadType=resumable&upload_id=${id}`;
    return context.body(null, 200, { location: session });
  });
  app.put(path, async (context) => {
    const upload = state.uploads.get(context.req.query('upload_id') ?? '');
    if (!upload || state.now() - upload.at > week) return context.text('Not Found', 404);
    const shown = () => {
      const video = state.videos.get(upload.video ?? '');
      return video ? context.json(videoShown(video), 201) : undefined;
    };
    const range = context.req.header('content-range') ?? '';
    const [, first, last, size] = /^bytes (?:(\d+)-(\d+)|\*)\/(\d+)$/.exec(range) ?? [];
    if (Number(size) !== upload.size) return context.text('Invalid Content-Range', 400);
    const piece = Buffer.from(await context.req.arrayBuffer());
    const come = () => {
      const { length } = upload.got;
      return context.body(null, 308, length > 0 ? { range: `bytes=0-${String(length - 1)}` } : {});
    };
    if (first === undefined || upload.video !== undefined) return shown() ?? come();
    const [from, to] = [Number(first), Number(last) + 1];
    const isLast = to === upload.size;
    if (from !== upload.got.length || piece.length !== to - from)
      return context.text('The piece does not follow what was sent before', 400);
    if (!isLast && piece.length % (256 * 1024) !== 0)
      return context.text('A piece has a multiple of 256 KiB', 400);
    upload.got = Buffer.concat([upload.got, piece.subarray(0, state.takes)]);
    if (upload.got.length < upload.size) return come();
    const { snippet, status } = upload.resource;
    const sha = createHash('sha256').update(upload.got).digest('hex');
    const bytes = upload.size;
    upload.video = state.addVideo({ channelId: us, snippet, status, bytes, sha }).id;
    return shown() ?? come();
  });
}
