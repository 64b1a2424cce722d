import type { Codes } from '../graph-failure.ts';

const files = 'Look whether PULSE_MEDIA_URL can be reached from outside, then `/pulse retry`.';

/** Threads' own codes, where they say more than the shared ones. */
export const codes: Codes = {
  // The container is gone: the next attempt asks it and makes another.
  24: { as: 'busy' },
  9: { as: 'busy' },
  9004: { as: 'refused', remedy: files },
  2207052: { as: 'refused', remedy: files },
  2207051: {
    as: 'refused',
    remedy: 'Threads takes it for spam; wait, change the words, then `/pulse retry`.',
  },
};

/** What helps when a container ends as ERROR; Meta's "Troubleshooting" of Threads. */
export function remedyFor(why: string): string | undefined {
  if (why.includes('FAILED_DOWNLOADING')) return files;
  if (/INVALID|FAILED_PROCESSING/.test(why))
    return 'Use an MP4 or MOV with H.264 or HEVC and AAC, 23 to 60 frames a second, up to 5 minutes.';
  return undefined;
}
