import { z } from 'zod';
import type { Deadline, Media } from '../platform.ts';
import type { Page } from './page.ts';

const made = z.object({ id: z.string() });

/** Uploads a photo that nobody sees until something is made with it; gives its id. */
export async function uploadPhoto(
  { graph, id }: Pick<Page, 'graph' | 'id'>,
  { bytes, type, name, alt }: Media,
  deadline: Deadline,
  // A photo for a later post would be gone by then otherwise.
  later = false,
): Promise<string> {
  const body = new FormData();
  body.set('published', 'false');
  if (later) body.set('temporary', 'true');
  if (alt !== '') body.set('alt_text_custom', alt);
  body.set('source', new Blob([new Uint8Array(bytes)], { type }), name);
  const path = `${id}/photos`;
  return (await graph.ask(made, { operation: 'media', method: 'POST', path, body, deadline })).id;
}
