import type { VideoRules } from '../../platforms/platform.ts';
import { formatBytes, formatRatio, type Unfit } from './unfit.ts';

/** What a video is, its turning applied. */
export interface VideoFacts {
  type: string;
  bytes: number;
  width: number;
  height: number;
  seconds: number;
  /** `avc`, `hevc`, `vp9` ... */
  codec: string;
}

/** What a video is, of a type that `kindOf` knows. Reads its tables, decodes nothing. */
export async function probeVideo(bytes: Uint8Array, type: string): Promise<VideoFacts | Unfit> {
  const { BufferSource, Input, MP4, QTFF, WEBM } = await import('mediabunny');
  const input = new Input({ source: new BufferSource(bytes), formats: [MP4, QTFF, WEBM] });
  try {
    const track = await input.getPrimaryVideoTrack();
    if (!track) return unreadable('it shows nothing');
    const codec = await track.getCodec();
    if (codec === null) return unreadable('nobody knows its codec');
    return {
      type,
      bytes: bytes.length,
      width: await track.getDisplayWidth(),
      height: await track.getDisplayHeight(),
      seconds: await input.computeDuration(),
      codec,
    };
  } catch (error) {
    return unreadable(error instanceof Error ? error.message : 'it is broken');
  } finally {
    input.dispose();
  }
}

const unreadable = (why: string): Unfit => ({
  message: `cannot be read as a video (${why.split('\n', 1)[0] ?? ''})`,
  expected: 'a whole MP4, MOV or WebM with H.264 or another codec of the web',
});

/** The first thing that keeps a video from a network; videos are sent as they are. Pure. */
export function videoUnfit(video: VideoFacts, rules: VideoRules | undefined): Unfit | undefined {
  if (!rules || rules.count === 0) return { message: 'is a video', expected: 'an image' };
  const { types, bytes, length, ratio, codecs } = rules;
  if (!types.includes(video.type))
    return { message: `is ${video.type}`, expected: types.join(', ') };
  if (codecs && !codecs.includes(video.codec))
    return { message: `is coded as ${video.codec}`, expected: codecs.join(', ') };
  if (video.bytes > bytes)
    return {
      message: `has ${formatBytes(video.bytes)}`,
      expected: `${formatBytes(bytes)} at most`,
    };
  if (video.seconds < length.min || video.seconds > length.max)
    return {
      message: `is ${String(Math.round(video.seconds * 10) / 10)} seconds long`,
      expected: `${String(length.min)} to ${String(length.max)} seconds`,
    };
  const shape = video.width / video.height;
  if (ratio && (shape < ratio.min || shape > ratio.max))
    return {
      message: `is ${String(video.width)} by ${String(video.height)}`,
      expected: `a shape from ${formatRatio(ratio.min)} to ${formatRatio(ratio.max)}`,
    };
  return undefined;
}
