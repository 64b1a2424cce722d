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
    /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-z]{2,4}));/g,
    (all, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return named[name] ?? all;
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

/** Hashtags of a text: lower case, without `#`, each once. */
export function hashtagsOf(text: string): readonly string[] {
  if (!text.includes('#') && !text.includes('＃')) return [];
  const found = text.matchAll(/(?<![\p{L}\p{N}_&/])[#＃]([\p{L}\p{N}\p{M}_]+)/gu);
  const tags = Array.from(found, ([, tag = '']) => tag.toLowerCase());
  return [...new Set(tags)].filter((tag) => /[^\p{N}_]/u.test(tag));
}
