import { createRequire } from 'node:module';
import type * as Entities from 'entities/decode';
import type Twitter from 'twitter-text';

const require = createRequire(import.meta.url);
let loaded: typeof Entities | undefined;

/** What a name of HTML's 2,125 stands for, itself where it is none. The list is loaded when first used: it is long. */
function rare(entity: string): string {
  return (loaded ??= require('entities/decode') as typeof Entities).decodeHTMLStrict(entity);
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** `&amp;`, `&#8217;` and the like as characters; what is no such thing stays as it is. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z][a-zA-Z0-9]{1,31}));/g,
    (all, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return named[name] ?? rare(all);
      const point = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
      return point > 0 && point <= 0x10_ff_ff ? String.fromCodePoint(point) : all;
    },
  );
}

/** Text of a piece of HTML or of a plain text that may hold some: no tags, no entities, one line, NFC. */
export function plainText(markup: string): string {
  const bare = markup.replace(/<!--[^]*?-->|<\/?[a-zA-Z][^<>]*>/g, ' ');
  return decodeEntities(bare).replace(/\s+/g, ' ').trim().normalize('NFC');
}

let tagging: typeof Twitter | undefined;

/** Hashtags of a text as twitter-text finds them: lower case, without `#`, each once. The library is loaded when first used. */
export function hashtagsOf(text: string): readonly string[] {
  if (!text.includes('#') && !text.includes('＃')) return [];
  const { extractHashtags } = (tagging ??= require('twitter-text') as typeof Twitter);
  return [...new Set(extractHashtags(text).map((tag) => tag.toLowerCase()))];
}
