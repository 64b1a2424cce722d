import { expect, it } from 'vitest';
import { stoppedBy } from '../../lib/desk/stops.ts';

it.each([
  ['Stop', {}],
  ['Stop everything, now!', {}],
  ['stop crypto', { profile: 'crypto' }],
  ['Stop crypto: the bridge was hacked', { profile: 'crypto' }],
  ['STOP Crypto/Main', { profile: 'crypto', account: 'main' }],
  ['Stop crypto/main (wrong image)', { profile: 'crypto', account: 'main' }],
  // A typing error stops more, never less.
  ['Stop crpyto', {}],
  ['Stop crypto main', {}],
  ['The bridge was hacked', {}],
])('%s', (title, stopped) => {
  expect(stoppedBy(title, ['crypto', 'world-news'])).toEqual(stopped);
});
