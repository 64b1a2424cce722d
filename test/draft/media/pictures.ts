import {
  BufferTarget,
  EncodedPacket,
  EncodedVideoPacketSource,
  Mp4OutputFormat,
  MovOutputFormat,
  Output,
  WebMOutputFormat,
} from 'mediabunny';
import sharp, { type Sharp } from 'sharp';
import type { MediaRules } from '../../../lib/platforms/platform.ts';

/** What nearly every network takes. */
export const rules: MediaRules = {
  count: 4,
  types: ['image/jpeg', 'image/png'],
  bytes: 1_000_000,
  altRequired: false,
};

/** Grain that no format makes small; the same every time. */
export function grain(width: number, height: number, channels: 3 | 4 = 3): Sharp {
  const bytes = Buffer.alloc(width * height * channels);
  let seed = 1;
  for (let at = 0; at < bytes.length; at += 1) {
    // Marsaglia's xorshift.
    seed ^= seed << 13;
    seed ^= seed >>> 17;
    seed ^= seed << 5;
    bytes[at] = seed;
  }
  return sharp(bytes, { raw: { width, height, channels } });
}

/** One colour on the left half, another on the right. */
export function halves(width: number, height: number, left: string, right: string): Sharp {
  const half = {
    create: { width: Math.floor(width / 2), height, channels: 3 as const, background: left },
  };
  return sharp({ create: { width, height, channels: 3, background: right } }).composite([
    { input: half, left: 0, top: 0 },
  ]);
}

/** A GIF of three frames, each darker. */
export async function movingGif(width: number, height: number): Promise<Uint8Array> {
  const frames = [1, 0.5, 0.25].map((light) => grain(width, height).linear(light).png().toBuffer());
  return sharp(await Promise.all(frames), { join: { animated: true } })
    .gif({ delay: [100, 200, 300] })
    .toBuffer();
}

/** The colour in the middle of an image, 0 to 255 each. */
export async function colourAt(bytes: Uint8Array, x: number, y: number): Promise<number[]> {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  const at =
    (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels;
  return [...data.subarray(at, at + 3)];
}

interface Film {
  as?: 'mp4' | 'mov' | 'webm';
  seconds?: number;
  width?: number;
  height?: number;
  rotation?: 0 | 90;
  title?: string;
}

/** A video whose tables are right and whose pictures are none. */
export async function film({
  as = 'mp4',
  seconds = 2,
  width = 640,
  height = 360,
  rotation = 0,
  title,
}: Film = {}): Promise<Uint8Array> {
  const formats = { mp4: Mp4OutputFormat, mov: MovOutputFormat, webm: WebMOutputFormat };
  const target = new BufferTarget();
  const output = new Output({ format: new formats[as](), target });
  const source = new EncodedVideoPacketSource('vp9');
  output.addVideoTrack(source, { rotation, frameRate: 10 });
  if (title !== undefined) output.setMetadataTags({ title, comment: '+51.5074-000.1278/' });
  await output.start();
  const config = { codec: 'vp09.00.10.08', codedWidth: width, codedHeight: height };
  for (let n = 0; n < seconds * 10; n += 1) {
    const packet = new EncodedPacket(
      new Uint8Array([0x82, 0x49, 0x83, 0x42, n]),
      n === 0 ? 'key' : 'delta',
      n / 10,
      0.1,
    );
    await source.add(packet, { decoderConfig: config });
  }
  await output.finalize();
  return new Uint8Array(target.buffer ?? new ArrayBuffer(0));
}
