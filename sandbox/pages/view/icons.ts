import { raw } from 'hono/html';
import type { Html } from './html.ts';

/** Drawn here, since not every machine has a font with signs. 16 by 16, in the colour of the text around them. */
const paths = {
  comment: 'M2 3.500h12v8H7l-3 2.500v-2.500H2z',
  label: 'M2 2.500h5.500l6.500 6.500-5 5L2.500 7.500zM5 5.500h.01',
  folder: 'M1.500 4h4.500l1.500 1.500h7v7.500h-13z',
  file: 'M3.500 1.500h6l3 3v10h-9zM9.500 1.500v3h3',
  image: 'M2 3h12v10H2zM2 11l3.500-3.500 3 3L11 8l3 3M5.500 6h.01',
  gear: 'M8 5.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5zM8 1.500v2M8 12.500v2M1.500 8h2M12.500 8h2M3.400 3.400l1.400 1.400M11.200 11.200l1.400 1.400M3.400 12.600l1.400-1.400M11.200 4.800l1.400-1.400',
  clock: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 4.800V8l2.200 1.500',
  dot: 'M8 6.500a1.500 1.500 0 1 0 0 3 1.500 1.500 0 0 0 0-3z',
  check: 'M3 8.500l3.300 3.300L13 5',
  out: 'M6 3.500H3v9.500h9.500v-3M9 2.500h4.500V7M13.300 2.700L7.500 8.500',
} as const;

export type IconName = keyof typeof paths;

/** A sign; decoration only, words stand beside it. */
export const icon = (name: IconName): Html =>
  raw(
    `<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d="${paths[name]}"/></svg>`,
  );
