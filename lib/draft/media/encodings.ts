/** One way to write an image. */
export interface Encoding {
  type: string;
  /** Of 100; for JPEG and WebP, and for a PNG that is given fewer colours. */
  quality?: number;
  /** Of a GIF. */
  colours?: number;
  /** Of the planned size, 0 to 1. */
  scale: number;
}

/** Below the last of these blocks and rings are seen at a glance. */
const qualities = [90, 82, 74, 66, 60];
const scales = [0.8, 0.64, 0.5];
/** Longest side that nothing is made smaller than, to save bytes, pixels. */
const least = 600;

/**
 * Ways to write an image, the best first: every type at full size, then the last type smaller and smaller. Whoever
 * takes the first whose bytes fit has the best there is.
 */
export function encodingsOf(
  types: readonly string[],
  { width, height, moving }: { width: number; height: number; moving: boolean },
): readonly Encoding[] {
  const full = types.flatMap((type, index) => waysOf(type, moving, index === types.length - 1));
  const last = types.at(-1) ?? 'image/jpeg';
  const small = scales
    .filter((scale) => scale * Math.max(width, height) >= least)
    .map((scale) => ({ ...smallest(last, moving), scale }));
  return [...full.map((way) => ({ ...way, scale: 1 })), ...small];
}

function waysOf(
  type: string,
  moving: boolean,
  isLast: boolean,
): readonly Omit<Encoding, 'scale'>[] {
  if (type === 'image/gif')
    return (moving || isLast ? [256, 128, 64] : [256]).map((colours) => ({ type, colours }));
  if (type === 'image/png')
    return [{ type }, ...(isLast ? qualities.map((quality) => ({ type, quality })) : [])];
  return qualities.map((quality) => ({ type, quality }));
}

function smallest(type: string, moving: boolean): Omit<Encoding, 'scale'> {
  if (type === 'image/gif') return { type, colours: moving ? 128 : 256 };
  return { type, quality: 74 };
}
