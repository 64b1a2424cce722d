/** Why a file cannot be sent to a network. */
export interface Unfit {
  /** What the file is, e.g. `is 12 seconds long`; goes on from its name. */
  message: string;
  /** What may be there. */
  expected: string;
}

/** What people should know about how a file was made to fit. */
export type Note = 'cropped' | 'still' | 'moving';

/** Bytes for people: `2 MB`, `1.5 MB`, `900 kB`. */
export function formatBytes(bytes: number): string {
  const [size, unit] =
    bytes >= 1e9 ? [bytes / 1e9, 'GB'] : bytes >= 1e6 ? [bytes / 1e6, 'MB'] : [bytes / 1e3, 'kB'];
  return `${String(Math.round(size * 10) / 10)} ${unit}`;
}

/** Width by height for people: `1.91:1`, `4:5`, `0.56:1`. */
export function formatRatio(ratio: number): string {
  for (let below = 1; below <= 16; below += 1) {
    const above = ratio * below;
    if (Math.abs(above - Math.round(above)) < 1e-6)
      return `${String(Math.round(above))}:${String(below)}`;
  }
  return `${String(Math.round(ratio * 100) / 100)}:1`;
}
