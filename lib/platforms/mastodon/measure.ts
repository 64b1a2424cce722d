import { countGraphemes } from '../graphemes.ts';
import { parseMarkup, withLinks } from '../markup.ts';
import type { Measure, MediaRules, PollRules, Rules } from '../rules.ts';
import { addressesIn } from './addresses.ts';

/** What an instance allows that says nothing else of itself (GET /api/v2/instance of 4.6). */
const defaults = { characters: 500, url: 23 };

/** `user` of `@user@domain`; app/models/account.rb, MENTION_RE. */
const mention =
  /(?<![=/\p{L}\p{N}_])@([a-z0-9_]+(?:[.-]+[a-z0-9_]+)*)(?:@[\p{L}\p{N}\p{M}_]+(?:[.-]+[\p{L}\p{N}\p{M}_]+)*)?/giu;

/**
 * Length as app/validators/status_length_validator.rb has it: graphemes, each address with a scheme counted as `url`
 * characters, and of a mention only what stands before its server.
 */
export function measure(text: string, rules: Rules = {}): Measure {
  return measureShown(show(text), rules);
}

/** The same of what is sent. */
export function measureShown(text: string, rules: Rules): Measure {
  const limit = rules.characters ?? defaults.characters;
  const length = countGraphemes(countable(text, rules.url ?? defaults.url));
  return { length, limit, unit: 'characters', fits: length <= limit };
}

/** What is sent: Mastodon knows no markup, so links stand in brackets behind their words. */
export function show(text: string): string {
  return withLinks(parseMarkup(text));
}

/** `text` with a stand-in of its counted length for each address and mention. */
function countable(text: string, url: number): string {
  let rest = 0;
  let counted = '';
  for (const [from, to] of addressesIn(text)) {
    counted += withoutServers(text.slice(rest, from)) + 'x'.repeat(url);
    rest = to;
  }
  return counted + withoutServers(text.slice(rest));
}

function withoutServers(text: string): string {
  return text.includes('@') ? text.replace(mention, '@$1') : text;
}

/** Of an instance of 4.6 that was asked; `rules` of a connection say what another one takes. */
export const media: MediaRules = {
  count: 4,
  types: ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif', 'image/heic'],
  bytes: 16_777_216,
  altRequired: false,
  altLength: 1_500,
  size: { width: 7_680, height: 4_320 },
  video: {
    count: 1,
    types: ['video/mp4', 'video/webm', 'video/quicktime'],
    bytes: 103_809_024,
    length: { min: 0, max: 3_600 * 12 },
  },
};

export const poll: PollRules = {
  options: { min: 2, max: 4 },
  length: 50,
  duration: { min: 300_000, max: 2_629_746_000 },
};
