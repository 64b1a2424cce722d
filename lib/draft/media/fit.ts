import type { Media, MediaRules } from '../../platforms/platform.ts';
import type { Focus } from '../document.ts';
import { probeImage, renderImage } from './image.ts';
import { isVideo, kindOf, nameFor, pointerIn } from './kind.ts';
import { planImage } from './plan.ts';
import { stripVideo } from './strip.ts';
import type { Note, Unfit } from './unfit.ts';
import { probeVideo, videoUnfit } from './video.ts';

/** A file of the content repo, as a post names it. */
export interface MediaFile {
  bytes: Uint8Array;
  alt: string;
  /** Its name without folders. */
  name: string;
  focus?: Focus;
}

export type Fitted = { media: Media; notes: readonly Note[] } | { unfit: Unfit };

/**
 * A file brought to what a network takes, or why it cannot be. Images get the network's size, shape, type and bytes,
 * cropped around the focus, their middle when absent; videos are looked at and never coded anew. Where it was taken,
 * and with what, is left out of both. The same file and rules make the same bytes.
 */
export async function fitMedia(file: MediaFile, rules: MediaRules): Promise<Fitted> {
  const { bytes } = file;
  if (pointerIn(bytes)) return { unfit: pointed };
  const type = kindOf(bytes);
  if (type === undefined) return { unfit: unknown };
  return isVideo(type) ? fitVideo(file, type, rules) : fitImage(file, type, rules);
}

async function fitImage(file: MediaFile, type: string, rules: MediaRules): Promise<Fitted> {
  const facts = await probeImage(file.bytes, type);
  if ('message' in facts) return { unfit: facts };
  const plan = planImage(facts, rules, file.focus);
  if ('message' in plan) return { unfit: plan };
  const most = plan.moving ? (rules.animated?.bytes ?? rules.bytes) : rules.bytes;
  const made = await renderImage(file.bytes, plan, most);
  if ('message' in made) return { unfit: made };
  const { focus, notes } = plan;
  const media = {
    ...made,
    alt: file.alt,
    name: nameFor(file.name, made.type),
    ...(focus && { focus: { x: 2 * focus.x - 1, y: 1 - 2 * focus.y } }),
  };
  return { media, notes };
}

async function fitVideo(file: MediaFile, type: string, rules: MediaRules): Promise<Fitted> {
  const { alt, name } = file;
  const facts = await probeVideo(file.bytes, type);
  if ('message' in facts) return { unfit: facts };
  const unfit = videoUnfit(facts, rules.video);
  if (unfit) return { unfit };
  const { width, height, seconds } = facts;
  const bytes = type === 'video/webm' ? file.bytes : stripVideo(file.bytes);
  return {
    media: { bytes, type, alt, name: nameFor(name, type), width, height, seconds },
    notes: [],
  };
}

const pointed: Unfit = {
  message: 'is a pointer into Git LFS, and the file itself is not here',
  expected: 'the file; `git lfs pull` fetches it',
};

const unknown: Unfit = {
  message: 'is no image and no video this desk can send, whatever its name says',
  expected: 'PNG, JPEG, GIF, WebP, MP4, MOV or WebM',
};
