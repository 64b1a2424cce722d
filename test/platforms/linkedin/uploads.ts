import type { Context, Hono } from 'hono';
import { refuse } from './server.ts';
import type { State } from './state.ts';

/** Images in one go, videos in parts that LinkedIn cuts itself and knows by their tags. */
export function takeUploads(app: Hono, state: State): void {
  const { files, number } = state;
  const remaining = new Map<string, number>();
  const addressOf = (context: Context, id: string) =>
    `http://${context.req.header('host') ?? ''}/dms-uploads/up-${id}`;
  const owners = /^urn:li:(person|organization):/;

  app.post('/rest/images', async (context) => {
    const { initializeUploadRequest: asked } = await context.req.json<{
      initializeUploadRequest?: { owner?: string };
    }>();
    if (context.req.query('action') !== 'initializeUpload' || !owners.test(asked?.owner ?? ''))
      return refuse(context, 400, 'ILLEGAL_ARGUMENT', 'no such action');
    const urn = `urn:li:image:C4E${number()}`;
    files.set(urn, { urn, parts: [undefined], ready: false });
    const uploadUrl = addressOf(context, `${urn}.0`);
    return context.json({ value: { uploadUrlExpiresAt: 1, uploadUrl, image: urn } });
  });
  app.post('/rest/videos', async (context) => {
    const body = await context.req.json<Record<string, Record<string, unknown>>>();
    if (context.req.query('action') === 'finalizeUpload') {
      const { video, uploadToken, uploadedPartIds = [] } = body.finalizeUploadRequest ?? {};
      const found = files.get(String(video));
      const tags = found?.parts.map((_, index) => `/ambry-${String(index)}`).join();
      const whole = found?.parts.every((bytes) => bytes !== undefined);
      if (!whole || uploadToken !== 'token' || (uploadedPartIds as string[]).join() !== tags)
        return refuse(context, 400, 'MEDIA_ASSET_WAITING_UPLOAD', 'parts are missing');
      if (found) found.ready = true;
      return context.body(null, 200);
    }
    const { owner = '', fileSizeBytes: size } = body.initializeUploadRequest ?? {};
    if (!owners.test(owner as string) || !Number.isInteger(size))
      return refuse(context, 400, 'ILLEGAL_ARGUMENT', 'no owner or size');
    const urn = `urn:li:video:C5F${number()}`;
    const { piece } = state;
    const count = Math.ceil(Number(size) / piece);
    files.set(urn, { urn, parts: Array.from({ length: count }, () => undefined), ready: false });
    const uploadInstructions = Array.from({ length: count }, (_, index) => ({
      uploadUrl: addressOf(context, `${urn}.${String(index)}`),
      firstByte: index * piece,
      lastByte: Math.min((index + 1) * piece, Number(size)) - 1,
    }));
    return context.json({ value: { video: urn, uploadToken: 'token', uploadInstructions } });
  });
  app.get('/rest/videos/:urn', (context) => {
    const urn = context.req.param('urn');
    const found = files.get(urn);
    if (!found) return refuse(context, 404, 'NOT_FOUND', 'no such video');
    if (!found.ready) return context.json({ id: urn, status: 'WAITING_UPLOAD' });
    const left = remaining.get(urn) ?? state.processing;
    remaining.set(urn, left - 1);
    return context.json({ id: urn, status: left > 0 ? 'PROCESSING' : 'AVAILABLE' });
  });
  app.put('/dms-uploads/:id', async (context) => {
    const [urn = '', index = ''] = context.req.param('id').slice('up-'.length).split('.');
    const found = files.get(urn);
    const { byteLength } = await context.req.arrayBuffer();
    if (!found || byteLength === 0) return refuse(context, 400, 'ILLEGAL_ARGUMENT', 'no upload');
    found.parts[Number(index)] = byteLength;
    if (urn.startsWith('urn:li:image:')) found.ready = true;
    return context.body(null, 201, { etag: `"/ambry-${index}"` });
  });
}
