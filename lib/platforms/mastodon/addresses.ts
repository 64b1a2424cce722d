import { createRequire } from 'node:module';
import type TwitterText from 'twitter-text';

let loaded: typeof TwitterText | undefined;

/**
 * Where addresses stand in a text: what twitter-text takes for one, as Mastodon does, but for those without a scheme
 * (app/lib/extractor.rb).
 */
export function addressesIn(text: string): readonly (readonly [number, number])[] {
  if (!text.includes('://')) return [];
  // It takes longer to load than all the rest together, and most texts do without.
  loaded ??= createRequire(import.meta.url)('twitter-text') as typeof TwitterText;
  const found = loaded.extractUrlsWithIndices(text, { extractUrlsWithoutProtocol: false });
  return found.map(({ indices }) => indices);
}
