import type { Codes } from '../graph-failure.ts';

const picture = 'Use a JPEG between 4:5 and 1.91:1 of at most 8 MB.';
const address = 'Look whether PULSE_MEDIA_URL can be reached from outside, then `/pulse retry`.';
const restricted = 'Sign in to the Instagram app and do what it asks, then `/pulse retry`.';

/** Instagram's subcodes. Source: "Error codes" of the Instagram platform, 2 June 2026. */
export const codes: Codes = {
  2207001: { as: 'transient' },
  2207003: { as: 'busy' },
  2207004: { as: 'refused', remedy: picture },
  2207005: { as: 'refused', remedy: picture },
  // The container is gone or cannot be used yet; the next attempt asks it and makes another.
  2207006: { as: 'busy' },
  2207008: { as: 'transient' },
  2207009: { as: 'refused', remedy: picture },
  2207010: { as: 'refused', remedy: 'A caption has at most 2200 characters and 30 hashtags.' },
  2207020: { as: 'busy' },
  2207026: { as: 'refused', remedy: 'Use an MP4 or MOV with H.264 and AAC.' },
  2207027: { as: 'busy' },
  2207028: { as: 'refused', remedy: 'A carousel takes 2 to 10 files.' },
  2207032: { as: 'transient' },
  2207042: { as: 'busy' },
  2207050: { as: 'refused', remedy: restricted },
  2207051: {
    as: 'refused',
    remedy: 'Instagram takes it for spam; wait, change the words, then `/pulse retry`.',
  },
  2207052: { as: 'refused', remedy: address },
  2207053: { as: 'transient' },
  9: { as: 'busy' },
  9004: { as: 'refused', remedy: address },
  9007: { as: 'busy' },
};
