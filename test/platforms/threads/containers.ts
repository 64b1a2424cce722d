import type { Hono } from 'hono';
import { fetched, gone, refuse } from '../graph.ts';
import { type createThings, day } from './things.ts';

/** How often a new container is in progress, whether the next publication is silent. */
export interface Mood {
  slow: number;
  silent: boolean;
}

const wrong = (message: string, code = 100) => ({ code, message });

/** Containers that nobody sees: made, and published once within a day. */
export function takeContainers(
  app: Hono,
  version: string,
  { things, now, put }: ReturnType<typeof createThings>,
  state: Mood,
): void {
  app.post(`/${version}/me/threads`, async (context) => {
    const body = (await context.req.parseBody()) as Record<string, string | undefined>;
    const { media_type: type, text = '', reply_to_id: parent, alt_text: alt } = body;
    const { poll_attachment: poll, link_attachment: link, children } = body;
    if (Array.from(text).length > 500)
      return refuse(context, wrong('Param text must be at most 500 characters long.'));
    if (parent !== undefined && things.get(parent)?.kind !== 'post')
      return refuse(context, gone(parent));
    const more = {
      ...(parent !== undefined && { parent }),
      ...(poll !== undefined && { poll }),
      ...(link !== undefined && { link }),
    };
    const status = state.slow > 0 ? 'IN_PROGRESS' : 'FINISHED';
    const base = { kind: 'container', text, status, ...more } as const;
    if (type === 'TEXT') {
      if (text === '' && link === undefined) return refuse(context, wrong('The text is missing'));
      if (poll !== undefined && link !== undefined)
        return refuse(context, wrong('A poll takes no link'));
      return context.json({ id: put({ ...base, alt: [] }).id });
    }
    if (poll !== undefined || link !== undefined)
      return refuse(context, wrong('Only for text posts'));
    if (type === 'CAROUSEL') {
      const files = (children ?? '').split(',').map((id) => things.get(id));
      if (
        files.length < 2 ||
        files.length > 20 ||
        files.some((file) => !file?.isChild || file.status !== 'FINISHED')
      )
        return refuse(context, wrong('A carousel takes 2 to 20 finished items'));
      return context.json({
        id: put({ ...base, alt: files.flatMap((file) => file?.alt ?? []) }).id,
      });
    }
    const [address, types] =
      type === 'VIDEO'
        ? [body.video_url, ['video/mp4']]
        : [body.image_url, ['image/jpeg', 'image/png']];
    const problem = await fetched(address, types);
    const isChild = body.is_carousel_item === 'true';
    const failed =
      problem === undefined
        ? {}
        : ({ status: 'ERROR', why: `FAILED_DOWNLOADING_${String(type)}` } as const);
    return context.json({ id: put({ ...base, alt: [alt ?? ''], isChild, ...failed }).id });
  });
  app.post(`/${version}/me/threads_publish`, async (context) => {
    const { creation_id: id } = await context.req.parseBody<{ creation_id: string }>();
    const container = things.get(id);
    if (container?.kind !== 'container' || now() - container.at > day)
      return refuse(context, {
        code: 24,
        subcode: 4279009,
        message: 'The requested resource does not exist',
      });
    if (container.status !== 'FINISHED')
      return refuse(context, wrong('The container cannot be published', 9007));
    container.status = 'PUBLISHED';
    const { text, alt, parent, poll, link } = container;
    const { id: post } = put({
      kind: 'post',
      text,
      alt,
      ...(parent !== undefined && { parent }),
      ...(poll !== undefined && { poll }),
      ...(link !== undefined && { link }),
    });
    if (!state.silent) return context.json({ id: post });
    state.silent = false;
    return context.json({});
  });
}
