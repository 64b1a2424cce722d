import type { Platform } from '../../lib/platforms/platform.ts';

const measure = (text: string) => ({
  length: text.length,
  limit: 100,
  unit: 'characters',
  fits: text.length <= 100,
});
/** A network that takes words and nothing else. */
export const bare: Platform = {
  name: 'bare',
  title: 'Bare',
  credentials: [],
  keyed: false,
  grace: 0,
  measure,
  connect: () => Promise.reject(new Error('nobody connects')),
};
/** One that has everything, and a limit for it. */
export const full: Platform = {
  ...bare,
  name: 'full',
  title: 'Full',
  parts: { as: 'comments', most: 2 },
  headline: { limit: 5, unit: 'bytes', required: true },
  linkCards: true,
  poll: {
    options: { min: 2, max: 3 },
    length: 4,
    duration: { min: 300_000, max: 2_629_746_000 },
    single: true,
  },
  media: {
    count: 3,
    types: ['image/jpeg'],
    bytes: 1,
    altRequired: false,
    altLength: 5,
    caption: 20,
    required: true,
    animated: { bytes: 1 },
    video: { count: 1, types: ['video/mp4'], bytes: 1, length: { min: 0, max: 1 } },
  },
};
