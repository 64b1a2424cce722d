import type { Context, Hono } from 'hono';
import type { State } from './state.ts';

/** Uploading in pieces, as X has it. Videos take two questions until they are ready; one called `broken` never is. */
export function addMedia(app: Hono, state: State): void {
  const problem = (context: Context, detail: string) =>
    context.json({ title: 'Invalid Request', detail, type: 'about:blank', status: 400 }, 400);
  const file = (id: string) => state.files.get(id);

  app.post('/2/media/upload/initialize', async (context) => {
    const { media_type, total_bytes, media_category } = await context.req.json<{
      media_type?: string;
      total_bytes?: number;
      media_category?: string;
    }>();
    if (!media_type || !total_bytes || !media_category)
      return problem(context, 'media_type, total_bytes and media_category are needed');
    const wanted = media_type.startsWith('video/')
      ? 'video'
      : media_type.endsWith('gif')
        ? 'gif'
        : 'image';
    if (media_category !== `tweet_${wanted}`)
      return problem(context, 'media_category does not fit media_type');
    const id = state.nextId();
    state.files.set(id, {
      type: media_type,
      total: total_bytes,
      chunks: [],
      asked: 0,
      state: 'open',
    });
    return context.json({ data: { id, media_key: `3_${id}`, expires_after_secs: 86_400 } });
  });

  app.post('/2/media/upload/:id/append', async (context) => {
    const found = file(context.req.param('id'));
    const parts = partsOf(
      Buffer.from(await context.req.arrayBuffer()),
      context.req.header('content-type') ?? '',
    );
    const [segment, bytes] = [parts.get('segment_index'), parts.get('media')];
    if (found?.state !== 'open' || !segment || !bytes) return problem(context, 'no such upload');
    if (bytes.length > 5 * 1024 * 1024) return problem(context, 'a segment may have 5 MB');
    found.chunks[Number(segment.toString())] = bytes;
    return context.json({ data: { expires_at: Math.floor(state.now() / 1000) + 86_400 } });
  });

  app.post('/2/media/upload/:id/finalize', (context) => {
    const id = context.req.param('id');
    const found = file(id);
    const bytes = Buffer.concat(found?.chunks ?? []);
    if (found?.state !== 'open') return problem(context, 'no such upload');
    if (bytes.length !== found.total) return problem(context, 'segments do not add up');
    const isVideo = found.type.startsWith('video/');
    found.state = isVideo ? 'working' : 'ready';
    const processing_info = { state: 'pending', check_after_secs: 0 };
    const data = { id, media_key: `3_${id}`, size: bytes.length, expires_after_secs: 86_400 };
    return context.json({ data: { ...data, ...(isVideo && { processing_info }) } });
  });

  app.get('/2/media/upload', (context) => {
    const id = context.req.query('media_id') ?? '';
    const found = file(id);
    if (!found || found.state === 'open') return problem(context, 'no such upload');
    found.asked += 1;
    const isBroken = Buffer.concat(found.chunks).toString().startsWith('broken');
    if (found.asked > 1 && found.state === 'working') found.state = isBroken ? 'failed' : 'ready';
    const processing_info = {
      state: { working: 'in_progress', ready: 'succeeded', failed: 'failed' }[found.state],
      ...(found.state === 'working' && { check_after_secs: 0, progress_percent: 50 }),
      ...(found.state === 'failed' && { error: { code: 1, message: 'unsupported codec' } }),
    };
    return context.json({ data: { id, media_key: `3_${id}`, processing_info } });
  });

  app.post('/2/media/metadata', async (context) => {
    const { id, metadata } = await context.req.json<{
      id: string;
      metadata: { alt_text?: { text: string } };
    }>();
    const found = file(id);
    if (!found || found.type.startsWith('video/')) return problem(context, 'no alt text here');
    if (metadata.alt_text) found.alt = metadata.alt_text.text;
    return context.json({ data: { id, associated_metadata: metadata } });
  });
}

/** Parts of a multipart body with their exact bytes, by name. */
function partsOf(body: Buffer, type: string): Map<string, Buffer> {
  const boundary = /boundary=(.+)$/.exec(type)?.[1] ?? '';
  const parts = new Map<string, Buffer>();
  let at = body.indexOf(`--${boundary}`);
  while (at >= 0) {
    const next = body.indexOf(`--${boundary}`, at + 1);
    if (next < 0) break;
    const headEnd = body.indexOf('\r\n\r\n', at);
    const name = /name="([^"]+)"/.exec(body.subarray(at, headEnd).toString())?.[1];
    if (name) parts.set(name, body.subarray(headEnd + 4, next - 2));
    at = next;
  }
  return parts;
}
