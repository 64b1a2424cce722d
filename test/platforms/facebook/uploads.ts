import type { Hono } from 'hono';
import { refuse } from '../graph.ts';
import { type createThings, page } from './things.ts';

/** Photos that nobody sees, and videos that come in pieces, each at its place. */
export function takeUploads(
  app: Hono,
  version: string,
  { things, next, put }: ReturnType<typeof createThings>,
  state: { piece: number },
): void {
  app.post(`/${version}/${page}/photos`, async (context) => {
    const { source, published, alt_text_custom: alt } = await context.req.parseBody();
    if (!(source instanceof File) || !/^image\/(jpeg|png)$/.test(source.type))
      return refuse(context, { code: 324, message: '(#324) Requires upload file' });
    const id = next();
    put({
      kind: 'photo',
      id,
      message: '',
      alt: [typeof alt === 'string' ? alt : ''],
      published: published !== 'false',
    });
    return context.json({ id });
  });
  app.post(`/${version}/${page}/videos`, async (context) => {
    const isForm = (context.req.header('content-type') ?? '').startsWith('multipart');
    const body: Record<string, unknown> = isForm
      ? await context.req.parseBody()
      : await context.req.json();
    const {
      upload_phase: phase,
      upload_session_id: session,
      file_size: size,
      start_offset: from,
    } = body;
    if (phase === 'start') {
      const id = next();
      put({
        kind: 'video',
        id,
        message: '',
        alt: [],
        published: false,
        bytes: 0,
        size: Number(size),
      });
      const end = String(Math.min(state.piece, Number(size)));
      return context.json({
        upload_session_id: `s${id}`,
        video_id: id,
        start_offset: '0',
        end_offset: end,
      });
    }
    const video = things.get(String(session).slice(1));
    if (!video || video.finished)
      return refuse(context, {
        code: 6000,
        subcode: 1363042,
        message: 'There is no such upload session',
      });
    const { bytes = 0, size: whole = 0 } = video;
    if (phase === 'finish') {
      if (bytes < whole)
        return refuse(context, {
          code: 6000,
          subcode: 1363045,
          message: 'Some of the file is missing',
        });
      Object.assign(video, {
        finished: true,
        message: typeof body.description === 'string' ? body.description : '',
        published: body.published !== false,
      });
      return context.json({ success: true });
    }
    const offsets = (at: number) => ({
      start_offset: String(at),
      end_offset: String(Math.min(at + state.piece, whole)),
    });
    const chunk = body.video_file_chunk;
    if (Number(from) !== bytes || !(chunk instanceof File))
      return refuse(context, {
        code: 6001,
        subcode: 1363037,
        message: 'Wrong offset',
        data: offsets(bytes),
      });
    video.bytes = Math.min(whole, bytes + chunk.size);
    return context.json(offsets(video.bytes));
  });
}
