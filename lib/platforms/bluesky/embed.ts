import type { AppBskyEmbedImages, AppBskyFeedPost } from '@atproto/api';
import { imageSize } from 'image-size';
import { fail } from '../../errors.ts';
import { isVideo } from '../parts.ts';
import type { LinkCard, Media, Part } from '../platform.ts';
import type { SignedIn } from './session.ts';

type Agent = SignedIn['agent'];
type Embed = AppBskyFeedPost.Record['embed'];

/** What a part shows below its text, uploaded: images, a video, or else the card of a link. */
export async function embedOf(agent: Agent, { media, link }: Part): Promise<Embed> {
  const [first] = media;
  if (first && isVideo(first)) return videoOf(agent, first);
  if (media.length === 0) return link ? cardOf(agent, link) : undefined;
  const images: AppBskyEmbedImages.Image[] = [];
  for (const each of media)
    images.push({
      $type: 'app.bsky.embed.images#image',
      image: await upload(agent, each),
      alt: each.alt,
      aspectRatio: shapeOf(each),
    });
  return { $type: 'app.bsky.embed.images', images };
}

/**
 * A video goes to the account's own server like any file; Bluesky fetches and transcodes it when it sees the post, so
 * it plays a little after the post is out. Its upload service would want a service token and a queue for no gain to us.
 */
async function videoOf(agent: Agent, video: Media): Promise<Embed> {
  const { width, height, alt } = video;
  return {
    $type: 'app.bsky.embed.video',
    video: await upload(agent, video),
    ...(alt !== '' && { alt }),
    ...(width && height && { aspectRatio: { width, height } }),
  };
}

async function cardOf(agent: Agent, { url, title, description, image }: LinkCard): Promise<Embed> {
  const external = {
    uri: new URL(url).href as `${string}:${string}`,
    title,
    description,
    ...(image && { thumb: await upload(agent, image) }),
  };
  return { $type: 'app.bsky.embed.external', external };
}

async function upload(agent: Agent, { bytes, type }: Media) {
  const { data } = await agent.uploadBlob(bytes, { encoding: type });
  return data.blob;
}

function shapeOf({ bytes, name }: Media): { width: number; height: number } {
  try {
    const { width, height, orientation } = imageSize(bytes);
    // Exif orientations from 5 on lie on their side.
    const turned = orientation !== undefined && orientation >= 5;
    return turned ? { width: height, height: width } : { width, height };
  } catch (error) {
    const message = `${name} is no image: ${error instanceof Error ? error.message : 'unreadable'}`;
    throw fail('DELIVERY_REFUSED', { platform: 'Bluesky', status: 400, message }, error);
  }
}
