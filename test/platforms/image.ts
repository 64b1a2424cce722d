import type { Media } from '../../lib/platforms/platform.ts';

/** Two by three pixels. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAIAAAA2iEnWAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg==',
  'base64',
);
export const image: Media = { bytes: png, type: 'image/png', alt: 'Two dots', name: 'dots.png' };
