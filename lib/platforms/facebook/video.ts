import { z } from 'zod';
import { graphErrorOf } from '../graph-failure.ts';
import { printOf } from '../parts.ts';
import type { Attempt, Handle, Media, Part } from '../platform.ts';
import { show } from './measure.ts';
import { type Page, success } from './page.ts';

const session = z.object({ upload_session_id: z.string(), video_id: z.string() });
/** From which byte to which the network wants next, as text. */
const offsets = z.object({ start_offset: z.coerce.number(), end_offset: z.coerce.number() });
const state = z.object({
  published: z.boolean().optional(),
  /** Seconds. */
  scheduled_publish_time: z.number().optional(),
  status: z.object({ video_status: z.string() }).optional(),
});

type Look = z.infer<typeof state> | undefined;

/** How much of the file is offered to learn how much the network has, bytes. */
const first = 1_000_000;

/**
 * Uploads a video in the pieces the network asks for, unseen, and gives its id. `kept` is what an earlier attempt wrote
 * down; the network says from where to go on.
 */
export async function prepareVideo(
  page: Page,
  file: Media,
  part: Part,
  kept: Handle,
  { deadline, keep }: Pick<Attempt, 'deadline' | 'keep'>,
): Promise<string> {
  const words = show(part.text);
  const to = { operation: 'media', method: 'POST', path: `${page.id}/videos` } as const;
  const there = { ...to, base: page.videos, deadline };
  let { post: video, session: upload } = kept;
  if (video !== undefined && upload !== undefined) {
    // After the last piece it is no longer being uploaded, and a session cannot be finished twice.
    const found = await look(page, video);
    if (found && found.status?.video_status !== 'uploading') return video;
  }
  let at = { start_offset: 0, end_offset: 0 };
  if (video === undefined || upload === undefined) {
    const size = { upload_phase: 'start', file_size: file.bytes.length };
    const begun = await page.graph.ask(session.extend(offsets.shape), { ...there, json: size });
    ({ upload_session_id: upload, video_id: video } = begun);
    at = begun;
    await keep({ post: video, kind: 'video', session: upload, print: printOf(part) });
  } else at = await transfer(0, Math.min(first, file.bytes.length), upload);
  while (at.start_offset < at.end_offset)
    at = await transfer(at.start_offset, at.end_offset, upload);
  const finish = { upload_phase: 'finish', upload_session_id: upload, published: false };
  const json = { ...finish, ...(words !== '' && { description: words }) };
  await page.graph.ask(success, { ...there, json });
  return video;

  async function transfer(from: number, to: number, id: string) {
    const body = new FormData();
    body.set('upload_phase', 'transfer');
    body.set('upload_session_id', id);
    body.set('start_offset', String(from));
    const piece = file.bytes.slice(from, to);
    body.set('video_file_chunk', new Blob([piece], { type: file.type }), file.name);
    return page.graph.ask(offsets, { ...there, body, turn: offsetsIn });
  }
}

/** A piece that begins at the wrong byte is refused with the right ones. */
function offsetsIn(body: unknown): unknown {
  const error = graphErrorOf(body);
  return error?.error_subcode === 1363037 ? error.error_data : undefined;
}

export async function stateOfVideo(
  page: Page,
  video: string,
): Promise<'gone' | 'prepared' | 'shown' | { scheduled: number }> {
  const found = await look(page, video);
  if (!found) return 'gone';
  if (found.published) return 'shown';
  const time = found.scheduled_publish_time;
  return time === undefined ? 'prepared' : { scheduled: time * 1000 };
}

function look({ graph }: Page, path: string): Promise<Look> {
  const query = { fields: 'id,published,scheduled_publish_time,status' };
  return graph.look(state, { operation: 'read', method: 'GET', path, query });
}
