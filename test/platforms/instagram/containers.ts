import type { Hono } from 'hono';
import { fetched, refuse } from '../graph.ts';
import { type createThings, day, user } from './things.ts';

/** How often a new container is in progress, whether the next publication is silent, what was published. */
export interface Mood {
  slow: number;
  silent: boolean;
  used: number;
}

export const wrong = (message: string, subcode = 2207003, code = 100) => ({
  code,
  subcode,
  message,
});

/** Containers that nobody sees: made, and published once within a day. */
export function takeContainers(
  app: Hono,
  version: string,
  { things, now, put }: ReturnType<typeof createThings>,
  state: Mood,
): void {
  app.post(`/${version}/${user}/media`, async (context) => {
    const body = await context.req.json<Record<string, unknown>>();
    const {
      media_type: type,
      image_url: image,
      video_url: video,
      caption = '',
      alt_text: alt,
    } = body;
    const text = String(caption);
    if (text.length > 2200 || (text.match(/#/g)?.length ?? 0) > 30)
      return refuse(context, wrong('The caption is too long', 2207010, 36004));
    const slow = { status: state.slow > 0 ? 'IN_PROGRESS' : 'FINISHED' } as const;
    if (type === 'CAROUSEL') {
      const children = (body.children as string[]).map((id) => things.get(id));
      if (children.length < 2 || children.length > 10)
        return refuse(context, wrong('A carousel has 2 to 10 items', 2207028));
      if (children.some((child) => !child?.isChild || child.status !== 'FINISHED'))
        return refuse(context, wrong('A child is not ready', 2207027, 9007));
      const alts = children.flatMap((child) => child?.alt ?? []);
      return context.json({ id: put({ kind: 'container', text, alt: alts, ...slow }).id });
    }
    const isVideo = type === 'REELS' || type === 'VIDEO';
    if (!isVideo && type !== undefined && type !== 'IMAGE')
      return refuse(context, wrong('Unknown media type', 2207023));
    if (type === 'VIDEO' && body.is_carousel_item !== true)
      return refuse(
        context,
        wrong('The VIDEO value for media_type is no longer supported', 2207067),
      );
    if (isVideo && alt !== undefined) return refuse(context, wrong('alt_text is for images'));
    const types = isVideo ? ['video/mp4'] : ['image/jpeg'];
    const problem = await fetched(isVideo ? video : image, types);
    if (problem !== undefined && !isVideo) return refuse(context, wrong(problem, 2207052, 9004));
    const failed =
      problem === undefined ? {} : ({ status: 'ERROR', why: `Error: ${problem}` } as const);
    const isChild = body.is_carousel_item === true;
    const thing = put({
      kind: 'container',
      text,
      alt: [typeof alt === 'string' ? alt : ''],
      isChild,
      ...slow,
      ...failed,
    });
    return context.json({ id: thing.id });
  });
  app.post(`/${version}/${user}/media_publish`, async (context) => {
    const { creation_id: id } = await context.req.json<{ creation_id: string }>();
    const container = things.get(id);
    if (container?.kind !== 'container' || now() - container.at > day)
      return refuse(context, { ...wrong('Media ID is not available', 2207006), code: 24 });
    if (container.status !== 'FINISHED')
      return refuse(context, wrong('Media ID is not available', 2207027, 9007));
    container.status = 'PUBLISHED';
    state.used += 1;
    const { text, alt } = container;
    const { id: media } = put({ kind: 'media', text, alt });
    if (!state.silent) return context.json({ id: media });
    state.silent = false;
    return context.json({});
  });
}
