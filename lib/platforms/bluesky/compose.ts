import type { AppBskyEmbedImages, AppBskyFeedPost, BlobRef } from '@atproto/api';
import { imageSize } from 'image-size';
import { fail } from '../../errors.ts';
import type { Receipt } from '../../store/record.ts';
import type { Media, Outgoing } from '../platform.ts';
import { type Facet, facetsOf } from './facets.ts';
import { xrpcFailure } from './failure.ts';
import { measure, media as most } from './measure.ts';
import type { SignedIn } from './session.ts';

/** Refuses what the network would refuse, before anything has left. */
export function checkPart(part: Outgoing['parts'][number]): void {
  const refuse = (message: string) =>
    fail('DELIVERY_REFUSED', { platform: 'Bluesky', status: 400, message });
  const { fits, length, limit, unit } = measure(part.text);
  if (!fits) throw refuse(`the text has ${String(length)} ${unit} of ${String(limit)}`);
  if (part.media.length > most.count)
    throw refuse(`${String(part.media.length)} images of ${String(most.count)}`);
  for (const { bytes, name } of part.media)
    if (bytes.length > most.bytes)
      throw refuse(`${name} has ${String(bytes.length)} bytes of ${String(most.bytes)}`);
}

/** The record of one part; uploads its images. `sent` are the parts before it. */
export async function composePost(
  { agent }: SignedIn,
  part: Outgoing['parts'][number],
  about: { createdAt: string; language?: string | undefined; sent: readonly Receipt[] },
): Promise<AppBskyFeedPost.Record & Record<string, unknown>> {
  const facets = await facetsOf(part.text, (handle) => resolve(agent, handle));
  const images: AppBskyEmbedImages.Image[] = [];
  for (const media of part.media) {
    const { data } = await agent.uploadBlob(media.bytes, { encoding: media.type });
    images.push(imageOf(media, data.blob));
  }
  const root = about.sent[0];
  const parent = about.sent.at(-1);
  return {
    $type: 'app.bsky.feed.post',
    text: part.text,
    createdAt: about.createdAt,
    ...(facets.length > 0 && { facets: facets satisfies Facet[] }),
    ...(about.language !== undefined && { langs: [about.language] }),
    ...(images.length > 0 && { embed: { $type: 'app.bsky.embed.images', images } }),
    ...(root && parent && { reply: { root: strongRef(root), parent: strongRef(parent) } }),
  };
}

function strongRef({ id, version }: Receipt) {
  if (version === undefined) throw fail('INTERNAL', { why: `the receipt of ${id} has no cid` });
  return { uri: id, cid: version };
}

async function resolve(agent: SignedIn['agent'], handle: string): Promise<string | undefined> {
  try {
    return (await agent.resolveHandle({ handle })).data.did;
  } catch (error) {
    // Anything else says that we could not ask.
    if (/^(HandleNotFound|InvalidRequest)$/.test(xrpcFailure(error)?.error ?? '')) return undefined;
    throw error;
  }
}

function imageOf({ bytes, alt, name }: Media, image: BlobRef): AppBskyEmbedImages.Image {
  try {
    const { width, height, orientation } = imageSize(bytes);
    // Exif orientations from 5 on lie on their side.
    const turned = orientation !== undefined && orientation >= 5;
    const aspectRatio = turned ? { width: height, height: width } : { width, height };
    return { $type: 'app.bsky.embed.images#image', image, alt, aspectRatio };
  } catch (error) {
    const message = `${name} is no image: ${error instanceof Error ? error.message : 'unreadable'}`;
    throw fail('DELIVERY_REFUSED', { platform: 'Bluesky', status: 400, message }, error);
  }
}
