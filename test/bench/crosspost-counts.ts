import type * as Crosspost from '@humanwhocodes/crosspost';
import { measure as bluesky } from '../../lib/platforms/bluesky/measure.ts';
import { measure as mastodon } from '../../lib/platforms/mastodon/measure.ts';

const long = `https://example.com/${'a'.repeat(40)}`;

/** Awkward texts: what it is, the text, and its length as each network has it, counted by hand. */
export const texts: readonly [what: string, text: string, mastodon: number, bluesky: number][] = [
  ['a family of four', '👨‍👩‍👧‍👦', 1, 1],
  ['a flag', '🇩🇪', 1, 1],
  ['a skin tone', '👍🏽', 1, 1],
  ['an accent put on afterwards', 'e\u0301', 1, 1],
  ['Chinese', '你好世界', 4, 4],
  ['Hindi', 'नमस्ते', 3, 3],
  ['Arabic with a mark', 'مُ', 1, 1],
  ['a line end of two', 'a\r\nb', 3, 3],
  ['a long address', long, 23, 60],
  ['a short address', 'http://a.de', 23, 11],
  ['an address in a sentence', `See ${long}, please.`, 36, 73],
  ['a mention with its server', '@alice@mastodon.example', 6, 23],
];

/** How both count them, beside what the network counts; `!` where it is another number. */
export function countTable({ BlueskyStrategy, MastodonStrategy }: typeof Crosspost): string {
  const theirs = {
    mastodon: new MastodonStrategy({ accessToken: 'x', host: 'x' }),
    bluesky: new BlueskyStrategy({ identifier: 'x', password: 'x', host: 'x' }),
  };
  const cell = (count: number, right: number) => `${String(count)}${count === right ? ' ' : '!'}`;
  const rows = texts.map(([what, text, onMastodon, onBluesky]) => [
    what,
    String(onMastodon),
    cell(mastodon(text).length, onMastodon),
    cell(theirs.mastodon.calculateMessageLength(text), onMastodon),
    String(onBluesky),
    cell(bluesky(text).length, onBluesky),
    cell(theirs.bluesky.calculateMessageLength(text), onBluesky),
  ]);
  const head = ['', 'Mastodon', 'ours', 'crosspost', 'Bluesky', 'ours', 'crosspost'];
  return [head, ...rows]
    .map(
      ([what = '', ...cells]) => what.padEnd(30) + cells.map((each) => each.padStart(10)).join(''),
    )
    .concat('crosspost cuts the addresses that Bluesky shows to 27 characters, and counts them so.')
    .join('\n');
}
