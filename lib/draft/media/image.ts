import type { Sharp } from 'sharp';
import { type Encoding, encodingsOf } from './encodings.ts';
import type { ImageFacts, ImagePlan } from './plan.ts';
import { formatBytes, type Unfit } from './unfit.ts';

/** Pixels of all frames together that are decoded, at most: what a telephone takes, and an end to memory. */
const mostPixels = 100_000_000;

export interface Rendered {
  bytes: Uint8Array;
  type: string;
  width: number;
  height: number;
}

/** Decoded by libvips, which keeps nothing between two images. */
async function open(bytes: Uint8Array, moving = false): Promise<Sharp> {
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  return sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error', animated: moving });
}

/** What an image is, of a type that `kindOf` knows. */
export async function probeImage(bytes: Uint8Array, type: string): Promise<ImageFacts | Unfit> {
  try {
    const image = await open(bytes);
    const { autoOrient, pages = 1, hasAlpha } = await image.metadata();
    const { width, height } = autoOrient;
    if (width * height * pages > mostPixels) return tooMany(width, height, pages);
    // Nearly every PNG could be seen through; few can.
    const clear = hasAlpha && !(await image.stats()).isOpaque;
    return { type, width, height, frames: pages, clear };
  } catch (error) {
    return broken(error);
  }
}

/**
 * Writes an image as planned, in the first way whose bytes fit. The same image and plan make the same bytes. Whatever
 * was written beside the pixels (place, camera, names) is left out, and colours are brought to sRGB.
 */
export async function renderImage(
  bytes: Uint8Array,
  plan: ImagePlan,
  most: number,
): Promise<Rendered | Unfit> {
  let fewest = Infinity;
  try {
    for (const encoding of encodingsOf(plan.types, plan)) {
      const { data, info } = await write(await open(bytes, plan.moving), plan, encoding);
      if (data.length <= most)
        return {
          bytes: new Uint8Array(data),
          type: encoding.type,
          width: info.width,
          height: info.pageHeight ?? info.height,
        };
      fewest = Math.min(fewest, data.length);
    }
  } catch (error) {
    return broken(error);
  }
  const message = `has ${formatBytes(fewest)} even when it is made smaller`;
  return { message, expected: `${formatBytes(most)} at most` };
}

function write(image: Sharp, plan: ImagePlan, { type, quality, colours, scale }: Encoding) {
  const turned = image.autoOrient();
  const cut = plan.crop ? turned.extract(plan.crop) : turned;
  const sized = cut.resize({
    width: Math.max(1, Math.round(plan.width * scale)),
    height: Math.max(1, Math.round(plan.height * scale)),
    fit: 'fill',
    withoutEnlargement: true,
  });
  return encode(sized, type, quality, colours).toBuffer({ resolveWithObject: true });
}

function encode(image: Sharp, type: string, quality?: number, colours?: number): Sharp {
  switch (type) {
    case 'image/png':
      return image.png(quality === undefined ? {} : { palette: true, quality });
    case 'image/gif':
      return image.gif(colours === undefined ? {} : { colours });
    case 'image/webp':
      return image.webp(quality === undefined ? {} : { quality });
    default:
      return image
        .flatten({ background: '#ffffff' })
        .jpeg(quality === undefined ? {} : { quality });
  }
}

const tooMany = (width: number, height: number, frames: number): Unfit => ({
  message: `has ${String(width)} by ${String(height)} pixels${frames > 1 ? ` in ${String(frames)} frames` : ''}`,
  expected: `${String(mostPixels / 1e6)} million pixels at most`,
});

/** What libvips says of a file is for people who know it; the first line tells enough. */
function broken(error: unknown): Unfit {
  const said = error instanceof Error ? error.message.split('\n', 1)[0] : undefined;
  if (/pixel limit/i.test(said ?? ''))
    return {
      message: 'has too many pixels',
      expected: `${String(mostPixels / 1e6)} million at most`,
    };
  return {
    message: `cannot be read as an image (${said ?? 'it is broken'})`,
    expected: 'a whole image',
  };
}
